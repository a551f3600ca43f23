// Clients that waste a connection, over real sockets, against a service whose clocks are short. What is asserted is that
// each is let go, and that others are served meanwhile; not when to the second, since the machine may be busy.

import Glibc
import NIOCore
import Testing

@testable import CounterpointHTTP

@Suite("Slow clients")
struct SlowClientTests {
    private static let edge: EdgeParts = {
        var edge = EdgeParts()
        edge.clocks = ConnectionClocks(
            silence: .seconds(8), bodyStep: .seconds(16), unreadAnswer: .seconds(2))
        return edge
    }()
    private static let bearer = "Authorization: Bearer \(Bench.known)"
    private static let post = request(
        "POST /v1/things HTTP/1.1",
        fields: ["Host: a", bearer, "Content-Type: application/json", "Content-Length: 1000"])

    /// Sends `first`, then a byte of `rest` every 100 ms, until the other side ends it; what it said.
    private func drip(_ port: Int, _ first: String, _ rest: String) async throws -> String {
        try await RawConnection.to(port) { lines, outbound in
            try await outbound.write(ByteBuffer(string: first))
            let dripping = Task {
                for byte in rest.utf8 {
                    try await Task.sleep(for: .milliseconds(100))
                    try await outbound.write(ByteBuffer(bytes: [byte]))
                }
            }
            defer { dripping.cancel() }
            // Nil bytes: it was closed without a word. A connection that stays open costs the whole limit.
            let began = ContinuousClock.now
            let text = await lines.rest(for: .seconds(60))
            #expect(ContinuousClock.now - began < .seconds(59), "still open")
            return text
        }
    }

    @Test("Half a head, one that drips, and an idle connection are closed without a word")
    func heads() async throws {
        try await withPort(edge: Self.edge) { port in
            async let silent = drip(port, "", "")
            async let half = drip(port, "GET /open HTTP/1.1\r\nHost:", "")
            async let dripping = drip(
                port, "GET /open HTTP/1.1\r\n", String(repeating: "X-A: b\r\n", count: 200))
            #expect(try await silent == "")
            #expect(try await half == "")
            #expect(try await dripping == "")
            let idle = try await drip(port, request(), "")
            #expect(idle.statusLines == 1)
            #expect(idle.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("A body that stops or drips is answered 408, and its connection ends")
    func bodies() async throws {
        try await withPort(edge: Self.edge) { port in
            async let stopped = drip(port, Self.post, "")
            async let dripping = drip(port, Self.post, String(repeating: " ", count: 400))
            for answer in [try await stopped, try await dripping] {
                #expect(answer.hasPrefix("HTTP/1.1 408 "), "\(answer.prefix(100))")
                #expect(answer.contains("bodyTooSlow"))
                #expect(answer.lowercased().contains("connection: close"))
            }
        }
    }

    @Test("A client that never reads is let go, and what it asked for is not kept")
    func neverReading() async throws {
        try await withPort(edge: Self.edge) { port in
            let asked = 6
            let socket = try Self.connect(port)
            defer { close(socket) }
            let big = request("GET /v1/big HTTP/1.1", fields: ["Host: a", Self.bearer])
            let bytes = Array(String(repeating: big, count: asked).utf8)
            #expect(send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
            // Not a byte is read until long after the time for it was over.
            try await Task.sleep(for: .seconds(9))
            let got = await Self.readToEnd(socket)
            #expect(got < Bench.bigBytes * asked / 2, "\(got)")
            let other = try await RawConnection.exchange(
                port, request(fields: ["Host: a", "Connection: close"]), limit: .seconds(60))
            #expect(other.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("A client that stops in the middle of a download is let go")
    func stalledDownload() async throws {
        try await withPort(edge: Self.edge) { port in
            let socket = try Self.connect(port)
            defer { close(socket) }
            let bytes = Array(
                request("GET /v1/pieces HTTP/1.1", fields: ["Host: a", Self.bearer]).utf8)
            #expect(send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
            // Not a byte is read until long after the time for it was over; what is read then is what sockets held.
            try await Task.sleep(for: .seconds(14))
            let got = await Self.readToEnd(socket)
            #expect(got > 0 && got < Bench.bigBytes, "\(got)")
        }
    }

    @Test("Slow ones hold up nobody: with all of them waiting others are answered")
    func others() async throws {
        var edge = Self.edge
        edge.clocks.silence = .seconds(30)
        try await withPort(edge: edge) { port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<120 {
                    let first = index % 2 == 0 ? "GET /open HTT" : Self.post
                    group.addTask {
                        try await RawConnection.to(port) { lines, outbound in
                            try await outbound.write(ByteBuffer(string: first))
                            _ = await lines.rest(for: .seconds(4))
                        }
                    }
                }
                for _ in 0..<20 {
                    let answer = try await RawConnection.exchange(
                        port,
                        request(
                            "GET /v1/things HTTP/1.1",
                            fields: ["Host: a", Self.bearer, "Connection: close"]),
                        limit: .seconds(60))
                    #expect(answer.hasPrefix("HTTP/1.1 200 "))
                }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test("One address has its share of connections, and gets it back")
    func share() async throws {
        var edge = Self.edge
        edge.clocks.silence = .seconds(30)
        edge.census = ConnectionCensus(most: 3, countsThisMachine: true)
        let census = edge.census
        try await withPort(edge: edge) { port in
            let held = try (0..<3).map { _ in try Self.connect(port) }
            while census.counted < 3 { try await Task.sleep(for: .milliseconds(10)) }
            let refused = (try? await RawConnection.exchange(port, request())) ?? ""
            #expect(refused == "")
            for socket in held { close(socket) }
            while census.counted > 0 { try await Task.sleep(for: .milliseconds(10)) }
            let answer = try await RawConnection.exchange(
                port, request(fields: ["Host: a", "Connection: close"]))
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("Beyond the connections of all, one waits until another is let go")
    func crowd() async throws {
        var edge = Self.edge
        edge.connections = 2
        try await withPort(edge: edge) { port in
            let held = try (0..<2).map { _ in try Self.connect(port) }
            defer { held.forEach { close($0) } }
            // The two are silent; their clock makes the room.
            let answer = try await RawConnection.exchange(
                port, request(fields: ["Host: a", "Connection: close"]), limit: .seconds(60))
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    // MARK: A socket that nobody reads

    private struct NoSocket: Error {}

    private static func connect(_ port: Int) throws -> Int32 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // Little room in the kernel, so that the other side feels it.
        var room: Int32 = 16 * 1024
        setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size))
        let place = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        let result = place.withSockAddr { Glibc.connect(socket, $0, socklen_t($1)) }
        guard result == 0 else { throw NoSocket() }
        return socket
    }

    private static func readToEnd(_ socket: Int32) async -> Int {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var total = 0
        while true {
            let count = recv(socket, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                total += count
            } else if count < 0, errno == EAGAIN {
                try? await Task.sleep(for: .milliseconds(20))
            } else {
                return total
            }
        }
    }
}
