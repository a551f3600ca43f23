// Archives: tables that were packed together, and everything else that calls itself a zip.

import CounterpointFormats
import Testing

@Suite struct ArchiveTests {
    private let table = Array("Date,Views\n2024-01-01,5\n".utf8)
    // A mebibyte that packs to a kilobyte: a table and the zero bytes of a full disk.
    private let padded = Array("a,b\n1,2\n".utf8) + [UInt8](repeating: 0, count: 1 << 20)

    @Test func readsTheTablesOfAnExport() throws {
        let bytes = zip([
            ("Export/", []), ("Export/Table data.csv", table), ("Export/Totals.csv", table),
            ("Größe/Diagrammdaten.csv", [0xFF, 0xFE] + "a;b\n1,5;2\n".utf16LittleEndian),
            ("__MACOSX/Export/._Totals.csv", [0, 5, 22, 7, 0]), ("Export/.DS_Store", [0, 0, 0, 1]),
            ("Export/picture.png", [0x89, 0x50, 0x4E, 0x47]),
            ("Export/empty.csv", []), ("Export/film.bin", [1, 2, 3, 0xFF, 0x81]),
        ])
        let file = try ReadFile.read(bytes)
        #expect(file.kind == .archive)
        #expect(file.tables.map(\.part) == ["Table data.csv", "Totals.csv", "Diagrammdaten.csv"])
        #expect(file.tables[2].form == TextForm(encoding: .utf16LittleEndian, separator: ";"))
        #expect(file.notes.map(\.place) == ["picture.png", "empty.csv", "film.bin"])
        let twins = try ReadFile.read(zip([("a/t.csv", table), ("b/t.csv", table)]))
        #expect(twins.tables.map(\.part) == ["a/t.csv", "b/t.csv"])
    }

    @Test func aTableThatCannotBeReadIsNotPassedOver() {
        let found = refusal(zip([("a.csv", table), ("b.csv", Array("x,y\n1,\u{1}\n".utf8))]))
        #expect(found?.code == .controlCharacters)
        #expect(found?.place == "b.csv, line 2")
    }

    @Test func whatIsNoArchiveOfTablesIsRefused() {
        #expect(refusal(zip([("a.csv", table)], password: "secret"))?.code == .encryptedArchive)
        #expect(refusal(zip([("a.zip", zip([("a.csv", table)]))]))?.code == .nestedArchive)
        #expect(
            refusal(zip([("a.csv", table), ("a.xlsx", SampleWorkbook("").bytes)]))?.code
                == .nestedArchive)
        #expect(
            refusal(zip([("a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])]))?.code
                == .unsupportedSpreadsheet)
        #expect(
            refusal(zip([("mimetype", table), ("content.xml", table)]))?.code
                == .unsupportedSpreadsheet)
        #expect(refusal(zip([("xl/workbook.bin", table)]))?.code == .unsupportedSpreadsheet)
        #expect(refusal(zip([("Index/Document.iwa", table)]))?.code == .unsupportedSpreadsheet)
        #expect(
            refusal(zip([("[Content_Types].xml", table), ("word/document.xml", table)]))?.code
                == .notATable)
        #expect(refusal(zip([("a.png", [0x89, 0x50, 0x4E, 0x47])]))?.code == .notATable)
        #expect(refusal(zip([]))?.code == .brokenArchive)
        #expect(refusal(zip([("../../etc/passwd", table)])) == nil)
    }

    @Test func cutAndChangedArchivesAreRefused() {
        let whole = zip([("a.csv", table), ("b.csv", table)])
        #expect(refusal(Array(whole.dropLast(30)))?.code == .brokenArchive)
        #expect(refusal(Array(whole.prefix(60)))?.code == .brokenArchive)
        var changed = HandmadeZip()
        changed.list("a.csv", changed.add("a.csv", table, size: table.count, crc: 7))
        #expect(refusal(changed.finished())?.code == .brokenArchive)
        var twice = HandmadeZip()
        for _ in 0..<2 {
            twice.list("a.csv", twice.add("a.csv", table, size: table.count, crc: crc32(table)))
        }
        #expect(refusal(twice.finished())?.code == .brokenArchive)
    }

    @Test func aBombIsRefusedByWhatComesOutOfIt() {
        // 96 MiB: within the size, beyond the ratio.
        let many = zip((0..<96).map { ("\($0).csv", padded) })
        #expect(many.count < 1 << 20)
        #expect(refusal(many)?.code == .archiveTooLarge)
    }

