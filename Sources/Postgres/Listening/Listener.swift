// LISTEN on a connection of its own, outside the pool. Notifications are hints: whatever was sent while the line was down
// is lost, so after every (re)connect subscribers are told to read again.

public import Logging

/// Subscribes to notification channels.
public struct Listener: Sendable {
    /// What a subscriber hears.
    public enum Event: Sendable, Hashable {
        case notification(channel: String, payload: String)
        /// Notifications may have been missed: look at the tables.
        case reread
    }

    /// PostgreSQL cuts identifiers at 63 bytes, and two channels would become one.
    static let maxChannelBytes = 63

    let settings: ConnectionSettings
    let channels: [String]
    let backOff: ClosedRange<Duration>
    let heartbeat: Duration
    let logger: Logger

    /// `channels` are lower-case identifiers of at most 63 bytes. After `heartbeat` of silence the line is tried.
    public init(
        _ settings: ConnectionSettings, channels: [String],
        backOff: ClosedRange<Duration> = PoolLimits.default.backOff,
        heartbeat: Duration = .seconds(30), logger: Logger
    ) {
        for channel in channels {
            precondition(
                (1...Self.maxChannelBytes).contains(channel.utf8.count)
                    && channel.utf8.allSatisfy {
                        (97...122).contains($0) || (48...57).contains($0) || $0 == 95
                    } && !(48...57).contains(channel.utf8.first!),
                "not a channel's name: \(channel)")
        }
        self.settings = settings
        self.channels = channels
        self.backOff = backOff
        self.heartbeat = heartbeat
        self.logger = logger
    }

    /// Every iterator is a connection of its own, which lives as long as it does.
    public var events: ListenerEvents { ListenerEvents(listener: self) }
}

/// Events until the iterating task is cancelled; a lost line is not an end.
public struct ListenerEvents: AsyncSequence, Sendable {
    public typealias Element = Listener.Event
    public typealias Failure = Never

    let listener: Listener

    public func makeAsyncIterator() -> Iterator {
        let listening = Listening(listener)
        listening.start()
        return Iterator(subscription: Subscription(listening: listening))
    }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let subscription: Subscription

        /// `nil` once the task is cancelled.
        public mutating func next() async -> Listener.Event? {
            await subscription.listening.next()
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(Never) -> Listener.Event? {
            await subscription.listening.next()
        }
    }

    /// The thread holds the listening; this holds the subscriber's interest in it.
    fileprivate final class Subscription: Sendable {
        let listening: Listening

        init(listening: Listening) {
            self.listening = listening
        }

        deinit { listening.stop() }
    }
}
