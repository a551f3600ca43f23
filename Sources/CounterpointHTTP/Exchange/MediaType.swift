// Media types: which body may come in, and which answer a client takes.

import HTTPTypes

/// The media types of this service.
enum MediaType: String, Sendable, Hashable {
    case json = "application/json"
    case mergePatch = "application/merge-patch+json"
    case csv = "text/csv"
    case problem = "application/problem+json"
    /// The metrics, and text that is kept as evidence.
    case prometheus = "text/plain"
    case multipart = "multipart/form-data"
    /// Any type at all: of a file that is known by its content.
    case any = "*/*"
    case png = "image/png"
    case jpeg = "image/jpeg"
    case webp = "image/webp"
    case gif = "image/gif"
    case pdf = "application/pdf"
    case workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case zip = "application/zip"

    /// What is written into `Content-Type`.
    var fieldValue: String {
        switch self {
        case .csv: "text/csv; charset=utf-8; header=present"
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        default: rawValue
        }
    }

    /// The type that a `Content-Type` names; nil when we know none such, or its charset is not UTF-8.
    init?(contentType: String) {
        let parts = contentType.split(separator: ";", omittingEmptySubsequences: false)
        guard let known = MediaType(rawValue: trimmed(parts[0]).lowercased()) else { return nil }
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let name = trimmed(pair[0]).lowercased()
            let value = trimmed(pair[1]).lowercased().filter { $0 != "\"" }
            if name == "charset", value != "utf-8", value != "utf8", value != "us-ascii" {
                return nil
            }
        }
        self = known
    }
}

enum Negotiation {
    /// The best of `offered` (in our own order of preference) for these fields; nil when the client
    /// takes none of them. Without `Accept` the first is taken.
    static func choose(_ offered: [MediaType], for headers: HTTPFields) -> MediaType? {
        let values = headers[values: .accept]
        if values.isEmpty || values == ["*/*"] { return offered.first }
        let ranges = values.flatMap { $0.split(separator: ",") }.compactMap(MediaRange.init)
        if ranges.isEmpty { return offered.first }
        var best: (type: MediaType, quality: Int)?
        for type in offered {
            let quality = quality(of: type, in: ranges)
            if quality > best?.quality ?? 0 { best = (type, quality) }
        }
        return best?.type
    }

    /// The quality that the most specific range gives to `type`, in thousandths.
    private static func quality(of type: MediaType, in ranges: [MediaRange]) -> Int {
        var found = (specificity: -1, quality: 0)
        for range in ranges {
            let specificity = range.specificity(for: type)
            if specificity > found.specificity { found = (specificity, range.quality) }
        }
        return found.quality
    }
}

/// One part of an `Accept` field.
private struct MediaRange {
    let type: String
    /// In thousandths.
    let quality: Int

    init?(_ text: Substring) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        type = trimmed(parts[0]).lowercased()
        guard type.contains("/") else { return nil }
        var quality = 1000
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, trimmed(pair[0]).lowercased() == "q" else { continue }
            guard let value = Double(trimmed(pair[1])), (0...1).contains(value) else { return nil }
            quality = Int(value * 1000)
        }
        self.quality = quality
    }

    /// 2: names it, 1: names its family, 0: everything, -1: not this one.
    func specificity(for media: MediaType) -> Int {
        if type == media.rawValue { return 2 }
        if type == "*/*" { return 0 }
        let family = media.rawValue.prefix { $0 != "/" }
        return type == "\(family)/*" ? 1 : -1
    }
}

/// Without the optional white space of header fields.
func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return text
}
