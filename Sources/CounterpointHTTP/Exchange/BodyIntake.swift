// Taking a body in: its type, its size, and the memory that all bodies together may hold.

import CounterpointModel
import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// Counts the bytes of all bodies that are held at one time.
final class BodyBudget: Sendable {
    private let held = Atomic<Int>(0)
    private let most: Int

    init(most: Int = Limits.bodiesHeldBytes) { self.most = most }

    /// Takes `bytes`, or throws 503 when the rest is too small.
    func take(_ bytes: Int) throws(Problem) {
        let sum = held.add(bytes, ordering: .relaxed).newValue
        guard sum > most else { return }
        give(back: bytes)
        throw ErrorResponses.unavailable(
            "Too many large bodies are being received at the moment.",
            retryAfterSeconds: Limits.retryAfterSeconds)
    }

    func give(back bytes: Int) { held.subtract(bytes, ordering: .relaxed) }

    var bytesHeld: Int { held.load(ordering: .relaxed) }
}

/// What a body must be, as its head announces it.
struct AnnouncedBody {
    let content: BodyShape.Content
    /// Nil when it comes in chunks.
    let length: Int?

    /// Checks type and announced size before a byte is read.
    init(_ headers: HTTPFields, for shape: BodyShape, method: HTTPRequest.Method) throws(Problem) {
        let given = headers[values: .contentType]
        guard given.count <= 1,
            let content = Self.content(for: given.first, in: shape)
        else {
            let field: HTTPField.Name = method == .patch ? .acceptPatch : .acceptPost
            throw Problem(
                .unsupportedMediaType,
                "Send Content-Type: one of \(shape.types), in UTF-8.", fields: [field: shape.types])
        }
        self.content = content
        if headers.contains(.contentEncoding), headers[.contentEncoding] != "identity" {
            throw Problem(
                .unsupportedMediaType, "Compressed bodies are not taken; send it as it is.",
                fields: [.acceptEncoding: "identity"])
        }
        length = headers[.contentLength].flatMap { Int($0) }
        if let length, length > content.bytesMax { throw tooLarge }
    }

    /// What the shape has for this type; whatever it is, if the shape takes anything.
    private static func content(for type: String?, in shape: BodyShape) -> BodyShape.Content? {
        let named = type.flatMap { MediaType(contentType: $0) }
        return shape.contents.first { $0.type == named && named != .any }
            ?? shape.contents.first { $0.type == .any }
    }

    /// True when memory is at stake before the database has been asked who sends this.
    var needsLookup: Bool {
        (length ?? content.bytesMax) > Limits.bodyBytesBeforeLookup
    }

    /// Reads the whole body into memory counted against `budget`; the caller gives it back.
    func collect(_ body: RequestBody, holding lease: BodyLease) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        if let length {
            try lease.take(length)
            bytes.reserveCapacity(length)
        }
        for try await part in body {
            if bytes.count + part.readableBytes > content.bytesMax { throw tooLarge }
            if length == nil { try lease.take(part.readableBytes) }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    var tooLarge: Problem {
        Problem(
            .bodyTooLarge,
            "A body of \(content.type.rawValue) may have \(content.bytesMax) bytes here. Send it in "
                + "several parts.")
    }
}

/// The share of the budget that one request holds; given back when the request is over.
final class BodyLease: Sendable {
    private let budget: BodyBudget
    private let bytes = Atomic<Int>(0)

    init(_ budget: BodyBudget) { self.budget = budget }

    func take(_ more: Int) throws(Problem) {
        try budget.take(more)
        bytes.add(more, ordering: .relaxed)
    }

    deinit { budget.give(back: bytes.load(ordering: .relaxed)) }
}
