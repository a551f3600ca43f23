// Heads of the log's chains as somebody kept them: whatever `audit show --head` printed, as a table, CSV or JSON.

import CounterpointModel
import CounterpointRecords

enum KeptHeads {
    /// Reads the heads out of a file, or `-`.
    static func read(_ path: String) throws -> [ChainHead] {
        let bytes = try InputFile.bytes(path)
        let heads = fromJSON(bytes) ?? fromLines(String(decoding: bytes, as: UTF8.self))
        guard !heads.isEmpty else {
            throw CommandFailure(
                .dataRefused,
                "\(path) names no head. Give it what `counterpoint audit show --head` printed.")
        }
        return heads
    }

    private static func fromJSON(_ bytes: [UInt8]) -> [ChainHead]? {
        guard let list = try? JSONParser.parse(bytes, limits: .ownDocument) else { return nil }
        return (list.array ?? [list]).compactMap { item in
            guard let entries = item["entries"]?.number?.int64 else { return nil }
            return head(item["chain"]?.string, entries, item["head"]?.string)
        }
    }

    /// A line has the chain, the number of entries (perhaps in groups of three) and 64 hex digits, in this order.
    private static func fromLines(_ text: String) -> [ChainHead] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.split { $0.isWhitespace || $0 == "," }.map(String.init)
            guard let end = words.firstIndex(where: isDigest),
                let begin = words[..<end].lastIndex(where: { chain($0) != nil }),
                let entries = Int64(words[(begin + 1)..<end].joined())
            else { return nil }
            return head(words[begin], entries, words[end])
        }
    }

    private static func head(_ name: String?, _ entries: Int64, _ digest: String?) -> ChainHead? {
        guard let name, let digest, isDigest(digest), let chain = chain(name) else { return nil }
        return ChainHead(programme: chain.programme, entries: entries, head: digest.lowercased())
    }

    private static func chain(_ name: String) -> (programme: Programme.ID?, Void)? {
        if name == ChainVerdict.installation { return (nil, ()) }
        return Programme.ID(name).map { ($0, ()) }
    }

    private static func isDigest(_ word: String) -> Bool {
        word.utf8.count == 64 && word.allSatisfy(\.isHexDigit)
    }
}
