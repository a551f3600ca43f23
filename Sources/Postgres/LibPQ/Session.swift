// One conversation with one server process. It lives on its connection's thread and nowhere else: it is not
// `Sendable`, and only the connection's actor holds it.

internal import CLibPQ
internal import Glibc
internal import Logging

/// Steps that say what they wait for, and one function that waits.
final class Session {
    let handle: ConnectionHandle
    let wake: WakeDescriptor
    let notices: NoticeSink
    let logger: Logger
    var cache = StatementCache()
    /// Until when, and at whose wish, the current exchange runs.
    var bounds = Bounds()
    /// The cancel request under way for the current exchange.
    var cancel: CancelRequest?
    /// Whether a cancel request was sent for the current exchange.
    var wasCancelSent = false
    /// Set when the conversation cannot be trusted any more: the connection is closed instead of returned.
    var mustRetire = false
    /// How often this session has spoken with its server.
    var exchangeCount = 0
    /// Bytes read for the current exchange.
    var bytesReceived = 0
    /// Whether the server has answered anything in the current exchange but the end of the line.
    var hasHeardAnswer = false
    var scratch = ParameterScratch()
    /// Two entries: the socket, and the wake descriptor.
    private let polled = UnsafeMutablePointer<pollfd>.allocate(capacity: 2)

    init(
        adopting handle: consuming ConnectionHandle, wake: WakeDescriptor, notices: NoticeSink,
        logger: Logger
    ) {
        self.handle = handle
        self.wake = wake
        self.notices = notices
        self.logger = logger
        polled.initialize(repeating: pollfd(), count: 2)
    }

    deinit {
        polled.deallocate()
        scratch.placeholder.deallocate()
    }

    var connection: OpaquePointer { handle.pointer }
    var isBroken: Bool { PQstatus(connection) != CONNECTION_OK }
    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(connection) }
    var backendPID: Int32 { PQbackendPID(connection) }

    /// What libpq last complained of; for logs.
    var lastMessage: String { String(cString: PQerrorMessage(connection)).trimmedLineEnd }

    /// Waits until the socket is ready for one of `events`. Deadlines and cancellations are noticed here and nowhere
    /// else; after a cancel request the wait goes on, because the server's answer must be read to its end.
    func wait(_ events: Int32) throws {
        while true {
            let now = Moment.now
            try attendToBounds(at: now)
            if poll(for: events, until: cancel?.givesUpAt ?? bounds.deadline, now: now) { return }
        }
    }

    /// One `poll(2)` on a fresh set: the descriptor may have moved while connecting. True if the socket is ready.
    func poll(for events: Int32, until: Moment, now: Moment) -> Bool {
        polled[0] = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
        polled[1] = pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(polled, 2, until.pollTimeoutMilliseconds(from: now)) > 0 else {
            return false
        }
        if polled[1].revents != 0 { wake.clear() }
        return polled[0].revents != 0
    }

    /// The connection is of no use any more.
    func lost(_ detail: String? = nil, server: ServerDiagnostics? = nil) -> PostgresError {
        mustRetire = true
        return PostgresError(.connectionLost, detail ?? lastMessage, server: server)
    }

    func violation(_ detail: String) -> PostgresError {
        mustRetire = true
        return PostgresError(.protocolViolation, "\(detail): \(lastMessage)")
    }
}

/// What ends an exchange from outside.
struct Bounds {
    var deadline: Moment = .distantFuture
    /// Whose wish it is; `nil` for the connection's own statements.
    var turn: Turn?

    var isCancelled: Bool { turn?.isCancelled ?? false }
}

/// Arrays that libpq wants, kept between statements.
struct ParameterScratch {
    var values: [UnsafePointer<CChar>?] = []
    var formats: [Int32] = []
    /// What an empty value points at.
    let placeholder = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
}
