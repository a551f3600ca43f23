// counterpoint indicator: what campaigns set out to reach, and what came of it.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct IndicatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicator",
        abstract: "Indicators of a campaign: baseline, target, and what came of it.",
        discussion: """
            An indicator is measured by a metric, and its actual figure is then computed from accepted results; or it is \
            told in words. How far it got is shown as a fraction of the way from the baseline to the target.

              counterpoint indicator add --campaign "Spring 2024" --code R1 --title "Young men reached" \\
                  --metric reach --baseline 0 --target 50000
              counterpoint indicator add --campaign "Spring 2024" --code Q1 --title "Tone of the comments" \\
                  --target-statement "Most comments engage with the message"
              counterpoint indicator list --campaign "Spring 2024"
            """,
        subcommands: [Add.self, List.self, Show.self, Record.self, Remove.self])

    static let columns = [
        Column("CODE", "code"), Column("TITLE", "title"), Column("METRIC", "metric"),
        Column("BASELINE", "baseline.value", .money), Column("TARGET", "target.value", .money),
        Column("ACTUAL FROM", "actual.lower", .money), Column("TO", "actual.upper", .money),
        Column("WENT", "progress.lower.numerator", .number),
        Column("OF", "progress.lower.denominator", .number),
        Column("REACHED", "progress.reached"), Column("ID", "id"),
    ]

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set an indicator.")

        @Option(help: "The campaign, by id or name.") var campaign: String
        @Option(help: "A short code, of this indicator alone.") var code: String?
        @Option(help: "What it says.") var title: String?
        @Option(help: "The metric it is measured by; none: it is told in words.") var metric:
            String?
        @Option(help: "Only on this channel; may be repeated.") var channel: [Channel] = []
        @Option(help: ArgumentHelp("Only from this day on.", valueName: "day")) var from: String?
        @Option(help: ArgumentHelp("Only up to this day.", valueName: "day")) var to: String?
        @Option(help: "Whether more is better.") var direction: IndicatorDirection?
        @Option(help: "Where it began, as a figure.") var baseline: String?
        @Option(help: "Where it should come to, as a figure.") var target: String?
        @Option(help: ArgumentHelp("What the figures of money are in.", valueName: "code"))
        var currency: String?
        @Option(help: "Where it began, in words.") var baselineStatement: String?
        @Option(help: "Where it should come to, in words.") var targetStatement: String?
        @OptionGroup var input: BodyOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var draft = try input.draft()
            draft.set("code", code)
            draft.set("title", title)
            draft.set("metric", metric)
            draft.set("channels", list: channel.map(\.rawValue))
            draft.set("from", from)
            draft.set("to", to)
            draft.set("direction", direction?.rawValue)
            draft.set("baseline", value: aim(baseline, baselineStatement))
            draft.set("target", value: aim(target, targetStatement))
            let new = try NewIndicator(draft.value)
            let body = draft.value
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.campaign(campaign)
                let made = try await session.once(
                    "indicator add \(id)", body, write, document: \.document
                ) {
                    try await session.registry.addIndicator(
                        new, to: id, as: session.caller, once: $0)
                }
                output.show(record: made, in: columns)
            }
        }

        private func aim(_ figure: String?, _ statement: String?) -> JSONValue? {
            guard figure != nil || statement != nil else { return nil }
            var aim = JSONObject()
            if let figure {
                aim["value"] =
                    currency.map { ["amount": .string(figure), "currency": .string($0)] }
                    ?? .string(figure)
            }
            if let statement { aim["statement"] = .string(statement) }
            return .object(aim)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List a campaign's indicators with what came of them.")

        @Option(help: "The campaign, by id or name.") var campaign: String
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.campaign(campaign)
                let list = try await page.read(\.document) {
                    try await session.registry.indicators(of: id, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty: "There are none. Set one: counterpoint indicator add --help")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one indicator.")

        @Argument(help: "The indicator's id.") var indicator: String
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let found = try await session.registry.indicator(
                    try session.id(indicator, of: "indicator"), as: session.caller)
                output.show(record: found.document, in: columns)
            }
        }
    }

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write down what was actually reached, for an indicator that is told in words.")

        @Argument(help: "The indicator's id.") var indicator: String
        @Option(help: "What was reached.") var statement: String
        @Option(help: ArgumentHelp("The day it is of.", valueName: "day")) var on: String
        @Option(help: "Where it comes from.") var source: String?
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            var told = BodyDraft()
            told.set("statement", statement)
            told.set("on", on)
            told.set("source", source)
            let body: JSONValue = ["actual": told.value]
            let change = try IndicatorChange(body)
            try await Session.acting(as: actor.principal) { session in
                let id: Indicator.ID = try session.id(indicator, of: "indicator")
                let old = try await session.registry.indicator(id, as: session.caller).indicator
                let changed = try await session.once(
                    "indicator record \(id)", body, write, document: \.document
                ) {
                    try await session.registry.changeIndicator(
                        id, change, expecting: old.version, as: session.caller, once: $0)
                }
                output.show(record: changed, in: columns)
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove an indicator; the log keeps what it was.")

        @Argument(help: "The indicator's id.") var indicator: String
        @OptionGroup var confirmation: ConfirmOptions
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id: Indicator.ID = try session.id(indicator, of: "indicator")
                let old = try await session.registry.indicator(id, as: session.caller).indicator
                try confirmation.confirm(
                    "The indicator \(old.code), “\(old.title)”, will be removed.")
                let removed = try await session.once(
                    "indicator remove \(id)", .null, write, document: \.document
                ) {
                    try await session.registry.removeIndicator(
                        id, expecting: old.version, as: session.caller, once: $0)
                }
                output.show(record: removed, in: columns)
            }
        }
    }
}
