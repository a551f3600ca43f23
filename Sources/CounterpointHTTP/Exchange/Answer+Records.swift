// Answers made of records: one, a page, one that was just made.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

extension Answer {
    /// A record at its version.
    static func record(_ record: some Record, status: HTTPResponse.Status = .ok) -> Answer {
        versioned(record.document, of: record, status: status)
    }

    /// A document of a record, at the record's version.
    static func versioned(
        _ document: JSONValue, of record: some Record, status: HTTPResponse.Status = .ok
    ) -> Answer {
        // What is published of a record changes when that changes, not when the record does.
        guard !record.isPublished else { return digested(document) }
        return versioned(document, record.version, status: status)
    }

    static func versioned(
        _ document: JSONValue, _ version: Int64, status: HTTPResponse.Status = .ok
    ) -> Answer {
        json(document, status: status, headers: [.eTag: EntityTag.strong(version: version)])
    }

    /// A record with what is worked out from others (findings, actual figures), which changes without it: the tag names
    /// the version and these bytes.
    static func derived(_ document: JSONValue, of record: some Record) -> Answer {
        guard !record.isPublished else { return digested(document) }
        var answer = json(document)
        answer.headers[.eTag] = EntityTag.strong(
            version: record.version, digest: Fingerprint.of([answer.body]))
        return answer
    }

    /// A document without a version of its own: its tag is that of its bytes.
    static func digested(_ document: JSONValue) -> Answer {
        var answer = json(document)
        answer.headers[.eTag] = EntityTag.strong(digest: Fingerprint.of([answer.body]))
        return answer
    }

    /// What was just made, and where it is from now on.
    func created(at location: String) -> Answer {
        var answer = self
        answer.status = .created
        answer.headers[.location] = location
        return answer
    }

    /// A page, with a link to the next one while there is one.
    static func page<Item>(
        _ page: Page<Item>, of exchange: Exchange, _ document: (Item) -> JSONValue
    ) -> Answer {
        var answer = json(page.document(document))
        if let next = page.next {
            answer.headers[.link] = "<\(nextTarget(after: exchange.target, next))>; rel=\"next\""
        }
        return answer
    }

    /// The same address and filters, with another cursor.
    static func nextTarget(after target: String, _ cursor: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1)
        let kept = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter { pair in
            QueryValues.decoded(pair.prefix { $0 != "=" }) != "cursor"
        }
        return parts[0] + "?" + (kept + ["cursor=\(cursor)"]).joined(separator: "&")
    }
}
