// Files as they are: any that is understood, taken while it comes, and followed while it runs.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import HTTPTypes

struct ImportRoutes {
    let registry: Registry

    /// How often a running import writes down how far it is.
    private static let noteInterval = Duration.seconds(1)

    var take: Operation {
        Operation(
            "importFile", "Import a platform's file",
            "The file as it was exported, or the canonical CSV: as the one file of a form, or as the body itself with its "
                + "name in Content-Disposition. What it is is recognised by its content. Answered with an account of every "
                + "row; the sets are drafts, and the file is kept as their evidence. The same bytes again change nothing. "
                + "Choose an Import-Id to follow a long import while it runs.",
            tag: .results, query: ImportQuery.ofFile,
            body: BodyShape(contents: [
                .init(
                    type: .multipart,
                    schema: Schema([
                        "type": "object", "required": ["file"], "additionalProperties": false,
                        "properties": [
                            "file": [
                                "type": "string", "format": "binary",
                                "description": "The file; the name of the field does not matter.",
                            ]
                        ],
                    ]), bytesMax: Limits.csvBodyBytes, isStreamed: true),
                .init(
                    type: .any,
                    schema: Schema([
                        "type": "string", "format": "binary", "description": "The file itself.",
                    ]),
                    bytesMax: Limits.csvBodyBytes, isStreamed: true),
            ]),
            fields: [
                RequestField(
                    name: "Import-Id",
                    help:
                        "A UUID of your choice, new for each file, under which /v1/imports tells how far it is.",
                    pattern: "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")
            ],
            answers: ImportQuery.answers
        ) { exchange in
            try await run(try ImportExchange(exchange))
        }
    }

    var read: Operation {
        Operation(
            "readImport", "How far an import is",
            "Of an import of one's own, while it runs and afterwards, with what was answered.",
            tag: .results, answers: [.one(.named("ImportRun"))]
        ) { [registry] exchange in
            .digested(
                try await registry.importRun(exchange.id("importId"), as: exchange.caller).document)
        }
    }

    var formats: Operation {
        Operation(
            "listFormats", "Which files are understood",
            "Every kind of file with the names of its columns, in every language that is known, and the metric that each "
                + "becomes.", tag: .results,
            answers: [
                AnswerShape(
                    status: 200, help: "The formats.",
                    contents: [.init(type: .json, schema: .named("FormatList"))],
                    fields: [.entityTag])
            ]
        ) { [registry] exchange in
            _ = try await registry.me(as: exchange.caller)
            return .digested(["items": .array(FileFormats.documents)])
        }
    }

    // MARK: One import

    private func run(_ work: ImportExchange) async throws -> Answer {
        let exchange = work.exchange
        let run = try await begin(work)
        guard let run else { return try await receive(work, nil, ImportProgress()) }
        let progress = ImportProgress()
        let caller = try exchange.caller
        let notes = Task { [registry] in
            while true {
                try await Task.sleep(for: Self.noteInterval)
                let isStoring = progress.rowsStored > 0
                try? await registry.noteImport(
                    run, isStoring ? .storing : .receiving, progress, as: caller)
            }
        }
        do {
            let answer = try await receive(work, run, progress)
            await end(
                run, answer.status.code < 400 ? .finished : .refused, progress,
                try? JSONParser.parse(answer.body, limits: .ownDocument), notes, caller)
            return answer
        } catch {
            let problem = ErrorResponses.problem(for: error)
            await end(
                run, problem.status < 500 ? .refused : .failed, progress, problem.document, notes,
                caller)
            throw error
        }
    }

    /// The row under which the import is followed; nil for a dry run that nobody wants to follow, and for a request that is
    /// sent again under the same key.
    private func begin(_ work: ImportExchange) async throws -> ImportRun.ID? {
        let exchange = work.exchange
        if work.options.dryRun, exchange.importId == nil {
            _ = try await registry.campaign(work.campaign, as: exchange.caller)
            return nil
        }
        do {
            try await registry.beginImport(
                work.run, into: work.campaign, fileName: exchange.fileName,
                bytesExpected: try exchange.incoming.announced.length.map(Int64.init),
                isDryRun: work.options.dryRun, as: exchange.caller)
            return work.run
        } catch RegistryError.conflict(let conflict)
            where conflict.code == "importIdUsed" && exchange.repeatable != nil
        {
            return nil
        }
    }

    /// The last word about an import is written even when the request that brought it is given up.
    private func end(
        _ run: ImportRun.ID, _ state: ImportRun.State, _ progress: ImportProgress,
        _ outcome: JSONValue?, _ notes: Task<Void, any Error>, _ caller: Caller
    ) async {
        notes.cancel()
        await Task { [registry] in
            _ = try? await notes.value
            try? await registry.noteImport(run, state, progress, outcome: outcome, as: caller)
        }.value
    }

    private func receive(
        _ work: ImportExchange, _ run: ImportRun.ID?, _ progress: ImportProgress
    ) async throws -> Answer {
        let exchange = work.exchange
        let held = HeldIntake()
        let digest = try await FileUpload(exchange: exchange).read(holds: true) { name in
            held.intake = FileIntake(name: name, options: work.fileOptions)
        } take: { piece in
            try held.intake?.take(piece)
            held.intake?.note(in: progress)
        }
        guard let intake = held.intake else {
            throw Problem(.internalFault, "a file that never began")
        }
        let file = try await FileWork.finish(intake)
        progress.noteRead(bytes: file.source.bytes, rows: Int64(file.accounting.rowsRead))
        let campaign = work.campaign
        let answer = { @Sendable (account: ImportAnswer) in
            ImportQuery.answer(account, campaign)
        }
        let outcome = try await registry.importFile(
            file, for: campaign, options: work.options, as: exchange.caller,
            once: exchange.once(bodyDigest: digest, answer), run: run, progress: progress)
        return exchange.answer(outcome, answer)
    }
}

/// What a request for an import says before its body.
private struct ImportExchange {
    let exchange: Exchange
    let campaign: Campaign.ID
    let run: ImportRun.ID
    let options: ImportOptions
    let fileOptions: FileOptions

    init(_ exchange: Exchange) throws {
        self.exchange = exchange
        campaign = try exchange.id("campaignId")
        options = ImportQuery.options(exchange.query)
        fileOptions = try ImportQuery.fileOptions(exchange.query)
        if let chosen = exchange.importId {
            guard let id = ImportRun.ID(chosen) else {
                throw InvalidInput(faults: [
                    Fault(
                        pointer: "Import-Id", code: "notAnId",
                        detail: "Import-Id is a UUID with its hyphens.", kind: .malformed)
                ])
            }
            run = id
        } else {
            run = .random()
        }
    }
}

/// The intake that begins when the file's name is known. Only the request's own task touches it.
final class HeldIntake {
    var intake: FileIntake?
}
