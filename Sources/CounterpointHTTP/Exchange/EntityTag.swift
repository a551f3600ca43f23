// Entity tags and the two questions asked with them (RFC 9110, sections 8.8.3 and 13.1).

import CounterpointModel
import HTTPTypes

/// One tag as sent: `"3"` or `W/"3"`.
struct EntityTag: Sendable, Hashable {
    let isWeak: Bool
    /// What stands between the quotes.
    let opaque: Substring

    static func strong(version: Int64) -> String { "\"\(version)\"" }

    /// A tag of other bytes than a version's: `"<hex>"`.
    static func strong(digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = [UInt8(ascii: "\"")]
        for byte in digest.prefix(16) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        text.append(UInt8(ascii: "\""))
        return String(decoding: text, as: UTF8.self)
    }

    /// A tag of a version and of what is worked out beside it: `"3.<hex>"`. A change is made to the version, whatever
    /// was worked out since; a reader who has these very bytes is told so.
    static func strong(version: Int64, digest: some Sequence<UInt8>) -> String {
        "\"\(version).\(strong(digest: digest).dropFirst())"
    }

    /// The version that this tag names, if it is one of ours and may be compared strongly.
    var version: Int64? {
        let named = opaque.prefix { $0 != "." }
        guard !isWeak, let version = Int64(named), String(version) == named else { return nil }
        return version
    }
}

/// What `If-Match` or `If-None-Match` says.
enum TagCondition: Sendable, Hashable {
    case any
    case tags([EntityTag])

    /// The condition in these fields, nil without them; throws a fault when it cannot be read.
    static func reading(_ name: HTTPField.Name, of headers: HTTPFields) throws(UnreadableTags)
        -> TagCondition?
    {
        let values = headers[values: name]
        guard !values.isEmpty else { return nil }
        let text = values.joined(separator: ",")
        if text.utf8.elementsEqual([UInt8(ascii: "*")]) { return .any }
        guard let tags = parse(text), !tags.isEmpty else {
            throw UnreadableTags(field: name.rawName)
        }
        return .tags(tags)
    }

    /// True when the tag of the present representation is among those named, weakly compared.
    func matchesWeakly(_ tag: String) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { "\"\($0.opaque)\"" == tag }
        }
    }

    struct UnreadableTags: Error {
        let field: String
    }

    private static func parse(_ text: String) -> [EntityTag]? {
        var tags: [EntityTag] = []
        var rest = text[...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
            if rest.isEmpty { return tags }
            let isWeak = rest.hasPrefix("W/")
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == "\"" else { return nil }
            rest = rest.dropFirst()
            guard let close = rest.firstIndex(of: "\"") else { return nil }
            let opaque = rest[..<close]
            guard opaque.utf8.allSatisfy({ $0 == 0x21 || $0 >= 0x23 && $0 != 0x7F }) else {
                return nil
            }
            tags.append(EntityTag(isWeak: isWeak, opaque: opaque))
            rest = rest[rest.index(after: close)...].drop { $0 == " " || $0 == "\t" }
            guard rest.isEmpty || rest.first == "," else { return nil }
        }
    }
}
