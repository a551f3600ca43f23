// Stopping the real binary: what was accepted is answered, connections are closed, and it ends in
// time with 0.

import CounterpointModel
import CounterpointRecords
import NIOCore
import Synchronization
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointHTTP

@Suite("Starting and stopping the real service")
struct ShutdownTests {
    /// The service bounds its own stop (10 s); a test beside fifty others only sees that it ends.
    private static let patience = Duration.seconds(60)

    @Test("SIGTERM under load loses no request and ends with 0 within 10 seconds")
    func underLoad() async throws {
        try await TestWorld.with { world in
            let service = try await Self.service(world)
            let tally = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        await Self.askOnAndOn(service.port, World.token(of: world.editor), tally)
                    }
                }
                // However busy the machine is: the stop comes in the middle of a stream of answers.
                let deadline = ContinuousClock.now + Self.patience
                while tally.counts.answered < 50, ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(20))
                }
                service.terminate()
                let code = try await service.exitCode(within: Self.patience)
                #expect(code == 0)
                try await group.waitForAll()
            }
            let (answered, lost, closes) = tally.counts
            print("stop under load: \(answered) answered, \(lost) lost, \(closes) told to close")
            #expect(lost == 0)
            #expect(answered >= 50)
            #expect(closes > 0)
        }
    }

    @Test("A request that waits in the database when the stop comes is answered")
    func inFlight() async throws {
        try await TestWorld.with { world in
            let service = try await Self.service(world)
            async let locked: Void = {
                try await world.test.database.run(
                    "begin; lock table programmes in access exclusive mode; select pg_sleep(2); commit"
                )
                return
            }()
            try await Task.sleep(for: .milliseconds(300))
            async let answer = RawConnection.exchange(
                service.port,
                request(
                    "GET /v1/programmes HTTP/1.1",
                    fields: [
                        "Host: a", "Authorization: Bearer \(World.token(of: world.manager))",
                    ]))
            try await Task.sleep(for: .milliseconds(300))
            service.terminate()
            let text = try await answer
            #expect(text.hasPrefix("HTTP/1.1 200 "), "\(text.prefix(200))")
            #expect(text.lowercased().contains("connection: close"))
            #expect(try await service.exitCode(within: Self.patience) == 0)
            try await locked
        }
    }

    @Test("Quiet keep-alive connections are closed and hold nothing up")
    func quietConnections() async throws {
        try await TestWorld.with { world in
            let service = try await Self.service(world)
            try await RawConnection.to(service.port) { lines, outbound in
                try await outbound.write(
                    ByteBuffer(string: request("GET /healthz HTTP/1.1", fields: ["Host: a"])))
                #expect(await lines.until("}").hasPrefix("HTTP/1.1 200 "))
                service.terminate()
                #expect(await lines.rest(for: .seconds(30)) == "")
                #expect(try await service.exitCode(within: Self.patience) == 0)
            }
        }
    }

    @Test("A log that nobody reads holds no request up")
    func unreadLog() async throws {
        try await TestWorld.with { world in
            let service = try await Self.service(world)
            // Some 300 bytes a request: five times what the pipe between us holds.
            for _ in 0..<20 {
                let answers = try await RawConnection.exchange(
                    service.port,
                    String(repeating: request("GET /nothing HTTP/1.1"), count: 59)
                        + request(
                            "GET /nothing HTTP/1.1", fields: ["Host: a", "Connection: close"])
                )
                #expect(answers.statusLines == 60)
            }
            service.terminate()
            #expect(try await service.exitCode(within: Self.patience) == 0)
        }
    }

    @Test("A database that is away, and settings that are wrong, stop the start with the reasons")
    func refusals() async throws {
        let away = try await ServiceProcess.refusal([
            "DATABASE_URL=postgresql://x:hush@127.0.0.1:1/none", "COUNTERPOINT_PORT=0",
        ])
        #expect(away.code == 69)
        #expect(!away.text.contains("hush"))
        let wrong = try await ServiceProcess.refusal(
            ["COUNTERPOINT_PORT=x", "COUNTERPOINT_LOG_LEVEL=loud"], arguments: ["--prot", "3"])
        #expect(wrong.code == 78)
        for name in ["--prot", "DATABASE_URL", "COUNTERPOINT_PORT", "COUNTERPOINT_LOG_LEVEL"] {
            #expect(wrong.text.contains(name), "\(name)")
        }
        let help = try await ServiceProcess.refusal([], arguments: ["--help"])
        #expect(help.code == 0)
        #expect(help.text.contains("DATABASE_URL"))
    }

    @Test("The log has one line a request, with its id, route and principal, and no token or query")
    func log() async throws {
        try await TestWorld.with { world in
            let me = try await world.registry.me(as: world.editor)
            let service = try await Self.service(world)
            let token = World.token(of: world.editor)
            _ = try await RawConnection.exchange(
                service.port,
                request(
                    "GET /v1/organisations?name=Hidden HTTP/1.1",
                    fields: [
                        "Host: a", "Authorization: Bearer \(token)", "X-Request-Id: mine-1",
                        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                        "Connection: close",
                    ]))
            try await Task.sleep(for: .milliseconds(200))
            let log = service.log()
            let lines = log.split(separator: "\n").filter { $0.contains("mine-1") }
            #expect(lines.count == 1)
            let line = try JSONParser.parse(Array((lines.first ?? "").utf8))
            #expect(line["route"] == "/v1/organisations")
            #expect(line["status"] == 200)
            #expect(line["principal"] == .string(me.principal.id.text))
            #expect(line["traceparent"]?.string?.hasPrefix("00-4bf9") == true)
            for secret in [token, "Hidden", "Edith"] { #expect(!log.contains(secret)) }
            service.terminate()
            #expect(try await service.exitCode(within: Self.patience) == 0)
            // What was noted of the token's use is written at the latest when the service stops.
            let used = try await world.registry.token(me.tokenId!, as: world.editor)
            #expect(used.lastUsedAt != nil)
        }
    }

    // MARK: Load

    private static func service(_ world: TestWorld) async throws -> ServiceProcess {
        try await ServiceProcess.start([
            "DATABASE_URL=\(try world.test.database.url(user: "counterpoint_service"))",
            "COUNTERPOINT_PORT=0", "COUNTERPOINT_POOL_SIZE=3",
        ])
    }

    final class Tally: Sendable {
        private let state = Mutex((answered: 0, lost: 0, closes: 0))
        var counts: (answered: Int, lost: Int, closes: Int) {
            state.withLock { ($0.answered, $0.lost, $0.closes) }
        }
        func add(answered: Int = 0, lost: Int = 0, closes: Int = 0) {
            state.withLock {
                $0.answered += answered
                $0.lost += lost
                $0.closes += closes
            }
        }
    }

    /// Asks on one connection after the other until none can be had.
    private static func askOnAndOn(_ port: Int, _ token: String, _ tally: Tally) async {
        let bytes = request(
            "GET /v1/programmes?limit=1 HTTP/1.1",
            fields: ["Host: a", "Authorization: Bearer \(token)"])
        while true {
            do {
                try await RawConnection.to(port) { lines, outbound in
                    while true {
                        try await outbound.write(ByteBuffer(string: bytes))
                        let answer = await lines.until("\"next\":null}", for: patience)
                        guard answer.hasPrefix("HTTP/1.1 200 "), answer.hasSuffix("null}") else {
                            print("lost at the stop: \(answer.prefix(300).debugDescription)")
                            return tally.add(lost: 1)
                        }
                        tally.add(answered: 1)
                        if answer.lowercased().contains("connection: close") {
                            return tally.add(closes: 1)
                        }
                    }
                }
            } catch {
                return
            }
        }
    }
}
