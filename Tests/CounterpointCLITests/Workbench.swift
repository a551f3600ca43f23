// Runs commands as a person would, in this process: with a folder and a database of their own, and what they print kept.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import Postgres
import Synchronization
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

/// What a run left behind.
struct Run {
    var code: Int32
    var output: String
    var errors: String

    /// The output as JSON; a test that expects JSON fails on anything else.
    func json(_ location: SourceLocation = #_sourceLocation) throws -> JSONValue {
        let value = try? JSONParser.parse(Array(output.utf8))
        return try #require(value, "not JSON: \(output) \(errors)", sourceLocation: location)
    }

    /// CR LF, which ends the lines of CSV, is one character to Swift.
    var lines: [Substring] { output.split(whereSeparator: \.isNewline) }
}

/// A folder, and the addresses of a database.
struct Workbench {
    let folder: String
    let database: TestDatabase
    var environment: [String: String]

    /// A bench on a migrated database, signed in as the operator, and the registry beside it.
    static func with(_ body: (Workbench, TestRegistry) async throws -> Void) async throws {
        try await TestRegistry.with { test in
            try await inFolder { folder in
                let url = try test.database.url(user: "counterpoint_operator")
                try await body(
                    Workbench(
                        folder: folder, database: test.database, environment: ["DATABASE_URL": url]),
                    test)
            }
        }
    }

    /// A bench on an empty database, signed in as the superuser.
    static func empty(_ body: (Workbench) async throws -> Void) async throws {
        let database = try await TestCluster.shared().database()
        try await inFolder { folder in
            let user = try #require(database.settings.value("user"))
            let url = database.settings.address(
                user: user, password: database.settings.value("password"))
            try await body(
                Workbench(folder: folder, database: database, environment: ["DATABASE_URL": url]))
        }
        try await database.drop()
    }

    static func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/counterpoint-cli-test-\(RandomText.letters(12))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    /// `schema/` of this checkout.
    static let schemaFolder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/") + "/schema"

    func run(_ arguments: String..., input: String = "", answers: [String] = []) async -> Run {
        await run(arguments, input: input, answers: answers)
    }

    /// `answers` are typed at a terminal; without any, there is none.
    func run(_ arguments: [String], input: String = "", answers: [String] = []) async -> Run {
        let sink = Sink(answers)
        let surroundings = Surroundings(
            environment: ["COUNTERPOINT_SCHEMA_DIR": Self.schemaFolder].merging(environment) { $1 },
            workingFolder: folder, executable: folder + "/bin/counterpoint",
            console: Console(
                write: { sink.add($0) }, writeError: { sink.addError($0) },
                readInput: { Array(input.utf8) },
                readAnswer: { sink.nextAnswer() }, inputIsTerminal: !answers.isEmpty,
                outputIsTerminal: false,
                errorIsTerminal: false))
        let code = await CommandRun.run(arguments, in: surroundings)
        return Run(code: code, output: sink.output, errors: sink.errors)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
}

/// What was printed, and what is still to be typed.
private final class Sink: Sendable {
    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var answers: [String]
    }

    private let state: Mutex<State>

    init(_ answers: [String]) { state = Mutex(State(answers: answers)) }

    var output: String { state.withLock { String(decoding: $0.output, as: UTF8.self) } }
    var errors: String { state.withLock { String(decoding: $0.errors, as: UTF8.self) } }

    func add(_ bytes: [UInt8]) { state.withLock { $0.output += bytes } }
    func addError(_ bytes: [UInt8]) { state.withLock { $0.errors += bytes } }
    func nextAnswer() -> String? {
        state.withLock { $0.answers.isEmpty ? nil : $0.answers.removeFirst() }
    }
}
