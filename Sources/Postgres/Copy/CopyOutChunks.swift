// An export as a sequence of chunks.

/// The bytes of a `COPY … TO STDOUT`, in chunks of about 64 KiB that end where rows end. Each iterator is a transaction
/// of its own; letting go of it ends that transaction.
public struct CopyOutChunks: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = any Error

    let database: Database
    let opening: Opening
    let setup: [Outgoing]
    let statement: SQLStatement
    let deadline: Duration

    public func makeAsyncIterator() -> Iterator { Iterator(reading: Reading(self)) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let reading: Reading

        /// The next chunk, or `nil` when all has been read and the transaction has ended well.
        public mutating func next() async throws -> [UInt8]? {
            try await reading.next()
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws -> [UInt8]? {
            try await reading.next()
        }
    }

    /// Its end, by whatever path, ends the transaction.
    fileprivate final class Reading: Sendable {
        private let chunks: CopyOutChunks
        private let channel = ByteChannel()
        private let turn: CopyTurn
        private let isStarted = Once()

        init(_ chunks: CopyOutChunks) {
            self.chunks = chunks
            let now = Moment.now
            let (database, channel) = (chunks.database, channel)
            let preface = database.preface(for: chunks.deadline)
            turn = CopyTurn(
                deadline: now + chunks.deadline,
                waitDeadline: now + database.limits.waitDeadline, now: now, channel: channel
            ) { session in
                let core = TransactionCore(
                    session: session, mode: .reading, preface: preface, opening: chunks.opening)
                do {
                    try database.sendCopy(
                        chunks.statement, chunks.setup, in: core, to: channel)
                    core.settle()
                } catch {
                    core.rollBack()
                    throw error
                }
            }
        }

        deinit {
            channel.abandon()
            turn.cancel()
            chunks.database.pool.abandon(turn)
        }

        func next() async throws -> [UInt8]? {
            if isStarted.first() { chunks.database.pool.submit(turn) }
            return try await withTaskCancellationHandler {
                try await channel.receive()
            } onCancel: {
                turn.cancel()
                chunks.database.pool.abandon(turn)
            }
        }
    }
}

/// A turn whose outcome goes into a channel.
final class CopyTurn: Turn, @unchecked Sendable {
    private let work: @Sendable (Session) throws -> Void
    private let channel: ByteChannel
    private var failure: (any Error)?
    private var wasMoved = false

    init(
        deadline: Moment, waitDeadline: Moment, now: Moment, channel: ByteChannel,
        work: @escaping @Sendable (Session) throws -> Void
    ) {
        self.channel = channel
        self.work = work
        super.init(deadline: deadline, waitDeadline: waitDeadline, now: now)
    }

    override func serve(on session: Session) -> Verdict {
        do {
            try work(session)
        } catch let error as PostgresError where error.mayRunAgainElsewhere && !wasMoved {
            wasMoved = true
            return .unserved
        } catch {
            failure = error
        }
        return session.mustRetire ? .retire : .keep
    }

    override func settle() { channel.finish(failure) }

    override func refuse(_ error: PostgresError) { channel.finish(error) }
}
