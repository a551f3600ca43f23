// What a handler gives back: a status, fields and bytes, all known before the first is written.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

/// An answer to one request.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: [UInt8]
    /// In place of `body`, for content that is read while it is sent.
    var stream: Stream?

    /// Content of a known length, a piece at a time.
    struct Stream: Sendable {
        let length: Int
        let pieces: AsyncThrowingStream<[UInt8], any Error>
    }

    init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A JSON document.
    static func json(
        _ document: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Answer {
        var bytes: [UInt8] = []
        // Most documents are between 300 bytes and a few KB; growing from there is rare.
        bytes.reserveCapacity(1024)
        document.write(into: &bytes)
        var headers = headers
        headers[.contentType] = MediaType.json.rawValue
        return Answer(status: status, headers: headers, body: bytes)
    }

    /// Kept for an Idempotency-Key. The stored fields are those that belong to this answer; those of
    /// every answer are added anew each time.
    var stored: StoredAnswer {
        StoredAnswer(
            status: status.code,
            headers: headers.map { .init(name: $0.name.rawName, value: $0.value) },
            body: body)
    }

    /// The first answer again, byte for byte, and marked as such.
    init(replaying stored: StoredAnswer) {
        status = .init(code: stored.status)
        headers = [:]
        for header in stored.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            headers.append(HTTPField(name: name, value: header.value))
        }
        headers[.idempotencyReplayed] = "true"
        body = stored.body
    }
}
