// Asks the compiler itself whether uniques can be added.

import FoundationEssentials
import Glibc
import Testing

@Suite struct DoesNotCompileTests {
    @Test func figuresThatAddDoCompile() throws {
        let (status, output) = try typecheck("control")
        #expect(status == 0, "\(output)")
    }

    @Test func addingUniquesStocksOrRatesDoesNot() throws {
        let (status, output) = try typecheck("sums")
        #expect(status != 0)
        let lines = try source("sums").split(separator: "\n", omittingEmptySubsequences: false)
        let marked = Set(lines.indices.filter { lines[$0].hasSuffix("// error") }.map { $0 + 1 })
        let found = Set(
            output.split(separator: "\n").compactMap { line -> Int? in
                let parts = line.split(separator: ":")
                guard parts.count > 3, parts[3] == " error" else { return nil }
                return Int(parts[1])
            })
        #expect(marked.count == 10)
        #expect(found == marked, "\(output)")
    }

    private func samplePath(_ name: String) -> String {
        var folder = #filePath.split(separator: "/").dropLast(2)
        folder.append(contentsOf: ["DoesNotCompile", "\(name).swift.txt"])
        return "/" + folder.joined(separator: "/")
    }

    private func source(_ name: String) throws -> String {
        try String(contentsOfFile: samplePath(name), encoding: .utf8)
    }

    /// The compiler's exit status and what it printed. The module searched is the one this test was
    /// linked from: SwiftPM keeps it in `Modules` beside the test binary.
    private func typecheck(_ name: String) throws -> (status: Int32, output: String) {
        let work = "/tmp/counterpoint-typecheck-\(getpid())-\(name)"
        try FileManager.default.createDirectory(
            atPath: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: work) }
        let swift = work + "/sample.swift"
        try source(name).write(toFile: swift, atomically: false, encoding: .utf8)
        let binary = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let modules =
            "/" + binary.split(separator: "/").dropLast().joined(separator: "/") + "/Modules"
        try #require(
            FileManager.default.fileExists(atPath: modules + "/CounterpointModel.swiftmodule"),
            "no module beside the test binary, in \(modules)")
        let log = work + "/log"
        let status = try run(
            ["swiftc", "-typecheck", "-swift-version", "6", "-I", modules, swift], log: log)
        return (status, try String(contentsOfFile: log, encoding: .utf8))
    }

    private func run(_ command: [String], log: String) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        arguments.append(nil)
        defer { arguments.forEach { free($0) } }
        var child: pid_t = 0
        let failure = posix_spawnp(&child, command[0], &actions, nil, arguments, environ)
        try #require(failure == 0, "swiftc could not be started; is the toolchain in PATH?")
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { try #require(errno == EINTR) }
        return status
    }
}