    @Test func aDeclaredSizeThatLiesIsNotBelieved() throws {
        // The packed bytes of an honest archive, under a size of ten bytes.
        let honest = zip([("a.csv", [UInt8](repeating: 0, count: 8 << 20))])
        let packed = try #require(deflated(honest))
        var lying = HandmadeZip()
        lying.list("a.csv", lying.add("a.csv", packed, method: 8, size: 10, crc: 0))
        let found = refusal(lying.finished())
        #expect(found?.code == .archiveTooLarge || found?.code == .brokenArchive)
        var huge = HandmadeZip()
        huge.list("a.csv", huge.add("a.csv", packed, method: 8, size: 2_000_000_000, crc: 0))
        #expect(refusal(huge.finished())?.code == .archiveTooLarge)
    }

    @Test func entriesThatShareTheirBytesAreOneEntry() throws {
        let packed = try #require(deflated(zip([("a.csv", padded)])))
        var shared = HandmadeZip()
        let stored = shared.add("0.csv", packed, method: 8, size: padded.count, crc: crc32(padded))
        for index in 0..<900 { shared.list("\(index).csv", stored) }
        #expect((try? ReadFile.read(shared.finished()))?.tables.count ?? 0 <= 1)
    }

    @Test func entriesThatOverlapAreCountedEach() throws {
        // Each entry begins in front of the next one and holds it and all behind it, unpacked.
        var tail: [UInt8] = padded
        var nested = HandmadeZip()
        var headers: [(name: String, offset: Int, size: Int, crc: UInt32)] = []
        for index in 0..<120 {
            let name = "\(index).txt"
            var one = HandmadeZip()
            _ = one.add(name, [], size: tail.count, crc: 0)
            headers.append((name, one.bytes.count + tail.count, tail.count, 0))
            tail = one.bytes + tail
        }
        _ = nested.add("first.txt", tail, size: tail.count, crc: 0)
        for header in headers {
            nested.list(
                header.name,
                HandmadeZip.Stored(
                    offset: nested.bytes.count - header.offset, crc: 0, packed: header.size,
                    size: header.size, method: 0))
        }
        let found = refusal(nested.finished())
        #expect(found?.code == .archiveTooLarge || found?.code == .brokenArchive)
    }

    @Test func aMillionEntriesAreRefusedWhateverIsDeclared() {
        var crowded = HandmadeZip()
        let stored = crowded.add("a.csv", table, size: table.count, crc: crc32(table))
        for index in 0..<2_000 { crowded.list("\(index).csv", stored) }
        #expect(refusal(crowded.finished(declared: 1))?.code == .tooManyEntries)
    }

    @Test func otherPackingsAreRefused() {
        // 14 is LZMA, whose dictionary alone may take four gigabytes.
        var other = HandmadeZip()
        other.list(
            "a.csv",
            other.add(
                "a.csv", [9, 20, 5, 0, 93, 255, 255, 255, 255, 1, 2], method: 14, size: 10, crc: 0))
        #expect(refusal(other.finished())?.code == .unsupportedCompression)
        #expect(refusal(zip([("a.csv", table)], method: "store")) == nil)
    }

    @Test func limitsOfNumberAreKept() {
        var limits = FileLimits()
        limits.tables = 2
        #expect(
            refusal(zip([("a", table), ("b", table), ("c", table)]), limits: limits)?.code
                == .tooManyTables)
        limits = FileLimits()
        limits.rows = 5
        #expect(
            refusal(zip([("a", table), ("b", table), ("c", table)]), limits: limits)?.code
                == .tooManyRows)
    }

    // The packed bytes of the first entry.
    private func deflated(_ archive: [UInt8]) -> [UInt8]? {
        let name = Int(archive[26]) + Int(archive[27]) << 8
        let extra = Int(archive[28]) + Int(archive[29]) << 8
        let start = 30 + name + extra
        guard
            let end = (start..<archive.count - 4).first(where: {
                Array(archive[$0..<($0 + 4)]) == [0x50, 0x4B, 7, 8]
                    || Array(archive[$0..<($0 + 4)]) == [0x50, 0x4B, 1, 2]
            })
        else { return nil }
        return Array(archive[start..<end])
    }
}
