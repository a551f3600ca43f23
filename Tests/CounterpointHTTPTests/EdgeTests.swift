// Requests that no honest client sends: each is answered with a clean 4xx, the connection is
// closed, and the next one works.

import NIOCore
import Testing

@testable import CounterpointHTTP

private let bearer = "Authorization: Bearer \(Bench.known)"

@Suite("The edge")
struct EdgeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: String
        let status: Int
        var testDescription: String { name }
    }

    static let malformed: [Case] = [
        Case(
            name: "Content-Length twice, differing",
            bytes: request(
                "POST /v1/things HTTP/1.1",
                fields: ["Host: a", bearer, "Content-Length: 2", "Content-Length: 3"], body: "{} "),
            status: 400),
        Case(
            name: "Content-Length twice, alike",
            bytes: request(
                "POST /v1/things HTTP/1.1",
                fields: ["Host: a", bearer, "Content-Length: 2", "Content-Length: 2"], body: "{}"),
            status: 400),
        Case(
            name: "Transfer-Encoding and Content-Length",
            bytes: request(
                "POST /v1/things HTTP/1.1",
                fields: ["Host: a", bearer, "Transfer-Encoding: chunked", "Content-Length: 2"],
                body: "2\r\n{}\r\n0\r\n\r\n"),
            status: 400),
        Case(
            name: "Transfer-Encoding that does not end in chunked",
            bytes: request(
                "POST /v1/things HTTP/1.1",
                fields: ["Host: a", bearer, "Transfer-Encoding: chunked, identity"], body: "{}"),
            status: 400),
        Case(
            name: "negative Content-Length",
            bytes: request(
                "POST /v1/things HTTP/1.1", fields: ["Host: a", bearer, "Content-Length: -1"]),
            status: 400),
        Case(
            name: "endless Content-Length",
            bytes: request(
                "POST /v1/things HTTP/1.1",
                fields: ["Host: a", bearer, "Content-Length: 99999999999999999999999"]),
            status: 400),
        Case(
            name: "bad chunk size",
            bytes: request(
                "POST /v1/things HTTP/1.1",
                fields: [
                    "Host: a", bearer, "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                ], body: "zz\r\n{}\r\n0\r\n\r\n"),
            status: 400),
        Case(
            name: "header of 100 kB",
            bytes: request(
                "GET /open HTTP/1.1",
                fields: ["Host: a", "X-Long: " + String(repeating: "x", count: 100_000)]),
            status: 431),
        Case(
            name: "header block of 20 kB in small fields",
            bytes: request(
                "GET /open HTTP/1.1",
                fields: ["Host: a"]
                    + (0..<80).map { "X-\($0): " + String(repeating: "x", count: 250) }),
            status: 431),
        Case(
            name: "101 header fields",
            bytes: request(
                "GET /open HTTP/1.1", fields: ["Host: a"] + (0..<100).map { "X-\($0): y" }),
            status: 431),
        Case(
            name: "target of 16 KiB",
            bytes: request("GET /open?" + String(repeating: "a", count: 16_384) + " HTTP/1.1"),
            status: 414),
        Case(name: "no Host", bytes: request(fields: []), status: 400),
        Case(name: "two Hosts", bytes: request(fields: ["Host: a", "host: b"]), status: 400),
        Case(name: "no HTTP at all", bytes: "\u{16}\u{03}\u{01} hello\r\n\r\n", status: 400),
        Case(name: "HTTP/2.0", bytes: request("GET /open HTTP/2.0"), status: 400),
        Case(name: "HTTP/0.9", bytes: request("GET /open HTTP/0.9"), status: 400),
        Case(name: "space before the colon", bytes: request(fields: ["Host : a"]), status: 400),
        Case(
            name: "folded field", bytes: request(fields: ["Host: a", "X: y", " z"]), status: 400),
        Case(
            name: "NUL in a field", bytes: request(fields: ["Host: a", "X: y\u{0}z"]), status: 400),
        Case(name: "bare LF", bytes: "GET /open HTTP/1.1\nHost: a\n\n", status: 400),
        Case(name: "fragment", bytes: request("GET /open#x HTTP/1.1"), status: 400),
        Case(name: "target without a slash", bytes: request("GET open HTTP/1.1"), status: 400),
        Case(
            name: "another expectation",
            bytes: request(
                "POST /v1/things HTTP/1.1", fields: ["Host: a", bearer, "Expect: 200-maybe"]),
            status: 417),
    ]

    @Test("A request that is no sound HTTP gets a problem and an end", arguments: malformed)
    func malformedRequests(_ bad: Case) async throws {
        try await withPort { port in
            let answer = try await RawConnection.exchange(port, bad.bytes)
            #expect(answer.hasPrefix("HTTP/1.1 \(bad.status) "), "\(answer.prefix(200))")
            #expect(answer.contains("application/problem+json"))
            #expect(answer.lowercased().contains("connection: close"))
            #expect(answer.statusLines == 1)
            let next = try await RawConnection.exchange(
                port, request(fields: ["Host: a", "Connection: close"]))
            #expect(next.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("What comes after a fault on the same connection is not heard")
    func smuggling() async throws {
        try await withPort { port in
            let smuggled = request(
                "POST /v1/things HTTP/1.1",
                fields: [
                    "Host: a", bearer, "Content-Type: application/json", "Content-Length: 4",
                    "Transfer-Encoding: chunked",
                ], body: "0\r\n\r\n" + request())
            let answer = try await RawConnection.exchange(port, smuggled + request())
            #expect(answer.statusLines == 1)
        }
    }

    @Test("Requests sent together are answered in order; a bad one after good ones ends it")
    func pipelined() async throws {
        try await withPort { port in
            let slow = request("GET /v1/slow HTTP/1.1", fields: ["Host: a", bearer])
            let answer = try await RawConnection.exchange(
                port, slow + request() + "GARBAGE\r\n\r\n")
            let statuses = answer.split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
            #expect(statuses == ["200", "200", "400"])
        }
    }

    @Test("HTTP/1.0 is answered and the connection closed")
    func oldVersion() async throws {
        try await withPort { port in
            let answer = try await RawConnection.exchange(
                port, request("GET /open HTTP/1.0", fields: []))
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            #expect(answer.lowercased().contains("connection: close"))
        }
    }

    @Test("A client that has sent its request and shut its side is still answered")
    func halfClosed() async throws {
        try await withPort { port in
            let answer = try await RawConnection.exchange(
                port, request("GET /v1/slow HTTP/1.1", fields: ["Host: a", bearer]),
                endsAfterSending: true)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test("100-continue is said at once; a body announced too large is refused unsent")
    func expectations() async throws {
        try await withPort { port in
            let head = [
                "Host: a", bearer, "Content-Type: application/json", "Expect: 100-continue",
                "Connection: close",
            ]
            try await RawConnection.to(port) { lines, outbound in
                try await outbound.write(
                    ByteBuffer(
                        string: request(
                            "POST /v1/things HTTP/1.1", fields: head + ["Content-Length: 2"])))
                #expect(await lines.until("\r\n\r\n").hasPrefix("HTTP/1.1 100 "))
                try await outbound.write(ByteBuffer(string: "{}"))
                #expect(await lines.rest(for: .seconds(30)).hasPrefix("HTTP/1.1 201 "))
            }
            let refused = try await RawConnection.exchange(
                port,
                request("POST /v1/things HTTP/1.1", fields: head + ["Content-Length: 10000000000"]))
            #expect(refused.contains("HTTP/1.1 413 "))
            #expect(refused.contains("connection: close"))
        }
    }

    @Test("Endless chunks end at the limit, with an answer")
    func endlessChunks() async throws {
        try await withPort { port in
            let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
            let answer = try await RawConnection.exchange(
                port,
                request(
                    "POST /v1/things HTTP/1.1",
                    fields: [
                        "Host: a", bearer, "Content-Type: application/json",
                        "Transfer-Encoding: chunked",
                    ], body: String(repeating: chunk, count: 40)))
            #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer.prefix(100))")
        }
    }

    @Test("A body that is cut off is never taken for a whole one")
    func cutOff() async throws {
        try await withPort { port in
            for fields in [["Content-Length: 100"], ["Transfer-Encoding: chunked"]] {
                let body = fields[0].hasPrefix("T") ? "4\r\na,b\n\r\n" : "a,b\n"
                let answer = try await RawConnection.exchange(
                    port,
                    request(
                        "POST /v1/files HTTP/1.1",
                        fields: ["Host: a", bearer, "Content-Type: text/csv"] + fields, body: body),
                    endsAfterSending: true)
                #expect(!answer.contains(" 200 "), "\(fields) \(answer.prefix(100))")
                #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(fields) \(answer.prefix(100))")
            }
        }
    }

    @Test("Nothing in a path breaks out of it")
    func paths() async throws {
        try await withPort { port in
            for path in ["/%00", "/%zz", "/..", "/../../etc/passwd", "/v1/things/%2e%2e", "/v1/%"] {
                let answer = try await RawConnection.exchange(
                    port,
                    request(
                        "GET \(path) HTTP/1.1", fields: ["Host: a", bearer, "Connection: close"]))
                #expect(answer.hasPrefix("HTTP/1.1 404 "), "\(path)")
            }
        }
    }
}

extension String {
    /// How many answers there are in what a connection sent.
    var statusLines: Int { ranges(of: #/HTTP\/1\.1 [0-9]{3} /#).count }
}
