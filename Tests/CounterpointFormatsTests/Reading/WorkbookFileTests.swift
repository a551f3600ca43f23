// Workbooks that other programs wrote, as files: what their libraries do that no sample of ours would.

import CounterpointFormats
import CounterpointModel
import FoundationEssentials
import Testing

@Suite struct WorkbookFileTests {
    private func file(_ name: String) throws -> ReadFile {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Files/workbooks/" + name))
        return try ReadFile.read([UInt8](data), name: name)
    }

    @Test func asOpenpyxlWritesThem() throws {
        let read = try file("ads-by-openpyxl.xlsx")
        #expect(read.tables.map(\.part) == ["Ads", "Notes"])
        #expect(read.tables.map(\.isHidden) == [false, true])
        #expect(read.notes.map(\.code) == [.hiddenRows, .partPassedOver])
        let rows = read.tables[0].rows
        #expect(rows.map(\.number) == [1, 2, 3, 4, 6])
        #expect(
            rows[1].cells == [
                .text("Кампанія"), .day(Day(iso: "2024-03-01")!), .number("12.34"),
                .percent("2.81"), .text("<5"), .text("0:05:12"),
                .text("1792345678901234567"), .text("UAH"),
            ])
        #expect(rows[2].cells[2...3] == [.number("0.3"), .text("--")])
        // The library itself writes a long id as 1.792345678901235e+18.
        #expect(IdentifierCell(rows[2].cells[4]) == .destroyed("1792345678901240000"))
        // Written by a library, never calculated.
        #expect(rows[3].cells == [.empty, .empty, .text("#VALUE!")])
        #expect(rows[4].cells == [.text("Total")])
    }

    @Test func asXlsxWriterWritesThem() throws {
        let read = try file("days-by-xlsxwriter.xlsx")
        #expect(read.tables.map(\.part) == ["Données"])
        let rows = read.tables[0].rows
        #expect(
            rows[1].cells == [
                .day(Day(iso: "2024-03-01")!), .amount("1020.5", currency: "€"), .number("1234567"),
            ])
        #expect(
            rows[2].cells == [.text("riche texte"), .amount("2041", currency: "€"), .text("TRUE")])
    }
}
