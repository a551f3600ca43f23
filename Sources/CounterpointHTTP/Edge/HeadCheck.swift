// What is wrong with the head of a request before anybody asks what it is about.
//
// llhttp refuses what cannot be read at all; these are heads that can be read in two ways (and so
// smuggle a request past a proxy) or that are larger than an honest one.

import NIOHTTP1

enum HeadCheck {
    /// The problem to answer with, or nil when the head is sound.
    static func fault(in head: HTTPRequestHead) -> Problem? {
        if head.uri.utf8.count > Limits.targetBytes {
            return Problem(
                .targetTooLong,
                "The request target has \(head.uri.utf8.count) bytes; at most "
                    + "\(Limits.targetBytes) are read.")
        }
        if blockBytes(head.headers) > Limits.headerBlockBytes {
            return Problem(.headersTooLarge, headersTooLargeDetail)
        }
        if head.version.minor >= 1, count(of: "host", in: head.headers) != 1 {
            return Problem(
                .malformedRequest, "An HTTP/1.1 request carries exactly one Host header field.")
        }
        if !hasPlainTarget(head) {
            return Problem(
                .malformedRequest,
                "The request target must be a path of printable ASCII characters without a "
                    + "fragment that begins with a slash.")
        }
        if let expectation = head.headers.first(name: "expect"),
            expectation.lowercased() != "100-continue"
        {
            return Problem(.expectationFailed, "Only 100-continue can be expected of this service.")
        }
        return nil
    }

    static let headersTooLargeDetail = """
        The header fields take more than \(Limits.headerBlockBytes) bytes or are more than \
        \(Limits.headerFields).
        """

    /// The announced length; nil for a chunked body, whose length nobody knows beforehand.
    static func bodyLength(_ head: HTTPRequestHead) -> Int? {
        if head.headers.contains(name: "transfer-encoding") { return nil }
        guard let text = head.headers.first(name: "content-length") else { return 0 }
        return Int(text)
    }

    private static func blockBytes(_ headers: HTTPHeaders) -> Int {
        var bytes = 0
        for (name, value) in headers { bytes += name.utf8.count + value.utf8.count + 4 }
        return bytes
    }

    private static func count(of name: String, in headers: HTTPHeaders) -> Int {
        var count = 0
        for header in headers where header.name.utf8.elementsEqual(name.utf8, by: sameLetter) {
            count += 1
        }
        return count
    }

    private static func sameLetter(_ left: UInt8, _ lower: UInt8) -> Bool {
        left == lower || (left | 0x20 == lower && UInt8(ascii: "a")...UInt8(ascii: "z") ~= lower)
    }

    private static func hasPlainTarget(_ head: HTTPRequestHead) -> Bool {
        let target = head.uri.utf8
        guard target.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else {
            return false
        }
        if target.first == UInt8(ascii: "/") { return true }
        if head.method == .OPTIONS, head.uri == "*" { return true }
        return head.uri.hasPrefix("http://") || head.uri.hasPrefix("https://")
    }
}
