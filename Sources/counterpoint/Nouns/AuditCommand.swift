// counterpoint audit: the log, its chains, and what is derived from the readings.

import ArgumentParser
import CounterpointModel
import CounterpointRecords
import FoundationEssentials

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The audit log: look into it, verify its chains, derive figures again.",
        discussion: """
            Every change has an entry, and every entry names the digest of the one before it. Keep the heads that \
            `audit show --head` prints somewhere else: then a cut-off end shows too.

              counterpoint audit verify --head heads.json
              counterpoint audit recompute
              counterpoint audit show --subject 0d3c…
            """,
        subcommands: [Verify.self, Recompute.self, Show.self, Erasures.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walk every chain and compute each link again.",
            discussion: """
                Finds an entry that was edited, removed, inserted or reordered behind Counterpoint's back, and one that \
                was emptied without an erasure. An end that was cut off, or a log that was rewritten as a whole, shows \
                only against heads that were kept elsewhere. Ends with 65 if a chain does not hold.

                  counterpoint audit show --head --output json > heads.json     # and take it to another machine
                  counterpoint audit verify --head heads.json
                """)

        @Option(
            help: ArgumentHelp(
                "Heads that `audit show --head` printed; - for standard input.", valueName: "file"))
        var head: String?
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let console = Surroundings.console
            try await Session.acting(as: actor.principal) { session in
                let heads = try head.map(KeptHeads.read) ?? []
                let verdicts = try await session.registry.verifyAudit(
                    against: heads, as: session.caller
                ) { done in
                    console.progress("\(NumberText.grouped(String(done))) entries …")
                }
                console.endProgress()
                output.show(verdicts.map(\.document), in: ChainVerdict.columns)
                let faults = verdicts.flatMap { verdict in
                    verdict.faults.map { "\(verdict.title): \($0)" }
                }
                guard faults.isEmpty else {
                    throw CommandFailure(
                        .dataRefused,
                        "The log was changed behind Counterpoint's back:\n  "
                            + faults.joined(separator: "\n  "))
                }
            }
        }
    }

    struct Recompute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Derive every set's digest and figures again from its readings.",
            discussion:
                "Nothing is written. Ends with 65 if something stored is not what its readings give."
        )

        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let console = Surroundings.console
            try await Session.acting(as: actor.principal) { session in
                let (count, drifts) = try await session.registry.recompute(as: session.caller) {
                    done in
                    console.progress("\(NumberText.grouped(String(done))) result sets …")
                }
                console.endProgress()
                let found = drifts.map { drift -> JSONValue in
                    ["resultSet": .string(drift.set.text), "detail": .string(drift.detail)]
                }
                switch output.format {
                case .json:
                    console.print(
                        JSONValue.object([
                            "resultSets": .integer(Int64(count)), "drifts": .array(found),
                        ]).text)
                case .csv:
                    output.show(
                        found, in: [Column("RESULT SET", "resultSet"), Column("DETAIL", "detail")])
                case .table:
                    console.print(
                        "\(NumberText.grouped(String(count))) result sets derived again, "
                            + (drifts.isEmpty ? "no difference." : "\(drifts.count) differ:"))
                    for drift in drifts { console.print("  \(drift.set): \(drift.detail)") }
                }
                guard drifts.isEmpty else {
                    throw CommandFailure(
                        .dataRefused,
                        "Stored figures are not what their readings give. Restore them from a backup."
                    )
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show entries of the log, or the heads of its chains.",
            discussion: "With --head: each chain's length and the digest of its last entry.")

        @Flag(help: "Only the heads of the chains.") var head = false
        @Option(help: "Only of this programme's chain, by id or name.") var programme: String?
        @Option(help: "Only about this organisation, by id or name.") var organisation: String?
        @Option(help: ArgumentHelp("Only about the record with this id.", valueName: "id"))
        var subject: String?
        @Option(help: "Only what this principal did, by id or name.") var principal: String?
        @Option(help: "Only this action, e.g. grant.awarded.") var action: String?
        @Option(help: ArgumentHelp("Not before.", valueName: "instant")) var since: Instant?
        @Option(help: ArgumentHelp("Before.", valueName: "instant")) var until: Instant?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        private static let columns = [
            Column("AT", "at", .instant), Column("NO", "number", .number),
            Column("ACTION", "action"),
            Column("SUBJECT", "subjectId"), Column("PRINCIPAL", "principalId"),
            Column("PROGRAMME", "programmeId"),
        ]

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                guard !head else {
                    let verdicts = try await session.registry.verifyAudit(as: session.caller)
                    return output.show(verdicts.map(\.document), in: ChainVerdict.columns)
                }
                var filter = AuditFilter()
                filter.programme = try await session.programme(orNil: programme)
                filter.organisation = try await session.organisation(orNil: organisation)
                if let subject {
                    let id: Identifier<Void> = try session.id(subject, of: "record")
                    filter.subject = id.uuid
                }
                if let principal { filter.principal = try await session.principal(principal) }
                filter.action = action
                filter.since = since
                filter.until = until
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.auditEntries(filter, page: $0, as: session.caller)
                }
                output.show(page: list, in: Self.columns, empty: "There are no such entries.")
            }
        }
    }
}

extension ChainVerdict {
    /// How the chain of no programme is called.
    static let installation = "installation"

    fileprivate static let columns = [
        Column("CHAIN", "chain"), Column("ENTRIES", "entries", .number),
        Column("HEAD", "head", cut: .max),
        Column("ERASED", "erased", .number), Column("VERDICT", "verdict"),
    ]

    fileprivate var title: String { programme?.text ?? Self.installation }

    fileprivate var document: JSONValue {
        [
            "chain": .string(title), "entries": .integer(entries),
            "erased": .integer(Int64(erased)), "head": .string(head),
            "verdict": .string(faults.isEmpty ? "holds" : "broken"),
            "faults": .array(faults.map(JSONValue.string)),
        ]
    }
}
