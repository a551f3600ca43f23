// Evidence: files in and out, none of which a browser can be made to run.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

struct EvidenceRoutes {
    let registry: Registry

    private static let shape = Schema.named("Evidence")

    var list: Operation {
        Operation(
            "listEvidence", "List what stands behind a result set",
            "The file that it was read from, and what was added. Never for funders.",
            tag: .results,
            answers: [
                AnswerShape(
                    status: 200, help: "All of it, oldest first.",
                    contents: [.init(type: .json, schema: .named("EvidenceList"))])
            ], problems: [.forbidden]
        ) { [registry] exchange in
            let found = try await registry.evidence(
                of: try exchange.id("resultSetId"), as: exchange.caller)
            return .json(["items": .array(found.map(\.document))])
        }
    }

    var add: Operation {
        Operation(
            "addEvidence", "Add a file to a result set",
            "A picture (PNG, JPEG, WebP, GIF), a PDF, a workbook, an archive or a text, of at most 25 MiB: as the one file "
                + "of a form, or as the body itself with its name in Content-Disposition. What it is is seen from its content. "
                + "Nothing is added to an accepted set.",
            tag: .results,
            query: [QueryParameter("note", .text(longest: TextRule.note.scalarsMax), "A remark.")],
            body: BodyShape(contents: [
                .init(
                    type: .multipart,
                    schema: Schema([
                        "type": "object", "required": ["file"], "additionalProperties": false,
                        "properties": ["file": ["type": "string", "format": "binary"]],
                    ]), bytesMax: Limits.evidenceBodyBytes, isStreamed: true),
                .init(
                    type: .any, schema: Schema(["type": "string", "format": "binary"]),
                    bytesMax: Limits.evidenceBodyBytes, isStreamed: true),
            ]),
            answers: [
                AnswerShape(
                    status: 201, help: "It was added; this is it.",
                    contents: [.init(type: .json, schema: Self.shape)],
                    fields: [
                        .init(name: "Location", help: "Where it is from now on."), .entityTag,
                        .replayed,
                    ],
                    links: [
                        .init(
                            name: "read", operationId: "readEvidence", parameter: "evidenceId",
                            expression: "$response.body#/id")
                    ])
            ]
        ) { exchange in try await receive(exchange) }
    }

    var read: Operation {
        Operation(
            "readEvidence", "Read what is known of a file", tag: .results,
            answers: [.one(Self.shape)], problems: [.forbidden]
        ) { [registry] exchange in
            .versioned(
                try await registry.evidence(
                    try exchange.id("evidenceId"), of: try exchange.id("resultSetId"),
                    as: exchange.caller
                ).document, Self.onlyVersion)
        }
    }

