// Options that many commands share.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ActorOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Act as this principal, by id or name (default: the installation's administrator).",
            valueName: "principal"))
    var principal: String?
}

struct WriteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Do it once under this key, however often the command is run: a second run answers what the first did.",
            valueName: "text"))
    var key: String?
}

struct ConfirmOptions: ParsableArguments {
    @Flag(name: .long, help: "Do not ask before what cannot be undone.")
    var yes = false

    /// Goes on if `--yes` was given or the person at the terminal types it.
    func confirm(_ what: String) throws {
        guard !yes else { return }
        let console = Surroundings.console
        guard console.inputIsTerminal else {
            throw CommandFailure(
                .usage,
                "\(what) This cannot be undone, so it asks first; without a terminal add --yes.")
        }
        console.complain("\(what) This cannot be undone. Type yes to go on:")
        guard console.readAnswer() == "yes" else {
            throw CommandFailure(.usage, "Nothing was done.")
        }
    }
}

struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many to show, 1 to 500.", valueName: "count"))
    var limit = PageRequest.defaultLimit

    @Option(help: ArgumentHelp("Go on where the last page ended.", valueName: "cursor"))
    var cursor: String?

    @Flag(help: "Show all of them.")
    var all = false

    func validate() throws {
        guard (1...PageRequest.maximumLimit).contains(limit) else {
            throw ValidationError(
                "--limit is from 1 to \(PageRequest.maximumLimit); --all shows everything.")
        }
        if all, cursor != nil {
            throw ValidationError("--all begins at the beginning: leave --cursor out.")
        }
    }

    /// The page asked for, or all pages as one, in the API's form.
    func read<Item: Sendable>(
        _ document: (Item) -> JSONValue, _ page: (PageRequest) async throws -> Page<Item>
    ) async throws -> JSONValue {
        if all {
            return Page(items: try await everything(page), next: nil).document(document)
        }
        return try await page(PageRequest(limit: limit, cursor: cursor)).document(document)
    }
}

struct BodyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A JSON file with the members as the API takes them (- is standard input); options given beside it win.",
            valueName: "file"))
    var body: String?

    /// The file's members, to which options are added.
    func draft() throws -> BodyDraft {
        guard let body else { return BodyDraft() }
        do {
            guard case .object(let object) = try JSONParser.parse(InputFile.bytes(body)) else {
                throw CommandFailure(.dataRefused, "\(body) does not hold a JSON object.")
            }
            return BodyDraft(object)
        } catch let error as JSONSyntaxError {
            throw CommandFailure(
                .dataRefused, "\(body), line \(error.line), column \(error.column): \(error.detail)"
            )
        }
    }
}

/// The members of a body as options add to them; the Model's own readings then check it, as they check the API's.
struct BodyDraft {
    private(set) var object: JSONObject

    init(_ object: JSONObject = JSONObject()) { self.object = object }

    var value: JSONValue { .object(object) }

    mutating func set(_ name: String, _ text: String?) {
        if let text { object[name] = .string(text) }
    }

    mutating func set(_ name: String, value: JSONValue?) {
        if let value { object[name] = value }
    }

    mutating func set(_ name: String, list: [String]) {
        if !list.isEmpty { object[name] = .array(list.map(JSONValue.string)) }
    }

    /// Two words with a colon between them, each as an object of two members.
    mutating func set(_ name: String, pairs: [String], _ first: String, _ second: String) throws {
        guard !pairs.isEmpty else { return }
        object[name] = .array(
            try pairs.map { text in
                guard let colon = text.firstIndex(of: ":") else {
                    throw CommandFailure(.usage, "“\(text)” should be \(first):\(second).")
                }
                return .object(
                    JSONObject([
                        (first, .string(String(text[..<colon]))),
                        (second, .string(String(text[text.index(after: colon)...]))),
                    ]))
            })
    }
}
