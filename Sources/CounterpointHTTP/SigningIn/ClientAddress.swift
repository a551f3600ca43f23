// Where a request came from: the socket's other end, or, behind proxies that a setting names, what they say of it.

import HTTPTypes
import NIOCore

/// An address as the limiter counts it: of IPv6 the first 64 bits, since a household or office has all the rest.
struct AddressKey: Hashable, Sendable {
    fileprivate var bits: UInt64
    fileprivate var isVersion6: Bool

    /// Where the other end is not known: sockets of the Unix kind, tests without sockets.
    static let unknown = AddressKey(bits: .max, isVersion6: false)

    init(_ address: IPAddress) {
        isVersion6 = address.bytes.count == 16
        bits = address.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private init(bits: UInt64, isVersion6: Bool) {
        self.bits = bits
        self.isVersion6 = isVersion6
    }
}

/// An IP address as its bytes: 4 or 16 of them; an IPv4 address inside an IPv6 one is taken out of it.
struct IPAddress: Hashable, Sendable {
    let bytes: [UInt8]

    init?(_ text: some StringProtocol) {
        // `[2001:db8::1]:443` and `203.0.113.7:1234`, as some proxies write it.
        var text = String(text)
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = String(text[text.index(after: text.startIndex)..<end])
        } else if text.contains("."), let colon = text.firstIndex(of: ":"), !text.hasPrefix(":") {
            text = String(text[..<colon])
        }
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    init?(_ address: SocketAddress?) {
        guard let address else { return nil }
        // Where the address stands in sockaddr_in and sockaddr_in6.
        let place: Range<Int>
        switch address {
        case .v4: place = 4..<8
        case .v6: place = 8..<24
        default: return nil
        }
        let found = address.withSockAddr { pointer, size in
            Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(pointer), count: size)[place])
        }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        bytes = found.count == 16 && found.starts(with: mapped) ? Array(found[12...]) : found
    }
}

/// Proxies whose `X-Forwarded-For` is believed. Nobody else's is: anybody can write that field.
public struct TrustedProxies: Sendable, Hashable {
    private struct Range: Sendable, Hashable {
        let first: IPAddress
        let prefix: Int

        init?(_ text: Substring) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard let first = IPAddress(parts[0]), parts.count <= 2 else { return nil }
            let width = first.bytes.count * 8
            guard let prefix = parts.count == 1 ? width : Int(parts[1]),
                (0...width).contains(prefix)
            else { return nil }
            self.first = first
            self.prefix = prefix
        }

        func contains(_ address: IPAddress) -> Bool {
            guard address.bytes.count == first.bytes.count else { return false }
            return (0..<prefix).allSatisfy { bit in
                let mask = UInt8(0x80) >> UInt8(bit % 8)
                return address.bytes[bit / 8] & mask == first.bytes[bit / 8] & mask
            }
        }
    }

    /// Hops that are looked at from the right; a chain of more proxies than this is not ours.
    private static let hopsMax = 10

    private let ranges: [Range]

    /// Nobody is believed.
    public static let none = TrustedProxies(ranges: [])

    private init(ranges: [Range]) { self.ranges = ranges }

    /// Addresses and networks with commas between them, as `10.0.0.1, 2001:db8::/32`; nil when one cannot be read.
    public init?(_ text: String) {
        var ranges: [Range] = []
        for part in text.split(separator: ",") {
            guard let range = Range(trimmed(part)) else { return nil }
            ranges.append(range)
        }
        self.ranges = ranges
    }

    /// Whom a request counts against: the last address in the chain that no trusted proxy stands at.
    func client(peer: SocketAddress?, _ headers: HTTPFields) -> AddressKey {
        guard var address = IPAddress(peer) else { return .unknown }
        guard isTrusted(address) else { return AddressKey(address) }
        let chain = headers[values: .forwardedFor].joined(separator: ",").split(separator: ",")
        for hop in chain.reversed().prefix(Self.hopsMax) {
            guard let next = IPAddress(trimmed(hop)) else { break }
            address = next
            if !isTrusted(next) { break }
        }
        return AddressKey(address)
    }

    private func isTrusted(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }
}
