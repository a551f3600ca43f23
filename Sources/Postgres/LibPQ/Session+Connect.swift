// Connecting: libpq does names, TLS and authentication; we wait, with a deadline that is ours.

internal import CLibPQ
internal import Glibc
internal import Logging

extension Session {
    /// Tries host after host until one accepts, or throws the last complaint; never later than the settings' deadline,
    /// except that name look-up inside libpq blocks (bounded by the resolver's own timeout).
    static func connect(
        _ settings: ConnectionSettings, wake: WakeDescriptor, logger: Logger,
        isAbandoned: () -> Bool = { false }
    ) throws -> Session {
        let attempts = settings.attempts
        let deadline = Moment.now + settings.connectDeadline
        var complaints: [String] = []
        for (index, attempt) in attempts.enumerated() {
            let now = Moment.now
            let share = (deadline - now) / (attempts.count - index)
            do {
                return try connect(
                    attempt, until: now + share, wake: wake, logger: logger,
                    isAbandoned: isAbandoned)
            } catch let error as PostgresError {
                complaints.append(error.detail)
                if isAbandoned() { break }
            }
        }
        throw PostgresError(
            .connecting, complaints.joined(separator: "; "), wasNothingSent: true)
    }

    private static func connect(
        _ attempt: ConnectionAttempt, until deadline: Moment, wake: WakeDescriptor, logger: Logger,
        isAbandoned: () -> Bool
    ) throws -> Session {
        guard let handle = ConnectionHandle(adopting: start(attempt)) else {
            throw PostgresError(.connecting, "libpq has no memory")
        }
        let session = Session(
            adopting: handle, wake: wake, notices: NoticeSink(logger: logger), logger: logger)
        session.notices.attach(to: session.connection)
        guard !session.isRefused else { throw session.connectFailure() }

        // The first wait is for writing; libpq then says each time what it wants. `poll` asks for the descriptor anew
        // at every turn, because TLS fallback and further addresses replace it.
        var wanted = PGRES_POLLING_WRITING
        while wanted != PGRES_POLLING_OK {
            guard wanted != PGRES_POLLING_FAILED else { throw session.connectFailure() }
            let events = wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT
            var isReady = false
            while !isReady {
                let now = Moment.now
                guard now < deadline else {
                    throw PostgresError(.connecting, "no answer from the server in time")
                }
                guard !isAbandoned() else { throw PostgresError(.connecting, "abandoned") }
                isReady = session.poll(for: events, until: deadline, now: now)
            }
            wanted = PQconnectPoll(session.connection)
        }
        try session.settleIn()
        return session
    }

    /// Keywords, never a glued string: a password may hold anything.
    private static func start(_ attempt: ConnectionAttempt) -> OpaquePointer? {
        let names = attempt.keywords.map { strdup($0.name) }
        let values = attempt.keywords.map { strdup($0.value) }
        defer { (names + values).forEach { free($0) } }
        let nameList = names.map { UnsafePointer($0) } + [nil]
        let valueList = values.map { UnsafePointer($0) } + [nil]
        return PQconnectStartParams(nameList, valueList, 0)
    }

    private var isRefused: Bool { PQstatus(connection) == CONNECTION_BAD }

    private func connectFailure() -> PostgresError {
        PostgresError(.connecting, lastMessage)
    }

    private func settleIn() throws {
        guard PQsetnonblocking(connection, 1) == 0, PQenterPipelineMode(connection) == 1 else {
            throw connectFailure()
        }
        // Instants are read as integers; a server built otherwise would make nonsense of them.
        guard let integers = PQparameterStatus(connection, "integer_datetimes"),
            String(cString: integers) == "on"
        else {
            throw PostgresError(.connecting, "the server counts time in floating point")
        }
    }
}
