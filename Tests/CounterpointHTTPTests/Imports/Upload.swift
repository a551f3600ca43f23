// Files sent to the service as clients send them.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import CounterpointHTTP

extension World {
    /// Sends bytes as the body itself, or as the one file of a form, and holds the answer against the description.
    @discardableResult
    func send(
        _ bytes: [UInt8], to uri: String, named name: String = "figures.csv", asForm: Bool = false,
        as caller: Caller, _ headers: HTTPFields = [:],
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Seen {
        var headers = headers
        var body = bytes
        headers[.authorization] = "Bearer \(Self.token(of: caller))"
        if asForm {
            headers[.contentType] = "multipart/form-data; boundary=\(Self.boundary)"
            body = Self.form(bytes, named: name)
        } else {
            if headers[.contentType] == nil { headers[.contentType] = "application/octet-stream" }
            headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        }
        let seen = try await client.execute(
            uri: uri, method: .post, headers: headers, body: ByteBuffer(bytes: body)
        ) { response in
            Seen(
                status: response.status.code, headers: response.headers,
                text: String(buffer: response.body))
        }
        check(seen, .post, uri, location)
        return seen
    }

    static let boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"

    static func form(_ bytes: [UInt8], named name: String) -> [UInt8] {
        let head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name.replacing("\"", with: "%22"))\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n"
        return Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    /// Canonical rows of impressions, one a day and content.
    static func canonical(rows: Int, contents: Int = 50, shift: Int = 0) -> [UInt8] {
        var text = "channel,metric,from,to,content,value\r\n"
        let first = Day(iso: "2023-01-01")!
        for row in 0..<rows {
            let day = first.adding(days: row / contents)!
            text +=
                "youtube,impressions,\(day),\(day),Video \(row % contents),\(row * 7 % 1000 + shift)\r\n"
        }
        return Array(text.utf8)
    }
}

extension Seen {
    /// rows read = accepted + duplicate + totals set aside + rejected, where there is an account.
    var isBalanced: Bool {
        guard let account = json["accounting"] else { return true }
        func count(_ name: String) -> Int64 {
            if case .number(let number)? = account[name] { number.int64 ?? -1 } else { -1 }
        }
        return count("rowsRead")
            == count("accepted") + count("duplicate") + count("totalsSetAside") + count("rejected")
    }
}
