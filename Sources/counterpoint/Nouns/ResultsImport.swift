// counterpoint results import: a file of figures as drafts.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ResultsImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a file of figures into drafts.",
        discussion: """
            Every row is accounted for. A file with a faulty row stores nothing unless --partial is given; --dry-run never \
            stores. What stands already for the same days is refused and named.
            """)

    @Argument(help: "A canonical CSV, or a JSON file with one set (- is standard input).")
    var file: String

    @Option(help: "The campaign, by id or name.") var campaign: String
    @Flag(help: "Say what would happen, and store nothing.") var dryRun = false
    @Flag(help: "CSV: take the sound rows of a file with faulty ones.") var partial = false
    @Option(help: "CSV: the series that counts, or a second cut of it (default: primary).")
    var role: SetRole?
    @Option(help: "CSV: how the rows are cut, where the file does not say.") var breakdown:
        Breakdown?
    @Option(
        help:
            "CSV: refuse what stands already for the same days, or supersede it (default: refuse).")
    var onOverlap: ImportOptions.OnOverlap?
    @OptionGroup var write: WriteOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let bytes = try InputFile.bytes(file)
        let isJSON = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
        try await Session.acting(as: actor.principal) { session in
            let id = try await session.campaign(campaign)
            if isJSON {
                try await logBody(bytes, for: id, session)
            } else {
                try await importCSV(bytes, for: id, session)
            }
        }
    }

    private func logBody(_ bytes: [UInt8], for campaign: Campaign.ID, _ session: Session)
        async throws
    {
        if dryRun || partial || role != nil || breakdown != nil || onOverlap != nil {
            throw ValidationError(
                "--dry-run, --partial, --role, --breakdown and --on-overlap go with a CSV; a JSON file says these things "
                    + "itself.")
        }
        let new = try NewResultSet(bytes: bytes)
        let made = try await session.once(
            "results log \(campaign)", .string(String(decoding: bytes, as: UTF8.self)), write,
            document: \ResultSetDetail.document
        ) {
            try await session.registry.logResultSet(
                new, for: campaign, as: session.caller, once: $0)
        }
        output.show(step: made)
        hint(at: made["id"]?.string)
    }

    private func importCSV(_ bytes: [UInt8], for campaign: Campaign.ID, _ session: Session)
        async throws
    {
        var options = ImportOptions()
        options.dryRun = dryRun
        options.partial = partial
        options.role = role ?? .primary
        options.breakdown = breakdown
        options.onOverlap = onOverlap ?? .refuse
        let input: JSONValue = [
            "file": .string(String(decoding: bytes, as: UTF8.self)), "dryRun": .bool(dryRun),
            "partial": .bool(partial), "role": .string(options.role.rawValue),
            "breakdown": .string(orNull: breakdown?.rawValue),
            "onOverlap": .string(options.onOverlap.rawValue),
        ]
        let answer = try await session.once(
            "results import \(campaign)", input, write, document: \ImportAnswer.document
        ) { [options] once in
            try await session.registry.importCanonicalCSV(
                bytes, name: InputFile.name(file), for: campaign, options: options,
                as: session.caller, once: once)
        }
        let isStored = !(answer["resultSets"]?.array ?? []).isEmpty
        let rejected = answer["accounting"]?["rejected"] ?? 0
        switch output.format {
        case .json: Surroundings.console.print(answer.text)
        case .csv: output.show(answer["problems"]?.array ?? [], in: Self.problemColumns)
        case .table: show(answer)
        }
        if rejected != 0 || (!isStored && !dryRun) {
            throw CommandFailure(
                .dataRefused,
                isStored
                    ? "The rows above were left out."
                    : "Nothing was stored. Mend the rows above and import the file again, or take the sound ones with "
                        + "--partial.")
        }
        hint(at: answer["resultSets"]?[0]?.string)
    }

    private static let problemColumns = [
        Column("LINE", "line", .number), Column("COLUMN", "column"), Column("VALUE", "value"),
        Column("CODE", "code"), Column("WHAT IS WRONG", "detail"),
    ]

    private func show(_ answer: JSONValue) {
        let console = Surroundings.console
        let problems = answer["problems"]?.array ?? []
        for problem in problems {
            let place =
                "line \(ValueText.plain(problem["line"] ?? .null)), \(ValueText.plain(problem["column"] ?? .null))"
            console.print(
                "\(place): \(ValueText.plain(problem["detail"] ?? .null)) (\(problem["code"]?.string ?? ""))"
            )
        }
        let counts = answer["accounting"]?.object?.members ?? []
        let names = [
            "rowsRead": "read", "accepted": "accepted", "duplicate": "repeated",
            "totalsSetAside": "totals set aside",
            "rejected": "rejected",
        ]
        let told = counts.map {
            "\(NumberText.grouped(ValueText.plain($0.value))) \(names[$0.name] ?? $0.name)"
        }
        console.print("Rows: \(told.joined(separator: ", ")).")
        let isRepeat = answer["accounting"]?["accepted"] == 0
        for id in answer["resultSets"]?.array ?? [] {
            console.print(
                "\(isRepeat ? "Imported before as" : "Drafted") result set \(ValueText.plain(id)).")
        }
        for finding in answer["findings"]?.array ?? [] {
            console.print("Odd: \(finding["detail"]?.string ?? "")")
        }
        if dryRun { console.print("A dry run: nothing was stored.") }
    }

    private func hint(at id: String?) {
        guard output.format == .table, let id else { return }
        Surroundings.console.complain(
            "Hand it in when it is right: counterpoint results submit \(id)")
    }
}
