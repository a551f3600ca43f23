// Whom a request counts against, behind proxies and without.

import HTTPTypes
import NIOCore
import Testing

@testable import CounterpointHTTP

@Suite("Where a request came from")
struct ClientAddressTests {
    private static func key(_ text: String) -> AddressKey { AddressKey(IPAddress(text)!) }

    private static func client(
        _ peer: String, _ forwarded: [String], trusting proxies: String
    ) throws -> AddressKey {
        var headers = HTTPFields()
        for value in forwarded { headers.append(.init(name: .forwardedFor, value: value)) }
        return try #require(TrustedProxies(proxies)).client(
            peer: try SocketAddress(ipAddress: peer, port: 1), headers)
    }

    @Test("Nobody is believed unless a setting names them")
    func socketOnly() throws {
        #expect(
            try Self.client("203.0.113.9", ["198.51.100.1"], trusting: "")
                == Self.key("203.0.113.9"))
        #expect(
            try Self.client("203.0.113.9", ["198.51.100.1"], trusting: "10.0.0.0/8")
                == Self.key("203.0.113.9"))
    }

    @Test("Behind proxies it is the last address that no trusted one stands at")
    func chain() throws {
        let proxies = "127.0.0.1, 10.0.0.0/8,2001:db8::/32"
        #expect(
            try Self.client("127.0.0.1", ["198.51.100.1"], trusting: proxies)
                == Self.key("198.51.100.1"))
        // What the caller wrote itself stands further left and is not looked at.
        #expect(
            try Self.client(
                "127.0.0.1", ["1.2.3.4, 198.51.100.1, 10.1.2.3", "2001:db8::7"], trusting: proxies)
                == Self.key("198.51.100.1"))
        #expect(
            try Self.client("127.0.0.1", ["1.2.3.4, rubbish"], trusting: proxies)
                == Self.key("127.0.0.1"))
        #expect(
            try Self.client("127.0.0.1", [], trusting: proxies) == Self.key("127.0.0.1"))
        #expect(
            try Self.client("127.0.0.1", ["[2a00:1::5]:443"], trusting: proxies)
                == Self.key("2a00:1::5"))
    }

    @Test("One network of IPv6 is one caller, and IPv4 is the same inside IPv6")
    func families() {
        #expect(Self.key("2a00:1:2:3::5") == Self.key("2a00:1:2:3:ffff::1"))
        #expect(Self.key("2a00:1:2:3::5") != Self.key("2a00:1:2:4::5"))
        #expect(Self.key("::ffff:203.0.113.9") == Self.key("203.0.113.9"))
        #expect(Self.key("203.0.113.9") != Self.key("203.0.113.10"))
    }

    @Test("What is no address or network is refused")
    func refused() {
        for text in ["x", "10.0.0.0/33", "10.0.0.0/8/8", "10.0.0.0/", "::1/129", "10.0.0.1,,x"] {
            #expect(TrustedProxies(text) == nil, "\(text)")
        }
    }
}
