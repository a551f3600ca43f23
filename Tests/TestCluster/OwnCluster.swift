// A second, tiny cluster for tests that stop their server or need one of other settings. Postgres refuses to run as
// root, so then it runs as the `postgres` user.

internal import Glibc
public import Postgres

/// A throw-away server of one test's own.
public final class OwnCluster: Sendable {
    /// Superuser, over a Unix socket, trusted.
    public let settings: ConnectionSettings
    /// Where the socket, and with TLS `server.crt`, are.
    public let folder: String
    /// On 127.0.0.1, with TLS only.
    public let port: Int

    /// Runs `body` with a cluster made for it, which is gone afterwards.
    public static func with(
        tls: Bool = false, _ body: (OwnCluster) async throws -> Void
    ) async throws {
        let cluster = try await OwnCluster(tls: tls)
        do {
            try await body(cluster)
            await cluster.remove()
        } catch {
            await cluster.remove()
            throw error
        }
    }

    /// Makes and starts a cluster; throws `TestCluster.Unavailable` with the output if that fails. With `tls` it also
    /// listens on 127.0.0.1, with a certificate for `localhost`, and asks for passwords there.
    private init(tls: Bool) async throws {
        folder = "/tmp/counterpoint-own-\(getpid())-\(UInt32.random(in: 0...99_999))"
        // Above the range that the kernel hands out by itself.
        port = Int.random(in: 61_001...65_000)
        settings = try ConnectionSettings(
            url: "host=\(folder) port=\(port) user=postgres dbname=postgres")
        var script = """
            set -e
            cd \(folder)
            $BIN/initdb -D data -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync
            cat >> data/postgresql.conf <<END
            listen_addresses = '\(tls ? "127.0.0.1" : "")'
            port = \(port)
            unix_socket_directories = '\(folder)'
            fsync = off
            max_connections = 30
            END
            """
        if tls {
            script += """

                openssl req -new -x509 -days 2 -nodes -subj /CN=localhost \
                    -addext subjectAltName=DNS:localhost -out server.crt -keyout data/server.key
                chmod 600 data/server.key
                cat >> data/postgresql.conf <<END
                ssl = on
                ssl_cert_file = '\(folder)/server.crt'
                END
                printf 'local all all trust\\nhostssl all all all scram-sha-256\\n' > data/pg_hba.conf
                """
        }
        try await Self.shell(
            "mkdir \(folder); \(Self.isRoot ? "chown postgres \(folder)" : "true")")
        try await asServer(script)
        try await start()
    }

    public func start() async throws {
        try await asServer("cd \(folder); $BIN/pg_ctl -D data -l log -w start")
    }

    /// `mode` is pg_ctl's: fast or immediate.
    public func stop(_ mode: String) async throws {
        try await asServer("cd \(folder); $BIN/pg_ctl -D data -w -m \(mode) stop")
    }

    /// Stops the server and removes everything.
    private func remove() async {
        try? await stop("immediate")
        try? await Self.shell("rm -rf \(folder)")
    }

    private static let isRoot = geteuid() == 0

    private static let findServer = """
        BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
        [ -x "$BIN/initdb" ] || BIN=$(pg_config --bindir)

        """

    private func asServer(_ script: String) async throws {
        let path = "/tmp/counterpoint-own-\(getpid())-\(UInt32.random(in: 0...99_999)).sh"
        guard let file = fopen(path, "w") else {
            throw TestCluster.Unavailable(description: "cannot write \(path)")
        }
        fputs(Self.findServer + script + "\n", file)
        fclose(file)
        defer { unlink(path) }
        chmod(path, 0o644)
        try await Self.shell(Self.isRoot ? "su postgres -s /bin/sh -c 'sh \(path)'" : "sh \(path)")
    }

    /// On a thread of its own: the shared pool has two threads on a small machine, and other tests run on it.
    private static func shell(_ script: String) async throws {
        try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Void, any Error>) in
            startDetached {
                continuation.resume(with: Result { try runShell(script) })
            }
        }
    }

    private static func runShell(_ script: String) throws {
        let output = "/tmp/counterpoint-own-\(getpid())-\(UInt32.random(in: 0...99_999)).out"
        var pid = pid_t()
        let words: [String] = ["sh", "-c", "{ \(script); } > \(output) 2>&1"]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.compactMap { $0 }.forEach { free($0) } }
        guard posix_spawn(&pid, "/bin/sh", nil, nil, &arguments, environ) == 0 else {
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
