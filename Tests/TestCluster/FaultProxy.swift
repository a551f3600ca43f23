// A line between client and server that can be broken on purpose: cut after so many bytes, cut between COMMIT and its
// answer, swallowed, reset, refused. About thirty lines of it are the proxy, the rest is saying what went wrong.

internal import Glibc
public import Postgres
internal import Synchronization

/// Listens on 127.0.0.1 and passes bytes to the server of the given settings until told otherwise.
public final class FaultProxy: Sendable {
    /// What happens to lines opened from now on, and, for the last three, to open ones as well.
    public enum Fault: Sendable {
        case none
        /// Both directions end once the server has sent so many bytes on a line.
        case cutAfterServerBytes(Int)
        /// Both directions end once the client has sent so many bytes on a line.
        case cutAfterClientBytes(Int)
        /// The answer to COMMIT is withheld and the line cut, for this share of all commits.
        case cutCommitReplies(share: Double)
        /// Nothing passes any more, and nothing is closed.
        case swallow
        /// Every line is reset.
        case reset
        /// No line is accepted for long, and open ones are cut.
        case refuse
    }

    public let port: Int
    private let listener: Int32
    private let target: ConnectionSettings
    private let fault = Mutex(Fault.none)
    private let cutsMade = Atomic<Int>(0)
    private let isClosed = Atomic<Bool>(false)

    public init(to settings: ConnectionSettings) throws {
        target = settings
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) == 0 && listen(listener, 128) == 0
                    && getsockname(listener, raw, &length) == 0
            }
        }
        guard code else { throw TestCluster.Unavailable(description: "no port for a proxy") }
        port = Int(UInt16(bigEndian: address.sin_port))
        startDetached { self.accept() }
    }

    public func set(_ fault: Fault) { self.fault.withLock { $0 = fault } }

    /// How many lines were cut.
    public var cuts: Int { cutsMade.load(ordering: .relaxed) }

    public func close() {
        isClosed.store(true, ordering: .relaxed)
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0, !isClosed.load(ordering: .relaxed) else { break }
            guard let server = connectToTarget() else {
                _ = Glibc.close(client)
                continue
            }
            startDetached { self.pass(client, server) }
        }
        _ = Glibc.close(listener)
    }

    /// Copies both ways until an end or a fault. `shutdown` before `close`, or a peer in the middle of a read would hang.
    private func pass(_ client: Int32, _ server: Int32) {
        var sockets = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var sent = [0, 0]
        var isOver = false
        while !isOver, !isClosed.load(ordering: .relaxed) {
            let isReady = poll(&sockets, 2, 20) > 0
            let fault = fault.withLock { $0 }
            switch fault {
            case .swallow:
                usleep(20_000)
                continue
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    client, SOL_SOCKET, SO_LINGER, &linger,
                    socklen_t(MemoryLayout<Glibc.linger>.size))
                isOver = true
            case .refuse: isOver = true
            default: break
            }
            guard isReady, !isOver else { continue }
            for (from, to) in [(0, 1), (1, 0)] where sockets[from].revents != 0 {
                let count = recv(sockets[from].fd, &buffer, buffer.count, 0)
                guard count > 0 else {
                    isOver = true
                    break
                }
                var passing = count
                switch fault {
                case .cutAfterClientBytes(let limit) where from == 0,
                    .cutAfterServerBytes(let limit) where from == 1:
                    passing = min(count, max(0, limit - sent[from]))
                    isOver = passing < count
                case .cutCommitReplies(let share) where from == 1:
                    isOver =
                        Self.containsCommit(buffer[..<count]) && Double.random(in: 0..<1) < share
                    if isOver { passing = 0 }
                default: break
                }
                if isOver { cutsMade.add(1, ordering: .relaxed) }
                var done = 0
                while done < passing {
                    let written = send(
                        sockets[to].fd, Array(buffer[done..<passing]), passing - done,
                        Int32(MSG_NOSIGNAL))
                    guard written > 0 else {
                        isOver = true
                        break
                    }
                    done += written
                }
                sent[from] += passing
            }
        }
        if case .reset = fault.withLock({ $0 }) {
        } else {
            shutdown(client, Int32(SHUT_RDWR))
        }
        shutdown(server, Int32(SHUT_RDWR))
        _ = Glibc.close(client)
        _ = Glibc.close(server)
    }

    /// A CommandComplete message that says COMMIT: the server has committed, the client does not know.
    private static func containsCommit(_ bytes: ArraySlice<UInt8>) -> Bool {
        let answer: [UInt8] = [0x43, 0, 0, 0, 11] + Array("COMMIT\0".utf8)
        guard bytes.count >= answer.count else { return false }
        var index = bytes.startIndex
        while let start = bytes[index...].firstIndex(of: 0x43) {
            if bytes[start...].starts(with: answer) { return true }
            index = start + 1
        }
        return false
    }

    private func connectToTarget() -> Int32? {
        let host = target.value("host") ?? "127.0.0.1"
        let port = target.value("port") ?? "5432"
        if host.hasPrefix("/") { return connectUnix("\(host)/.s.PGSQL.\(port)") }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &found) == 0, let first = found else { return nil }
        defer { freeaddrinfo(found) }
        let descriptor = socket(first.pointee.ai_family, Int32(SOCK_STREAM.rawValue), 0)
        guard connect(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else {
            _ = Glibc.close(descriptor)
            return nil
        }
        return descriptor
    }

    private func connectUnix(_ path: String) -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else {
            _ = Glibc.close(descriptor)
            return nil
        }
        return descriptor
    }
}

/// Runs `body` on a thread of its own, away from the shared pool that tests need.
func startDetached(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let code = pthread_create(
        &thread, nil,
        { raw in
            Unmanaged<Box>.fromOpaque(raw!).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    precondition(code == 0)
    pthread_detach(thread)
}
