// Back from settings to an address: the same server and database for another login.

extension ConnectionSettings {
    /// Keywords that say how to reach the server, whoever signs in; the others belong to the login (its keys, its
    /// password) or to the session.
    private static let shared = [
        "hostaddr", "sslmode", "sslrootcert", "sslcrl", "sslcrldir", "sslsni", "sslnegotiation",
        "ssl_min_protocol_version", "channel_binding", "gssencmode", "target_session_attrs",
        "load_balance_hosts", "connect_timeout", "require_auth",
    ]

    /// A libpq URI of the same hosts, ports and database for `user`; `password` is in it in the clear.
    package func address(user: String, password: String?) -> String {
        var text = "postgresql://\(Self.encoded(user))"
        if let password { text += ":\(Self.encoded(password))" }
        text += "@\(places)/\(Self.encoded(value("dbname") ?? value("user") ?? ""))"
        let rest = keywords.filter { Self.shared.contains($0.name) && !$0.value.isEmpty }
        if !rest.isEmpty {
            text +=
                "?"
                + rest.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
        }
        return text
    }

    /// `host:port,host:port`; a socket's folder percent-encoded where a host stands.
    private var places: String {
        let hosts = Self.parts(value("host"))
        let ports = Self.parts(value("port"))
        return hosts.enumerated().map { index, host in
            let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
            let place = host.contains(":") ? "[\(host)]" : Self.encoded(host)
            return port.isEmpty ? place : "\(place):\(port)"
        }.joined(separator: ",")
    }

    private static func parts(_ value: String?) -> [String] {
        (value ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// RFC 3986: all but unreserved characters as %XX.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
