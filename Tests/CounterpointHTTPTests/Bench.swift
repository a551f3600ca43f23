// What the tests of the door share: tiny endpoints, a caller, and requests without ceremony.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization

@testable import CounterpointHTTP

/// Endpoints that need no record: each shows one thing that the door does.
enum Bench {
    static let answer = AnswerShape.one(Schema(["type": "object"]))

    static let endpoints: [Endpoint] = [
        .get("/v1/things", list), .post("/v1/things", add),
        .get("/v1/things/{thingId}", read), .patch("/v1/things/{thingId}", change),
        .get("/v1/figures", figures), .post("/v1/files", upload), .get("/open", open),
        .get("/v1/broken", broken), .get("/v1/slow", slow), .get("/v1/big", big),
        .get("/v1/pieces", pieces),
    ]

    static let list = Operation(
        "listThings", "List things", tag: .service,
        query: [
            QueryParameter("status", .word(["draft", "accepted"]), "Status."),
            QueryParameter("channel", .word(["x", "youtube"]), "Channel.", repeats: true),
            QueryParameter("from", .day, "First day."),
            QueryParameter("groupBy", .words(["channel", "month"]), "Groups."),
            QueryParameter("asOf", .instant, "Moment."),
        ] + .page,
        answers: [.page(of: "Thing")]
    ) { exchange in
        .json([
            "limit": .integer(Int64(exchange.page.limit)),
            "channels": .array(exchange.query.texts("channel").map { .string($0) }),
            "groupBy": .array(exchange.query.words("groupBy").map { .string($0) }),
        ])
    }

    static let add = Operation(
        "addThing", "Add a thing", tag: .service, body: .json(Schema(["type": "object"])),
        answers: [
            .created(Schema(["type": "object"]), readBy: "readThing", parameter: "thingId")
        ]
    ) { exchange in
        var document = JSONObject([("body", try exchange.json)])
        if let repeatable = exchange.repeatable {
            document.append("key", .string(repeatable.key))
            document.append(
                "fingerprint", .string(repeatable.fingerprint().map(String.init).joined()))
        }
        return Answer.versioned(.object(document), 1).created(at: "/v1/things/1")
    }

    static let read = Operation(
        "readThing", "Read a thing", tag: .service, answers: [answer]
    ) { exchange in
        let id: Identifier<Bench> = try exchange.id("thingId")
        return .versioned(["id": .string("\(id)")], 3)
    }

    static let change = Operation(
        "changeThing", "Change a thing", tag: .service,
        body: .change(Schema(["type": "object"])), needsVersion: true,
        answers: [.changed(Schema(["type": "object"]))]
    ) { exchange in
        let version = try await exchange.expectedVersion(current: { 3 })
        return .json(["expected": .integer(orNull: version)])
    }

    static let figures = Operation(
        "readFigures", "Read figures", tag: .service,
        answers: [
            AnswerShape(
                status: 200, help: "Figures.",
                contents: [
                    .init(type: .json, schema: Schema(["type": "object"])),
                    .init(type: .csv, schema: Schema(["type": "string"])),
                ])
        ]
    ) { exchange in
        exchange.accepted == .csv
            ? Answer(
                status: .ok, headers: [.contentType: MediaType.csv.fieldValue],
                body: Array("a,b\r\n".utf8))
            : .json(["a": "b"])
    }

    static let upload = Operation(
        "uploadFile", "Upload a file", tag: .service,
        body: BodyShape(contents: [
            .init(type: .json, schema: Schema(["type": "object"]), bytesMax: 2_000),
            .init(type: .csv, schema: Schema(["type": "string"]), bytesMax: Limits.csvBodyBytes),
        ]),
        answers: [answer]
    ) { exchange in
        guard case .csv(let bytes) = exchange.body else { return .json(["bytes": nil]) }
        return .json([
            "bytes": .integer(Int64(bytes.count)), "name": .string(orNull: exchange.fileName),
        ])
    }

    static let open = Operation(
        "readOpen", "Read what is open", tag: .service, access: .open, answers: [answer]
    ) { _ in .json(["ok": true]) }

    static let broken = Operation(
        "readBroken", "Fail", tag: .service, answers: [answer]
    ) { _ in throw Unplanned(secret: "select * from organisations") }

    static let slow = Operation(
        "readSlow", "Take a while", tag: .service, answers: [answer]
    ) { _ in
        try await Task.sleep(for: .milliseconds(700))
        return .json(["ok": true])
    }

    /// More than sockets hold between them.
    static let bigBytes = 8 * 1024 * 1024

    static let big = Operation(
        "readBig", "Read much", tag: .service, answers: [answer]
    ) { _ in .json(["text": .string(String(repeating: "x", count: bigBytes))]) }

    static let pieces = Operation(
        "readPieces", "Read much, piece by piece", tag: .service, answers: [answer]
    ) { _ in
        let pieceBytes = 256 * 1024
        var answer = Answer(status: .ok)
        let sending = Sending(pieces: bigBytes / pieceBytes)
        answer.stream = Answer.Stream(
            length: bigBytes,
            pieces: AsyncThrowingStream {
                sending.next() ? [UInt8](repeating: 0x78, count: pieceBytes) : nil
            })
        return answer
    }

    /// Counts the pieces of one answer.
    private final class Sending: Sendable {
        private let left: Atomic<Int>

        init(pieces: Int) { left = Atomic(pieces) }

        func next() -> Bool { left.subtract(1, ordering: .relaxed).newValue >= 0 }
    }

    struct Unplanned: Error { let secret: String }

    /// A token of the right form that these tests' registry knows.
    static let known = SampleTokens.known
    /// A token of the right form that it does not know.
    static let unknown = SampleTokens.unknown

    static func application(
        _ endpoints: [Endpoint] = endpoints, eventLoops: Int = 1, edge: EdgeParts = EdgeParts()
    ) -> Application<FrontDoor> {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return HTTPService.application(
            endpoints: endpoints,
            address: .init(host: "127.0.0.1", port: 0, eventLoops: eventLoops), edge: edge,
            logger: logger,
            authenticate: { caller in
                guard case .token(let secret) = caller.credential, secret.text == known else {
                    throw RegistryError.unauthenticated
                }
            })
    }
}

/// One answer, taken apart.
struct Seen {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The body as JSON, null when it is none.
    var json: JSONValue {
        (try? JSONParser.parse(Array(text.utf8), limits: .ownDocument)) ?? .null
    }
    var code: String? { json["code"]?.string }
    var pointers: [String] {
        json["errors"]?.array?.compactMap { $0["pointer"]?.string } ?? []
    }
}

extension TestClientProtocol {
    /// Sends a request as somebody known, unless told otherwise.
    func ask(
        _ method: HTTPRequest.Method = .get, _ uri: String, token: String? = Bench.known,
        _ headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Seen {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if body != nil, headers[.contentType] == nil {
            headers[.contentType] = "application/json"
        }
        return try await execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Seen(
                status: response.status.code, headers: response.headers,
                text: String(buffer: response.body))
        }
    }
}
