// Paths with the ids in them named: `/v1/campaigns/{campaignId}/result-sets`.

import CounterpointModel

/// A path whose segments are fixed or stand for something.
struct PathTemplate: Sendable, Hashable, ExpressibleByStringLiteral {
    enum Segment: Sendable, Hashable {
        case fixed(String)
        case variable(String)
    }

    /// As written in the description and in metrics.
    let text: String
    let segments: [Segment]

    init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .variable(String(part.dropFirst().dropLast())) : .fixed(String(part))
        }
    }

    init(stringLiteral text: String) { self.init(text) }

    var variables: [String] {
        segments.compactMap { segment in
            if case .variable(let name) = segment { name } else { nil }
        }
    }

    /// True when a path has this form. Only asked on the way to 404 and 405; the router's trie
    /// answers otherwise.
    func matches(_ path: Substring) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard parts.count == segments.count else { return false }
        return zip(segments, parts).allSatisfy { segment, part in
            switch segment {
            case .fixed(let text): text == part
            case .variable: !part.isEmpty
            }
        }
    }

    /// Query, path, as one description: what a path variable holds.
    static func document(ofVariable name: String) -> JSONValue {
        let isDigest = name == "digest"
        return [
            "name": .string(name), "in": "path", "required": true,
            "description": isDigest
                ? "A receipt's digest, with its algorithm: sha256:…" : "A UUID.",
            "schema": isDigest
                ? ["type": "string", "pattern": "^sha256:[0-9a-f]{64}$"]
                : ["type": "string", "format": "uuid"],
        ]
    }
}
