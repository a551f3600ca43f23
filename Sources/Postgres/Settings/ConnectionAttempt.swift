// What is told to libpq, host by host. Its asynchronous functions apply no `connect_timeout`, and given several hosts
// at once they would spend all the time on a silent first one; so each host is an attempt with its share of the time.

/// One host's worth of keywords.
struct ConnectionAttempt: Sendable {
    var keywords: [(name: String, value: String)]
}

extension ConnectionSettings {
    /// The attempts of one connect, in order; `prefer-standby` looks for a standby everywhere first.
    var attempts: [ConnectionAttempt] {
        let hosts = Self.list(value("host"))
        let addresses = Self.list(value("hostaddr"))
        let count = max(hosts.count, addresses.count)
        guard count > 1 else { return [ConnectionAttempt(keywords: sessionKeywords)] }
        let ports = Self.list(value("port"))
        let each = (0..<count).map { index in
            var own = sessionKeywords.filter { !["host", "hostaddr", "port"].contains($0.name) }
            if index < hosts.count { own.append(("host", hosts[index])) }
            if index < addresses.count { own.append(("hostaddr", addresses[index])) }
            if let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : nil {
                own.append(("port", port))
            }
            return ConnectionAttempt(keywords: own)
        }
        guard value("target_session_attrs") == "prefer-standby" else { return each }
        return each.map { $0.replacing("target_session_attrs", by: "standby") }
            + each.map { $0.replacing("target_session_attrs", by: "any") }
    }

    /// The address's keywords, ours, and the session's settings. What the address says itself wins.
    private var sessionKeywords: [(name: String, value: String)] {
        let ours: [(String, String)] = [
            ("application_name", applicationName),
            ("keepalives", "1"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "\(tcpUserTimeout.milliseconds)"),
        ]
        var all = ours.filter { name, _ in !keywords.contains { $0.name == name } }
            .map { (name: $0.0, value: $0.1) }
        all += keywords.filter { $0.name != "options" && $0.name != "client_encoding" }
        // Codecs rely on UTF-8; a zone matters only to what the server itself prints.
        all.append(("client_encoding", "UTF8"))
        let options = [
            "-c timezone=UTC", "-c statement_timeout=\(statementTimeout.milliseconds)",
            "-c idle_in_transaction_session_timeout=\(idleInTransactionTimeout.milliseconds)",
            keywords.last { $0.name == "options" }?.value,
        ]
        all.append(("options", options.compactMap { $0 }.joined(separator: " ")))
        return all
    }

    private static func list(_ value: String?) -> [String] {
        guard let value else { return [] }
        return value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}

extension ConnectionAttempt {
    fileprivate func replacing(_ name: String, by value: String) -> ConnectionAttempt {
        var copy = self
        copy.keywords.removeAll { $0.name == name }
        copy.keywords.append((name, value))
        return copy
    }
}
