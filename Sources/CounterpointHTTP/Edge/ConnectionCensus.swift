// How many connections each address has open. One address that takes them all would lock everybody
// else out long before any clock ends its connections.

import NIOCore
import Synchronization

final class ConnectionCensus: Sendable {
    private let most: Int
    private let countsThisMachine: Bool
    private let open = Mutex<[Key: Int]>([:])

    /// - Parameters:
    ///   - most: connections of one address at one time.
    ///   - countsThisMachine: for tests, which have no other address to come from.
    init(most: Int, countsThisMachine: Bool = false) {
        self.most = most
        self.countsThisMachine = countsThisMachine
    }

    /// What an address is counted under.
    func key(of address: SocketAddress?) -> Key? {
        let key = Self.key(of: address)
        return countsThisMachine && key == nil ? .v4(0x7F00_0001) : key
    }

    /// An IPv4 address, or the first half of an IPv6 one: whoever has one address there has them all.
    enum Key: Hashable {
        case v4(UInt32)
        case v6(UInt64)
    }

    /// Counts a connection in; false when its address has as many as it may. Connections from this
    /// machine are not counted: they are those of the proxy before the service, so of everybody.
    func enter(_ key: Key?) -> Bool {
        guard let key else { return true }
        return open.withLock { open in
            let count = open[key, default: 0]
            guard count < most else { return false }
            open[key] = count + 1
            return true
        }
    }

    /// Counts it out again.
    func leave(_ key: Key?) {
        guard let key else { return }
        open.withLock { open in
            guard let count = open[key] else { return }
            open[key] = count > 1 ? count - 1 : nil
        }
    }

    /// How many connections are counted at the moment, over all addresses.
    var counted: Int { open.withLock { $0.values.reduce(0, +) } }

    /// Nil for what is not counted: sockets without an address, and this machine itself.
    static func key(of address: SocketAddress?) -> Key? {
        switch address {
        case .v4(let address):
            // sockaddr_in: family, port, and from the fifth byte on the address.
            return withUnsafeBytes(of: address.address) { key(v4: $0[4..<8]) }
        case .v6(let address):
            // sockaddr_in6: family, port, flow, and from the ninth byte on the address.
            return withUnsafeBytes(of: address.address) { key(v6: Array($0[8..<24])) }
        case .unixDomainSocket, nil:
            return nil
        }
    }

    private static func key(v4 bytes: some Collection<UInt8>) -> Key? {
        bytes.first == 127 ? nil : .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
    }

    private static func key(v6 bytes: [UInt8]) -> Key? {
        if bytes == [UInt8](repeating: 0, count: 15) + [1] { return nil }
        // An IPv4 address in IPv6 clothes (::ffff:192.0.2.1) is that IPv4 address.
        if bytes.prefix(12) == [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] {
            return key(v4: bytes.suffix(4))
        }
        return .v6(bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}
