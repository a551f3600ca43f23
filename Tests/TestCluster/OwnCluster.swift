// A second, tiny cluster for tests that stop and start their server. Postgres refuses to run as root, so then it runs
// as the `postgres` user.

internal import Glibc
public import Postgres

/// A throw-away server of one test's own, on a Unix socket.
public final class OwnCluster: Sendable {
    public let settings: ConnectionSettings
    private let folder: String

    /// Makes and starts a cluster; throws `TestCluster.Unavailable` with the output if that fails.
    public init() throws {
        folder = "/tmp/counterpoint-own-\(getpid())-\(UInt32.random(in: 0...99_999))"
        settings = try ConnectionSettings(
            url: "host=\(folder) port=5432 user=postgres dbname=postgres")
        let options = "-c listen_addresses='' -c unix_socket_directories=\(folder) -c fsync=off"
        try Self.shell(
            """
            mkdir -p \(folder) && \(Self.isRoot ? "chown postgres \(folder) &&" : "") cd \(folder) &&
            \(Self.asServer("$BIN/initdb -D \(folder)/data -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync")) &&
            echo "\(options)" > \(folder)/options
            """)
        try start()
    }

    public func start() throws {
        try Self.shell(
            "cd \(folder) && "
                + Self.asServer(
                    "$BIN/pg_ctl -D \(folder)/data -l \(folder)/log -w -o \\\"$(cat \(folder)/options)\\\" start"
                ))
    }

    /// `mode` is pg_ctl's: fast or immediate.
    public func stop(_ mode: String) throws {
        try Self.shell(
            "cd \(folder) && " + Self.asServer("$BIN/pg_ctl -D \(folder)/data -w -m \(mode) stop"))
    }

    /// Stops the server and removes everything.
    public func remove() {
        try? stop("immediate")
        try? Self.shell("rm -rf \(folder)")
    }

    private static var isRoot: Bool { geteuid() == 0 }

    private static func asServer(_ command: String) -> String {
        isRoot ? "su postgres -s /bin/sh -c \"\(command)\"" : "sh -c \"\(command)\""
    }

    private static func shell(_ script: String) throws {
        let output = "/tmp/counterpoint-own-\(getpid())-\(UInt32.random(in: 0...99_999)).out"
        let bin =
            "BIN=$(pg_config --bindir 2>/dev/null || ls -d /usr/lib/postgresql/*/bin | tail -1)"
        let path = "[ -x $BIN/initdb ] || BIN=$(ls -d /usr/lib/postgresql/*/bin | tail -1)"
        var pid = pid_t()
        let arguments = [
            "sh", "-c", "{ \(bin); \(path); export BIN; \(script); } > \(output) 2>&1",
        ]
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { pointers.compactMap { $0 }.forEach { free($0) } }
        guard posix_spawn(&pid, "/bin/sh", nil, nil, &pointers, environ) == 0 else {
            throw TestCluster.Unavailable(description: "no shell")
        }
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        defer { unlink(output) }
        guard status == 0 else {
            throw TestCluster.Unavailable(
                description: "own cluster: \(Environment.text(of: output))")
        }
    }
}
