// counterpoint results import: a file of figures as drafts.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ResultsImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read a file of figures into drafts.",
        discussion: """
            The file as the platform gave it, also re-saved by Excel: what it is is recognised by its content (counterpoint \
            results formats lists what is understood). Every row is accounted for. A file with a faulty row, or one that \
            leaves something open, stores nothing unless --partial is given; --dry-run never stores. What stands already \
            for the same days is refused and named; --on-overlap supersede makes a correction of it.
            """)

    @Argument(
        help: "The file (- is standard input); or a JSON file with one set as the API takes it.")
    var file: String

    @Option(help: "The campaign, by id or name.") var campaign: String
    @Option(help: ArgumentHelp("What the file is (default: auto).", valueName: "format"))
    var format: String?
    @Option(help: ArgumentHelp("First day, for a file that states none.", valueName: "day"))
    var from: String?
    @Option(help: ArgumentHelp("Last day, for a file that states none.", valueName: "day"))
    var to: String?
    @Option(help: "The channel, for a file that leaves it open.") var channel: Channel?
    @Option(help: "What amounts are in, for a file that does not say (EUR, UAH, …).")
    var currency: String?
    @Option(help: "How 03/04/2026 is to be read: dayFirst or monthFirst.") var dayOrder: String?
    @Option(help: "How 1.234 is to be read: decimalPoint or decimalComma.") var numberStyle: String?
    @Option(help: "Which metric the figures are, for a file of one metric that does not name it.")
    var metric: String?
    @Flag(help: "Say what would happen, and store nothing.") var dryRun = false
    @Flag(help: "Take the sound rows of a file with faulty ones.") var partial = false
    @Option(help: "The series that counts, or a second cut of it (default: primary).")
    var role: SetRole?
    @Option(help: "How the rows are cut, where the file does not say.") var breakdown: Breakdown?
    @Option(
        help: "Refuse what stands already for the same days, or supersede it (default: refuse).")
    var onOverlap: ImportOptions.OnOverlap?
    @OptionGroup var write: WriteOptions
    @OptionGroup var actor: ActorOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        _ = try fileOptions()
    }

    func run() async throws {
        try await Session.acting(as: actor.principal) { session in
            let id = try await session.campaign(campaign)
            // What comes through a pipe can be read once only.
            let piped = file == "-" ? try InputFile.bytes(file) : nil
            if try isJSON(piped ?? InputFile.beginning(file)) {
                try await logBody(piped ?? InputFile.bytes(file), for: id, session)
            } else {
                try await importFile(piped, for: id, session)
            }
        }
    }

    // MARK: One set as JSON

    private func isJSON(_ beginning: [UInt8]) throws -> Bool {
        beginning.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
    }

    private func logBody(_ bytes: [UInt8], for campaign: Campaign.ID, _ session: Session)
        async throws
    {
        guard !dryRun, !partial, role == nil, breakdown == nil, onOverlap == nil, format == nil,
            from == nil, to == nil, channel == nil, currency == nil, dayOrder == nil,
            numberStyle == nil, metric == nil
        else {
            throw ValidationError(
                "A JSON file says these things itself: leave --dry-run, --partial, --role, --breakdown, --on-overlap, "
                    + "--format, --from, --to and --channel out.")
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

    // MARK: A file

    private func importFile(
        _ piped: [UInt8]?, for campaign: Campaign.ID, _ session: Session
    ) async throws {
        var options = ImportOptions(
            dryRun: dryRun, partial: partial, role: role, breakdown: breakdown)
        options.onOverlap = onOverlap ?? .refuse
        let reading = try read(piped)
        let progress = ImportProgress()
        let display = Task {
            let console = Surroundings.console
            while !Task.isCancelled {
                if progress.rowsStored > 0 {
                    console.progress(
                        "storing: \(NumberText.grouped(String(progress.rowsStored))) readings …")
                }
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
        let input: JSONValue = [
            "file": .string(reading.source.sha256), "format": .string(orNull: format),
            "from": .string(orNull: from), "to": .string(orNull: to),
            "channel": .string(orNull: channel?.rawValue), "currency": .string(orNull: currency),
            "dayOrder": .string(orNull: dayOrder), "numberStyle": .string(orNull: numberStyle),
            "metric": .string(orNull: metric), "dryRun": .bool(dryRun),
            "partial": .bool(partial), "role": .string(orNull: role?.rawValue),
            "breakdown": .string(orNull: breakdown?.rawValue),
            "onOverlap": .string(options.onOverlap.rawValue),
        ]
        let answer: JSONValue
        do {
            answer = try await session.once(
                "results import \(campaign)", input, write, document: \ImportAnswer.document
            ) { [options] once in
                try await session.registry.importFile(
                    reading, for: campaign, options: options, as: session.caller, once: once,
                    progress: progress)
            }
        } catch {
            display.cancel()
            await display.value
            Surroundings.console.endProgress()
            throw error
        }
        display.cancel()
        await display.value
        Surroundings.console.endProgress()
        try show(answer)
    }

    private func read(_ piped: [UInt8]?) throws -> FileReading {
        let intake = FileIntake(name: InputFile.name(file), options: try fileOptions())
        let progress = ImportProgress()
        let console = Surroundings.console
        defer { console.endProgress() }
        func take(_ piece: [UInt8]) throws {
            try intake.take(piece)
            intake.note(in: progress)
            console.progress(
                "reading: \(NumberText.grouped(String(progress.bytesRead / 1024))) KiB"
                    + (progress.rowsRead > 0
                        ? ", \(NumberText.grouped(String(progress.rowsRead))) rows …" : " …"))
        }
        if let piped { try take(piped) } else { try InputFile.read(file, take) }
        return try intake.finish()
    }

    private func fileOptions() throws -> FileOptions {
        func day(_ text: String?, _ option: String) throws -> Day? {
            guard let text else { return nil }
            guard let day = Day(iso: text) else {
                throw ValidationError("--\(option) is a day such as 2017-03-30.")
            }
            return day
        }
        let (first, last) = (try day(from, "from"), try day(to, "to"))
        guard (first == nil) == (last == nil) else {
            throw ValidationError("--from and --to go together.")
        }
        var options = FileOptions(channel: channel)
        if let currency {
            guard let known = Currency(currency) else {
                throw ValidationError("--currency is an ISO 4217 code such as EUR.")
            }
            options.currency = known
        }
        func word(_ given: String?, of words: [String], _ option: String) throws -> String? {
            guard given.map(words.contains) ?? true else {
                throw ValidationError("--\(option) is \(words.joined(separator: " or ")).")
            }
            return given
        }
        options.dayOrder = try word(dayOrder, of: FileOptions.dayOrders, "day-order")
        options.numberStyle = try word(numberStyle, of: FileOptions.numberStyles, "number-style")
        if let metric {
            guard let known = Metric(code: metric) else {
                throw ValidationError("--metric is a metric's code such as reach or pageVisits.")
            }
            options.metric = known
        }
        if let first, let last {
            guard let period = Period(from: first, to: last) else {
                throw ValidationError("--to lies before --from.")
            }
            options.period = period
        }
        if let format {
            guard FileFormats.names.contains(format) else {
                throw ValidationError(
                    "--format is one of \(FileFormats.names.joined(separator: ", ")).")
            }
            options.format = format
        }
        return options
    }

    // MARK: What became of it

    private func show(_ answer: JSONValue) throws {
        switch output.format {
        case .json: Surroundings.console.print(answer.text)
        case .csv: output.show(answer["problems"]?.array ?? [], in: ImportText.problemColumns)
        case .table: ImportText(answer: answer, isDryRun: dryRun).print(to: Surroundings.console)
        }
        let isStored = !(answer["resultSets"]?.array ?? []).isEmpty
        let isLeftOut = answer["accounting"]?["rejected"] ?? 0 != 0
        let isAsked = !(answer["questions"]?.array ?? []).isEmpty
        if isLeftOut || isAsked || (!isStored && !dryRun) {
            throw CommandFailure(
                .dataRefused,
                isStored
                    ? "What is named above was left out."
                    : dryRun
                        ? "The file would not be taken whole."
                        : "Nothing was stored. Mend what is named above and import the file again, or take what is sound "
                            + "with --partial.")
        }
        hint(at: answer["resultSets"]?[0]?.string)
    }

    private func hint(at id: String?) {
        guard output.format == .table, let id else { return }
        Surroundings.console.complain(
            "Hand it in when it is right: counterpoint results submit \(id)")
    }
}
