// Doing a thing once, however often it is asked: the answer is kept under the caller's key in the same transaction as
// its effect, so that neither can exist without the other.

import CounterpointModel
import Crypto
import Postgres

/// What makes a write repeatable. `answer` renders the result inside the transaction, because what is kept is the very
/// bytes that the first asker got.
public struct Once<Value: Sendable>: Sendable {
    public var key: String
    public var fingerprint: [UInt8]
    public var answer: @Sendable (Value) throws -> StoredAnswer

    public init(
        key: String, fingerprint: [UInt8],
        answer: @escaping @Sendable (Value) throws -> StoredAnswer
    ) {
        self.key = key
        self.fingerprint = fingerprint
        self.answer = answer
    }
}

/// An answer as it was given.
public struct StoredAnswer: Sendable, Equatable {
    public var status: Int
    public var headers: [Header]
    public var body: [UInt8]

    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(status: Int, headers: [Header], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A write either happened now, or had happened before and its first answer is given again.
public enum Outcome<Value: Sendable>: Sendable {
    case done(Value)
    case replayed(StoredAnswer)
}

extension Outcome {
    /// What was done by a write without a key, which can have no replay.
    func done() throws -> Value {
        guard case .done(let value) = self else {
            throw RegistryError.internalFault("a replay without a key")
        }
        return value
    }
}

/// What identifies a request beside its key: SHA-256 over its parts, each with its length before it, so that moving a
/// byte from one part to the next gives another fingerprint.
public enum Fingerprint {
    public static func of(_ parts: [[UInt8]]) -> [UInt8] {
        var hash = SHA256()
        for part in parts {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: part)
        }
        return Array(hash.finalize())
    }
}

enum IdempotencyKeys {
    // A second request with the same key waits here until the first has committed, and then finds its row; the
    // connection's lock_timeout bounds the wait.
    static let claim = SQLStatement(
        """
        insert into idempotency_keys (key, fingerprint) values ($1, $2)
        on conflict (principal_id, key) do nothing returning true
        """, name: "idempotency.claim")

    static let find = SQLStatement(
        """
        select fingerprint, status, headers, body from idempotency_keys
         where principal_id = sec.principal() and key = $1
        """, name: "idempotency.find")

    static let keep = SQLStatement(
        """
        update idempotency_keys set status = $2, headers = $3, body = $4
         where principal_id = sec.principal() and key = $1
        """, name: "idempotency.keep")

    /// Takes the key, or answers what was answered under it before.
    static func claim(
        _ key: String, fingerprint: [UInt8], in transaction: borrowing Transaction
    ) throws -> StoredAnswer? {
        let taken = try transaction.row(
            Query(claim, key, fingerprint) { row in try row.next(Bool.self) })
        if taken != nil { return nil }
        let earlier = try transaction.row(
            Query(find, key) { row in
                (
                    fingerprint: try row.next([UInt8].self), status: try row.next(Int32?.self),
                    headers: try row.next(String?.self), body: try row.next([UInt8]?.self)
                )
            })
        guard let earlier, let status = earlier.status, let body = earlier.body else {
            throw RegistryError.idempotencyInProgress
        }
        guard earlier.fingerprint == fingerprint else { throw RegistryError.idempotencyMismatch }
        return StoredAnswer(
            status: Int(status), headers: headers(fromLines: earlier.headers ?? ""), body: body)
    }

    static func keep(
        _ answer: StoredAnswer, under key: String, in transaction: borrowing Transaction
    ) throws {
        try transaction.enqueue(
            Query(keep, key, Int32(answer.status), lines(answer.headers), answer.body))
    }

    private static func lines(_ headers: [StoredAnswer.Header]) -> String {
        headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    }

    private static func headers(fromLines lines: String) -> [StoredAnswer.Header] {
        lines.split(separator: "\n").compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return StoredAnswer.Header(
                name: String(line[..<colon]),
                value: String(line[line.index(after: colon)...].drop(while: { $0 == " " })))
        }
    }
}
