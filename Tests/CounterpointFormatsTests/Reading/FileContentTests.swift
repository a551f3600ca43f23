// What is refused at the first bytes, whatever its name, with what to do instead.

import CounterpointFormats
import Testing

@Suite struct FileContentTests {
    private static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    @Test(
        arguments: [
            ("%PDF-1.7", .notATable), ("{\\rtf1", .notATable), ("GIF89a", .notATable),
            ("\n <!DOCTYPE html><html>", .unsupportedSpreadsheet),
            ("<table><tr>", .unsupportedSpreadsheet),
            (
                "\u{FEFF}<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
                .unsupportedSpreadsheet
            ),
            ("<?xml version=\"1.0\"?><Workbook", .unsupportedSpreadsheet),
            ("{\"data\": [1]}", .notATable), ("[{\"a\":1}]", .notATable),
            ("Rar!\u{1A}", .unsupportedCompression),
            ("SQLite format 3\0", .notATable), ("PK\u{3}\u{4}rest", .brokenArchive),
        ] as [(String, FileRefusal.Code)])
    func isToldByContent(_ text: String, _ code: FileRefusal.Code) {
        let found = refusal(Array(text.utf8))
        #expect(found?.code == code)
        #expect(found?.detail.isEmpty == false)
    }

    @Test func containersOfOldAndLockedWorkbooksAreToldApart() {
        let old = Self.ole + Array(repeating: 0, count: 600)
        #expect(refusal(old)?.code == .unsupportedSpreadsheet)
        let locked = old + "EncryptedPackage".utf16LittleEndian
        #expect(refusal(locked)?.code == .encryptedWorkbook)
        #expect(refusal(locked)?.detail.contains("password") == true)
        #expect(refusal([0x89, 0x50, 0x4E, 0x47, 13, 10])?.code == .notATable)
        #expect(refusal([0xFF, 0xD8, 0xFF, 0xE0])?.code == .notATable)
        #expect(refusal([0x1F, 0x8B, 8, 0])?.code == .unsupportedCompression)
        #expect(
            refusal([0xFF, 0xFE] + "<html>".utf16LittleEndian)?.code == .unsupportedSpreadsheet)
    }

    @Test func aTextThatOnlyBeginsLikeMarkupIsRead() throws {
        #expect(try table("<5,a\n1,2\n").shown[0] == ["<5", "a"])
        #expect(try table("[a],b\n1,2\n").shown[0] == ["[a]", "b"])
    }
}
