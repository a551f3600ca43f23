// Every caller on every route, with ids of theirs, of another's and of nothing: held against routes.txt, which a person
// can read. What is another's and what is nothing must be the same bytes.

import CounterpointModel
import CounterpointRecords
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Postgres
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("What each caller is answered by each route")
struct RouteMatrixTests {
    /// Callers without a token that stands are asked as strangers: all of them the same.
    private static let strangers = ["nobody", "garbage", "late", "gone"]
    private static let known = ["eA", "vA", "eB", "M", "N", "F1", "G1", "X"]

    @Test("Every cell is as routes.txt says, and another's is answered as nothing is")
    func matrix() async throws {
        let (world, questions) = try await Self.questions()
        let lanes = 3
        let callers = Self.strangers + Self.known
        let answers = try await withThrowingTaskGroup(of: [String: [Cell]].self) { group in
            for lane in 0..<lanes {
                // Callers who write more are dealt out evenly.
                let own = callers.enumerated().filter { $0.offset % lanes == lane }.map(\.element)
                group.addTask {
                    var found: [String: [Cell]] = [:]
                    for caller in own {
                        found[caller] = try await Self.answers(for: caller, questions, world)
                    }
                    return found
                }
            }
            return try await group.reduce(into: [:]) { $0.merge($1) { one, _ in one } }
        }
        var lines: [String] = []
        let headings = questions.map(\.heading).reduce(into: [String]()) {
            if $0.last != $1 { $0.append($1) }
        }
        for heading in headings {
            lines.append(heading)
            var said: [(callers: [String], cells: String)] = []
            for caller in callers {
                let cells = (answers[caller] ?? []).filter { $0.heading == heading }
                let text = Self.line(cells)
                if let place = said.firstIndex(where: { $0.cells == text }) {
                    said[place].callers.append(caller)
                } else {
                    said.append(([caller], text))
                }
            }
            lines += said.map { "    \($0.callers.joined(separator: " ")): \($0.cells)" }
        }
        for caller in callers { Self.compare(answers[caller] ?? [], caller) }
        let cells = answers.values.map(\.count).reduce(0, +)
        let absent = answers.values.joined().count { $0.target == "absent" }
        print(
            "isolation, routes: \(cells) cells (\(callers.count) callers, \(headings.count) routes, "
                + "filters and bodies), \(absent) of them about nothing")
        let difference = try Expectations.hold(lines, against: "routes.txt", in: #filePath)
        #expect(difference == nil)
    }

    // MARK: Asking

    struct Cell: Sendable {
        var heading: String
        var target: String
        var outcome: String
        /// Status, fields and body, less what may differ between any two answers.
        var bytes: String
    }

    /// The description that is served, and what follows from it.
    private static func questions() async throws -> (IsolationWorld, [RouteQuestion]) {
        try await withService { world, client in
            let served = try await client.ask(.get, "/openapi.json", token: nil)
            return (world, try RouteQuestions(world: world, document: served.json).all())
        }
    }

    /// Answers in a world that each of them finds as it was made: after a change it is made anew.
    private static func answers(
        for caller: String, _ questions: [RouteQuestion], _ world: IsolationWorld
    ) async throws -> [Cell] {
        var cells: [Cell] = []
        while cells.count < questions.count {
            let from = cells.count
            cells += try await withService { world, client in
                var cells: [Cell] = []
                for question in questions[from...] {
                    let seen = try await ask(question, as: caller, world, client)
                    cells.append(cell(question, seen, world))
                    if question.method != .get, seen.status < 300 { break }
                }
                return cells
            }
        }
        return cells
    }

    private static func ask(
        _ question: RouteQuestion, as caller: String, _ world: IsolationWorld,
        _ client: any TestClientProtocol
    ) async throws -> Seen {
        let token: String? =
            switch caller {
            case "nobody": nil
            case "garbage": "cpt_garbage"
            case "late": World.token(of: world.expired)
            case "gone": World.token(of: world.revoked)
            default: world.callers[caller].map(World.token(of:))
            }
        var headers: HTTPFields = [:]
        if question.needsVersion { headers[.ifMatch] = "*" }
        if let type = question.mediaType { headers[.contentType] = type }
        return try await client.ask(
            question.method, question.uri, token: token, headers, body: question.body)
    }

    static func withService<Value: Sendable>(
        logger: Logger = .quiet,
        _ body: @Sendable @escaping (IsolationWorld, any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        try await IsolationWorld.with { world, test in
            let login = try test.database.settings(user: "counterpoint_service")
            let pool = PoolLimits(maxConnections: 3, minConnections: 0, waitDeadline: .seconds(30))
            return try await test.database.withDatabase(login, pool: pool, logger: logger) {
                let registry = Registry(database: $0, logger: logger)
                let application = HTTPService.application(
                    endpoints: Routes.all(registry: registry, metrics: PrometheusMetrics()),
                    address: .init(host: "127.0.0.1", port: 0), logger: logger,
                    authenticate: { _ = try await registry.me(as: $0) })
                return try await application.test(.router) { client async throws -> Value in
                    try await body(world, client)
                }
            }
        }
    }

    // MARK: Saying what came

    private static func cell(
        _ question: RouteQuestion, _ seen: Seen, _ world: IsolationWorld
    ) -> Cell {
        var bytes = seen.text
        for id in question.ids { bytes = bytes.replacing(id, with: "{id}") }
        if question.uri.contains("/summaries/") {
            bytes = bytes.replacing(#/"asOf":"[^"]*"/#, with: "asOf").replacing(
                #/sha256:[0-9a-f]{64}/#, with: "digest")
        }
        let fields = seen.headers.filter { $0.name != .requestId && $0.name != .date }.map {
            "\($0.name): \($0.value)"
        }.sorted()
        return Cell(
            heading: question.heading, target: question.target,
            outcome: outcome(seen, world),
            bytes: "\(seen.status)\n\(fields.joined(separator: "\n"))\n\(bytes)")
    }

    private static func outcome(_ seen: Seen, _ world: IsolationWorld) -> String {
        if let items = seen.json["items"]?.array {
            return "[" + Set(items.map { owner(of: $0, world) }).sorted().joined(separator: " ")
                + "]"
        }
        if let groups = seen.json["groups"]?.array {
            let keys = groups.flatMap {
                $0["key"]?.object?.members.map(\.value) ?? $0["key"]?.array ?? []
            }
            return "[" + Set(keys.map { owner(of: $0, world) }).sorted().joined(separator: " ")
                + "]"
        }
        // How many reports are owed changes with the days; that any are does not.
        if seen.json["veryLate"] != nil {
            let counts = ["due", "late", "veryLate", "submitted", "accepted"]
            return counts.contains { seen.json[$0] != 0 } ? "counts" : "zeros"
        }
        let isPlain = [200, 201, 401, 403, 404].contains(seen.status)
        if isPlain, seen.code != "mergedInto" { return "\(seen.status)" }
        let faults = Set(seen.json["errors"]?.array?.compactMap { $0["code"]?.string } ?? [])
            .sorted()
        let said = faults.isEmpty ? [seen.code ?? ""] : faults
        return "\(seen.status) \(said.joined(separator: "+"))"
    }

    /// Whose an item of a list is: by its own id, or by what it names.
    private static func owner(of item: JSONValue, _ world: IsolationWorld) -> String {
        for name in ["subjectId", "id"] {
            if let id = item[name]?.string, let landmark = world.landmarks[id] {
                return landmark.name
            }
        }
        var named: [IsolationWorld.Landmark] = []
        func walk(_ value: JSONValue) {
            if let text = value.string, let landmark = world.landmarks[text] {
                named.append(landmark)
            }
            for member in value.object?.members ?? [] { walk(member.value) }
            for element in value.array ?? [] { walk(element) }
        }
        walk(item)
        return Set(named.filter { $0.rank >= 2 }.map(\.name)).sorted().joined(separator: "+")
    }

    private static func line(_ cells: [Cell]) -> String {
        var outcomes: [(String, [String])] = []
        for cell in cells {
            if let place = outcomes.firstIndex(where: { $0.0 == cell.outcome }) {
                outcomes[place].1.append(cell.target)
            } else {
                outcomes.append((cell.outcome, [cell.target]))
            }
        }
        if outcomes.count == 1 { return outcomes[0].0 }
        return outcomes.map { "\($0.0) < \($0.1.joined(separator: " "))" }.joined(separator: " | ")
    }

    /// Whatever is answered as nothing is must be answered in the same bytes.
    private static func compare(_ cells: [Cell], _ caller: String) {
        for (heading, own) in Dictionary(grouping: cells, by: \.heading) {
            guard let absent = own.first(where: { $0.target == "absent" }) else { continue }
            for cell in own where cell.outcome == absent.outcome {
                #expect(
                    cell.bytes == absent.bytes,
                    "\(heading) as \(caller): \(cell.target) is told from nothing")
            }
        }
    }
}