    var remove: Operation {
        Operation(
            "removeEvidence", "Take a file away from a draft", tag: .results,
            answers: [AnswerShape(status: 204, help: "It is gone.", fields: [.replayed])]
        ) { [registry] exchange in
            let answer = { @Sendable (_: Evidence) in Answer(status: .noContent) }
            let outcome = try await registry.removeEvidence(
                try exchange.id("evidenceId"), of: try exchange.id("resultSetId"),
                as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var content: Operation {
        Operation(
            "readEvidenceContent", "Fetch a file",
            "Always as an attachment, in a sandbox, and under no other type than its own.",
            tag: .results,
            answers: [
                AnswerShape(
                    status: 200, help: "The file as it was sent.",
                    contents: EvidenceType.allCases.map {
                        .init(
                            type: MediaType(rawValue: $0.rawValue) ?? .any,
                            schema: Schema(["type": "string", "format": "binary"]))
                    },
                    fields: [
                        .entityTag,
                        .init(name: "Content-Disposition", help: "attachment, with its name."),
                        .init(name: "Content-Security-Policy", help: "It may run nothing."),
                    ])
            ], problems: [.forbidden]
        ) { [registry] exchange in
            let evidence = try await registry.evidence(
                try exchange.id("evidenceId"), of: try exchange.id("resultSetId"),
                as: exchange.caller)
            return Self.answer(
                evidence, registry.content(of: evidence, as: try exchange.caller))
        }
    }

    // MARK: In

    private static let onlyVersion: Int64 = 1

    private func receive(_ exchange: Exchange) async throws -> Answer {
        let set: ResultSet.ID = try exchange.id("resultSetId")
        let incoming = try IncomingEvidence(registry, set, exchange.caller)
        do {
            let digest = try await FileUpload(exchange: exchange).read(holds: false) { name in
                incoming.name = name ?? "unnamed"
            } take: { piece in
                try await incoming.take(piece)
            }
            let answer = { @Sendable (evidence: Evidence) in
                Answer.versioned(evidence.document, Self.onlyVersion).created(
                    at: "/v1/result-sets/\(set)/evidence/\(evidence.id)")
            }
            let outcome = try await incoming.finish(
                note: try exchange.query.text("note").map(Self.note),
                once: exchange.once(bodyDigest: digest, answer))
            return exchange.answer(outcome, answer)
        } catch {
            await incoming.abandon()
            throw error
        }
    }

    private static func note(_ text: String) throws -> String {
        do {
            return try TextRule.note.checked(text)
        } catch {
            throw InvalidInput(faults: [
                Fault(
                    pointer: "note", code: "badText", detail: "A remark is text without controls.",
                    kind: .refused)
            ])
        }
    }

    // MARK: Out

    private static func answer(
        _ evidence: Evidence, _ pieces: AsyncThrowingStream<[UInt8], any Error>
    ) -> Answer {
        var answer = Answer(status: .ok)
        answer.stream = Answer.Stream(length: Int(evidence.bytes), pieces: pieces)
        answer.headers[.contentType] = evidence.type.rawValue
        answer.headers[.contentDisposition] = attachment(evidence.name)
        answer.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        answer.headers[.crossOriginResourcePolicy] = "same-origin"
        answer.headers[.eTag] = "\"\(evidence.sha256)\""
        return answer
    }

    /// A plain name for old clients, and the whole one by RFC 8187.
    private static func attachment(_ name: String) -> String {
        let plain = String(
            decoding: name.utf8.map { byte in
                (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"")
                    && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "%")
                    ? byte : UInt8(ascii: "_")
            }, as: UTF8.self)
        let digits = Array("0123456789ABCDEF")
        let encoded = name.utf8.map { byte -> String in
            let isPlain =
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_")
            return isPlain
                ? String(UnicodeScalar(byte))
                : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }.joined()
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}

/// A file that comes in; what it is is known when its beginning is there. Only the request's own task touches it.
private final class IncomingEvidence {
    private let registry: Registry
    private let set: ResultSet.ID
    private let caller: Caller
    private var beginning: [UInt8] = []
    private var upload: EvidenceUpload?
    var name = ""

    init(_ registry: Registry, _ set: ResultSet.ID, _ caller: Caller) {
        self.registry = registry
        self.set = set
        self.caller = caller
    }

    func take(_ piece: [UInt8]) async throws {
        if upload != nil {
            try await upload?.take(piece)
            return
        }
        beginning += piece
        if beginning.count >= EvidenceType.beginningBytes { try await begin() }
    }

    func finish(note: String?, once: Once<Evidence>?) async throws -> Outcome<Evidence> {
        if upload == nil { try await begin() }
        guard var upload else { throw Problem(.internalFault, "a file that never began") }
        return try await upload.finish(name: name, note: note, once: once)
    }

    func abandon() async { await upload?.abandon() }

    private func begin() async throws {
        guard
            let type = EvidenceType(
                beginning: Array(beginning.prefix(EvidenceType.beginningBytes)))
        else {
            throw Problem(
                .refusedInput,
                beginning.isEmpty
                    ? "There is nothing in the file."
                    : "Evidence is a picture (PNG, JPEG, WebP, GIF), a PDF, a workbook (.xlsx), an archive (.zip) or a plain text. "
                        + "Make a picture or a PDF of anything else.",
                code: beginning.isEmpty ? "emptyFile" : "typeNotKept")
        }
        upload = try await registry.beginEvidence(for: set, type: type, as: caller)
        try await upload?.take(beginning)
        beginning = []
    }
}
