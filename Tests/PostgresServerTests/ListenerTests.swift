// LISTEN on its own connection: what is heard, and what is said after the line was down.

import Postgres
import TestCluster
import Testing

@Suite struct ListenerTests {
    @Test func notificationsArriveAndALostLineMeansReread() async throws {
        let test = try await TestCluster.shared().database()
        let listener = Listener(
            test.settings, channels: ["results", "grants"],
            backOff: .milliseconds(20)...(.milliseconds(100)), logger: .quiet)
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == .reread)
        try await test.run("NOTIFY results, '42'; NOTIFY other, 'x'; NOTIFY grants")
        #expect(await events.next() == .notification(channel: "results", payload: "42"))
        #expect(await events.next() == .notification(channel: "grants", payload: ""))
        try await test.run(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = '\(test.name)' AND pid <> pg_backend_pid()
            """)
        #expect(await events.next() == .reread)
        try await test.run("NOTIFY results, '43'")
        #expect(await events.next() == .notification(channel: "results", payload: "43"))
    }

    @Test func aSwallowedLineIsNoticedByItsHeartbeat() async throws {
        let test = try await TestCluster.shared().database()
        let proxy = try FaultProxy(to: test.settings)
        let listener = Listener(
            test.settings(throughPort: proxy.port), channels: ["results"],
            backOff: .milliseconds(20)...(.milliseconds(100)), heartbeat: .milliseconds(200),
            logger: .quiet)
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == .reread)
        proxy.set(.swallow)
        try await Task.sleep(for: .milliseconds(400))
        proxy.set(.refuse)
        try await Task.sleep(for: .milliseconds(200))
        proxy.set(.none)
        #expect(await events.next() == .reread)
        proxy.close()
    }

    @Test func aCancelledSubscriberEnds() async throws {
        let test = try await TestCluster.shared().database()
        let listener = Listener(test.settings, channels: ["results"], logger: .quiet)
        let task = Task {
            var heard = 0
            for await _ in listener.events { heard += 1 }
            return heard
        }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        #expect(await task.value == 1)
    }
}
