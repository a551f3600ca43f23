// The list of formats in the README is the catalogue's, and nobody types it.

import CounterpointFormats
import CounterpointModel
import FoundationEssentials
import Testing

@Suite struct FormatListTests {
    private static let readme =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/README.md"
    private static let begin = "<!-- formats: written from FormatCatalogue by FormatListTests -->"
    private static let end = "<!-- end of formats -->"

    private static var table: String {
        let head =
            "| File | `format=` | Known by | Days from | Languages | Becomes |\n| --- | --- | --- | --- | --- | --- |\n"
        return head
            + FormatCatalogue.all.map { format in
                let metrics = format.metrics.map { "`\($0.code)`" }.joined(separator: " ")
                return
                    "| \(format.title) | `\(format.id)` | \(format.recognisedBy) | \(format.daysFrom) | \(format.languages.joined(separator: " ")) | \(metrics) |\n"
            }.joined()
    }

    @Test func theReadmeListsWhatIsUnderstood() throws {
        var text = try String(contentsOfFile: Self.readme, encoding: .utf8)
        let begin = try #require(text.firstRange(of: Self.begin))
        let end = try #require(text.firstRange(of: Self.end))
        let wanted = "\n" + Self.table
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] != nil {
            text.replaceSubrange(begin.upperBound..<end.lowerBound, with: wanted)
            try text.write(toFile: Self.readme, atomically: true, encoding: .utf8)
            return
        }
        #expect(text[begin.upperBound..<end.lowerBound] == wanted, "run with WRITE_GOLDEN=1")
    }

    @Test func aFormatAsDocumentNamesEveryColumn() {
        for format in FormatCatalogue.all {
            let document = format.document
            #expect(document["id"]?.string == format.id)
            #expect(document["columns"]?.array?.count == format.columns.count)
        }
        let ads = FormatCatalogue.format("metaAds")?.columns ?? []
        #expect(ads.first { $0.name == "Ausgegebener Betrag" }?.metric == .spend)
        #expect(ads.first { $0.name == "Ausgegebener Betrag" }?.languages == ["de"])
        #expect(ads.first { $0.name == "Cost per result" }?.metric == nil)
    }
}
