// Who is counted as one address, and that no count leaks.

import NIOCore
import Testing

@testable import CounterpointHTTP

@Suite("Connections of one address")
struct ConnectionCensusTests {
    private func key(_ text: String) throws -> ConnectionCensus.Key? {
        ConnectionCensus.key(of: try SocketAddress(ipAddress: text, port: 1))
    }

    @Test("IPv4 by address, IPv6 by its first half, this machine not at all")
    func keys() throws {
        #expect(try key("192.0.2.1") == .v4(0xC000_0201))
        #expect(try key("192.0.2.1") != key("192.0.2.2"))
        #expect(try key("::ffff:192.0.2.1") == key("192.0.2.1"))
        #expect(try key("2001:db8:1:2::5") == key("2001:db8:1:2:ffff::"))
        #expect(try key("2001:db8:1:2::5") != key("2001:db8:1:3::5"))
        for own in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] {
            #expect(try key(own) == nil, "\(own)")
        }
        #expect(ConnectionCensus.key(of: nil) == nil)
    }

    @Test("One too many is turned away; a place that is left can be had again")
    func counting() throws {
        let census = ConnectionCensus(most: 2)
        let one = try key("192.0.2.1")
        let other = try key("192.0.2.2")
        #expect([census.enter(one), census.enter(one), census.enter(one)] == [true, true, false])
        #expect(census.enter(other))
        census.leave(one)
        #expect(census.enter(one))
        for _ in 0..<100 { #expect(census.enter(nil)) }
        for key in [one, one, other] { census.leave(key) }
        #expect(census.counted == 0)
    }
}
