// The built program itself: what a shell sees of it.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import Glibc
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct ProgramTests {
    @Test func helpTeachesEveryNoun() async throws {
        try await Workbench.with { bench, _ in
            let top = try BuiltProgram.run(["--help"], in: bench)
            #expect(top.code == 0)
            #expect(top.errors.isEmpty)
            for noun in [
                "doctor", "schema", "principal", "token", "organisation", "programme", "grant",
                "campaign", "results",
                "summary", "receipt", "audit", "demo",
            ] {
                #expect(top.output.contains("  \(noun) "))
                let help = try BuiltProgram.run([noun, "--help"], in: bench)
                #expect(help.code == 0)
                #expect(help.output.contains("counterpoint \(noun)"), "\(noun) has an example")
            }
        }
    }

    @Test func exitCodesAreThoseOfSysexits() async throws {
        try await Workbench.with { bench, test in
            #expect(try BuiltProgram.run(["programme", "list"], in: bench).code == 0)
            let wrong = try BuiltProgram.run(["programme", "lost"], in: bench)
            #expect(wrong.code == 64)
            #expect(wrong.output.isEmpty)
            #expect(
                try BuiltProgram.run(["grant", "move", "x", "--to", "nowhere"], in: bench).code
                    == 64)
            #expect(try BuiltProgram.run(["programme", "show", "nothing"], in: bench).code == 65)
            #expect(
                try BuiltProgram.run(["programme", "list", "--as", "Nobody"], in: bench).code == 77)
            var away = bench
            away.environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
            let run = try BuiltProgram.run(["programme", "list"], in: away)
            #expect(run.code == 69)
            #expect(run.output.isEmpty)
        }
    }

    /// Standard output is for the answer alone: a script reads it whole.
    @Test func theAnswerIsAloneOnStandardOutput() async throws {
        try await Workbench.with { bench, _ in
            let load = try BuiltProgram.run(
                ["demo", "load", "--env-file", bench.folder + "/demo.env"], in: bench)
            #expect(load.code == 0, "\(load.errors)")
            #expect(load.errors.isEmpty)
            #expect(!load.output.contains("\u{1B}"))
            let list = try BuiltProgram.run(
                ["results", "list", "--limit", "2", "--output", "json"], in: bench)
            #expect(try list.json()["items"]?.array?.count == 2)
            #expect(list.errors.isEmpty)
        }
    }
}

/// The program beside the tests.
enum BuiltProgram {
    struct NotStarted: Error {
        var code: Int32
    }

    static func run(_ arguments: [String], in bench: Workbench) throws -> Run {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folder = tests.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        let environment = bench.environment.merging([
            "COUNTERPOINT_SCHEMA_DIR": Workbench.schemaFolder
        ]) { $1 }
        let output = bench.folder + "/output"
        let errors = bench.folder + "/errors"
        let code = try spawn(
            folder + "/counterpoint", arguments, environment.map { "\($0)=\($1)" }, output: output,
            errors: errors)
        return Run(code: code, output: try bench.read("output"), errors: try bench.read("errors"))
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String], output: String,
        errors: String
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(
            &actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        var settings = environment.map { strdup($0) } + [nil]
        defer { for text in words + settings { free(text) } }
        var child = pid_t()
        let failure = posix_spawn(&child, program, &actions, nil, &words, &settings)
        guard failure == 0 else { throw NotStarted(code: failure) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    }
}
