// Taking a body in: its type, its size, and the memory that all bodies together may hold.

import CounterpointModel
import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// Counts the bytes of all bodies that are held at one time.
final class BodyBudget: Sendable {
    /// Nil: of those whom the database has not been asked about.
    typealias Owner = UUID?

    private let held = Mutex<[Owner: Int]>([:])
    private let most: Int
    private let mostOfOne: Int
    private let mostOfStrangers: Int

    init(
        most: Int = Limits.bodiesHeldBytes, ofOne: Int? = nil, ofStrangers: Int? = nil
    ) {
        self.most = most
        mostOfOne = ofOne ?? most
        mostOfStrangers = ofStrangers ?? most
    }

    /// Takes `bytes`, or throws 503 when the rest is too small: of all, or of the owner's share.
    func take(_ bytes: Int, of owner: Owner) throws(Problem) {
        let isRoom = held.withLock { held in
            let own = held[owner, default: 0] + bytes
            guard own <= (owner == nil ? mostOfStrangers : mostOfOne),
                held.values.reduce(bytes, +) <= most
            else { return false }
            held[owner] = own
            return true
        }
        guard isRoom else {
            throw ErrorResponses.unavailable(
                "Too many large bodies are being received at the moment.",
                retryAfterSeconds: Limits.retryAfterSeconds)
        }
    }

    func give(back bytes: Int, of owner: Owner) {
        held.withLock { held in
            let own = held[owner, default: 0] - bytes
            held[owner] = own > 0 ? own : nil
        }
    }

    /// Whether a body of this size of somebody unknown fits in; if not, who sends it is looked up first, and it counts as
    /// theirs: nobody's noise keeps those out whom the database knows.
    func hasRoomForStranger(_ bytes: Int) -> Bool {
        held.withLock { $0[nil, default: 0] + bytes <= mostOfStrangers }
    }

    var bytesHeld: Int { held.withLock { $0.values.reduce(0, +) } }
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

    /// What this may come to in memory.
    var bytesAtMost: Int { length ?? content.bytesMax }

    /// True when memory is at stake before the database has been asked who sends this.
    var needsLookup: Bool { bytesAtMost > Limits.bodyBytesBeforeLookup }

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
    private let caller: CallerNote
    private let bytes = Mutex<[BodyBudget.Owner: Int]>([:])

    init(_ budget: BodyBudget, of caller: CallerNote = CallerNote()) {
        self.budget = budget
        self.caller = caller
    }

    func take(_ more: Int) throws(Problem) {
        let owner = caller.tenant
        try budget.take(more, of: owner)
        bytes.withLock { $0[owner, default: 0] += more }
    }

    deinit {
        for (owner, count) in bytes.withLock({ $0 }) { budget.give(back: count, of: owner) }
    }
}
