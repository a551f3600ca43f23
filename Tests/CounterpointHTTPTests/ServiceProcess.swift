// The real binary as a process of its own.

import CounterpointModel
import Glibc
import Postgres
import TestCluster
import TestRegistry

final class ServiceProcess: @unchecked Sendable {
    struct DidNotStart: Error {
        let log: String
    }

    let pid: pid_t
    let port: Int
    /// What it logged until it was ready.
    let startLog: String
    private let output: Int32
    private var exitStatus: Int32?

    /// Starts `counterpointd` from beside the tests and waits until it says that it is ready.
    static func start(_ environment: [String], arguments: [String] = []) async throws
        -> ServiceProcess
    {
        let (pid, output) = spawn(environment, arguments)
        var log = ""
        for _ in 0..<600 {
            log += read(output)
            for line in log.split(separator: "\n") where line.contains("\"message\":\"ready\"") {
                guard let document = try? JSONParser.parse(Array(line.utf8)),
                    let port = document["address"]?.string?.split(separator: ":").last.flatMap({
                        Int($0)
                    })
                else { continue }
                return ServiceProcess(pid: pid, port: port, startLog: log, output: output)
            }
            if waitpid(pid, nil, WNOHANG) != 0 { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        kill(pid, SIGKILL)
        throw DidNotStart(log: log)
    }

    /// Starts the binary where it should refuse to; its exit code and what it says.
    static func refusal(_ environment: [String], arguments: [String] = []) async throws
        -> (code: Int32, text: String)
    {
        let (pid, output) = spawn(environment, arguments)
        var text = ""
        for _ in 0..<400 {
            var status: Int32 = 0
            let ended = waitpid(pid, &status, WNOHANG) == pid
            text += read(output)
            if ended { return ((status >> 8) & 0xFF, text) }
            try await Task.sleep(for: .milliseconds(50))
        }
        kill(pid, SIGKILL)
        throw DidNotStart(log: text)
    }

    private init(pid: pid_t, port: Int, startLog: String, output: Int32) {
        self.pid = pid
        self.port = port
        self.startLog = startLog
        self.output = output
    }

    deinit {
        if exitStatus == nil {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        close(output)
    }

    func terminate() { signal(SIGTERM) }
    func signal(_ number: Int32) { kill(pid, number) }

    /// The exit code, once it has ended; nil when it does not within `limit`.
    func exitCode(within limit: Duration) async throws -> Int32? {
        let clock = ContinuousClock()
        let deadline = clock.now + limit
        while clock.now < deadline {
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                exitStatus = status
                return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    /// What it has logged since the last look.
    func log() -> String { Self.read(output) }

    // MARK: Process

    private static func spawn(_ environment: [String], _ arguments: [String]) -> (pid_t, Int32) {
        var pipes: [Int32] = [0, 0]
        pipe(&pipes)
        _ = fcntl(pipes[0], F_SETFL, O_NONBLOCK)
        _ = fcntl(pipes[0], F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, pipes[1], STDERR_FILENO)
        posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, pipes[1])
        // From a folder without an .env; `env` becomes the service, so that the pid is its own.
        var words = (["env", "-C", "/", binary] + arguments).map { strdup($0) } + [nil]
        // Tests of load are no callers to slow down; a test of limits names its own.
        let limits =
            environment.contains { $0.hasPrefix("COUNTERPOINT_RATE_LIMIT=") }
            ? [] : ["COUNTERPOINT_RATE_LIMIT=off"]
        var variables = (environment + limits + ["PATH=/usr/bin:/bin"]).map { strdup($0) } + [nil]
        var pid: pid_t = 0
        posix_spawn(&pid, "/usr/bin/env", &actions, nil, &words, &variables)
        posix_spawn_file_actions_destroy(&actions)
        close(pipes[1])
        for text in words + variables { free(text) }
        return (pid, pipes[0])
    }

    /// `counterpointd` lies beside the test bundle.
    private static let binary: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let path = String(
            decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Under `swift test` the bundle may be run by a helper of the toolchain.
        let bundle =
            CommandLine.arguments.first { $0.hasPrefix("/") && $0.hasSuffix(".xctest") } ?? path
        let folder = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return folder.joined(separator: "/") + "/counterpointd"
    }()

    private static func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var text: [UInt8] = []
        while true {
            let count = Glibc.read(descriptor, &bytes, bytes.count)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += bytes[..<count]
        }
    }
}

extension TestDatabase {
    /// The address for a process of its own.
    func url(user: String) throws -> String {
        let settings = try settings(user: user)
        // As parameters, since the host may be the folder of a Unix socket.
        let parameters = ["host", "port", "password"].compactMap { keyword in
            settings.value(keyword).map { "\(keyword)=\($0)" }
        }
        return "postgresql:///\(name)?user=\(user)&" + parameters.joined(separator: "&")
    }
}
