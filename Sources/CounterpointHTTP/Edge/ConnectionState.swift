// What one HTTP/1.1 connection may do next, decided without a socket or a clock: events with their
// time go in, actions come out. `ConnectionGuard` performs them.
//
// It knows four ways to waste a connection and ends each: silence before or inside a request, a
// body that drips for ever, a client that stops reading its answer, and one that keeps a connection through a
// stop of the service. The head of a request is seen only when it is whole, so a dripping head is
// silence.

import NIOCore

/// How long each kind of waiting may last; tests bring shorter ones.
struct ConnectionClocks: Sendable {
    var silence = Limits.silence
    var bodyStep = Limits.bodyStep
    var bodyStepBytes = Limits.bodyStepBytes
    var unreadAnswer = Limits.unreadAnswer
}

struct ConnectionState {
    enum Timeout: Equatable {
        /// Nothing is due; look again then.
        case lookAgain(NIODeadline)
        /// Nobody is in the middle of anything: close without a word.
        case close
        /// Somebody waits for the rest of a body: tell them, they answer 408.
        case failBody
        /// Nothing can become due until the next event.
        case rest
    }
    enum HeadAction: Equatable { case forward, discard }
    enum AnswerAction: Equatable { case keep, close, linger }

    private(set) var requestsForwarded = 0
    private(set) var answersEnded = 0
    /// The body of the last forwarded request is not at its end.
    private(set) var isReadingBody = false
    /// The number of the request after whose answer the connection ends.
    private(set) var lastRequest: Int?
    private(set) var isFinished = false
    private(set) var isStopping = false

    private let clocks: ConnectionClocks
    private var lastHeard: NIODeadline
    private var stepBegan: NIODeadline
    private var stepBytes = 0
    private var answerBegan: NIODeadline
    private var bodyRemaining = 0
    private var unflushedAnswers = 0
    /// Pieces of a body that the socket has not taken, and since when it has taken none.
    private var untakenPieces = 0
    private var pieceBegan: NIODeadline
    private var bodyHasFailed = false

    init(now: NIODeadline, clocks: ConnectionClocks = ConnectionClocks()) {
        self.clocks = clocks
        lastHeard = now
        stepBegan = now
        answerBegan = now
        pieceBegan = now
    }

    var openRequests: Int { requestsForwarded - answersEnded }
    /// The answer that is written now, or next, is the last on this connection.
    var isAnsweringLast: Bool { lastRequest.map { answersEnded + 1 >= $0 } ?? false }

    // MARK: What the client sends

    /// A whole head came in. `bodyLength` is nil when it is not known beforehand.
    mutating func head(at now: NIODeadline, keepAlive: Bool, bodyLength: Int?) -> HeadAction {
        guard !isFinished, lastRequest == nil else { return .discard }
        lastHeard = now
        stepBegan = now
        stepBytes = 0
        requestsForwarded += 1
        isReadingBody = true
        bodyHasFailed = false
        bodyRemaining = bodyLength ?? Int.max
        if !keepAlive || isStopping { lastRequest = requestsForwarded }
        return .forward
    }

    /// A head came in that is answered here and goes no further; nothing after it is heard.
    mutating func refusedHead() -> HeadAction {
        guard !isFinished, lastRequest == nil else { return .discard }
        lastRequest = requestsForwarded
        isReadingBody = false
        return .forward
    }

    mutating func bodyPart(_ length: Int, at now: NIODeadline) {
        lastHeard = now
        if bodyRemaining != Int.max { bodyRemaining -= min(length, bodyRemaining) }
        stepBytes += length
        if stepBytes >= clocks.bodyStepBytes {
            stepBegan = now
            stepBytes = 0
        }
    }

    mutating func end(at now: NIODeadline) {
        lastHeard = now
        isReadingBody = false
    }

    // MARK: What we answer

    /// Whether this answer must say `Connection: close`; `wantsClose`: it says so already.
    mutating func answerHead(at now: NIODeadline, wantsClose: Bool) -> Bool {
        if openRequests == 1 { answerBegan = now }
        let leavesTooMuchUnread = isReadingBody && bodyRemaining > Limits.drainedBodyBytes
        if wantsClose || leavesTooMuchUnread, !isAnsweringLast { lastRequest = answersEnded + 1 }
        return isAnsweringLast
    }

    /// A piece of an answer was handed to the socket.
    mutating func piece(at now: NIODeadline) {
        if untakenPieces == 0 { pieceBegan = now }
        untakenPieces += 1
    }

    /// The socket took one.
    mutating func pieceTaken(at now: NIODeadline) {
        untakenPieces -= 1
        pieceBegan = now
    }

    /// The last byte of an answer was handed to the socket.
    mutating func answerEnd(at now: NIODeadline) -> AnswerAction {
        let wasLast = isAnsweringLast
        answersEnded += 1
        unflushedAnswers += 1
        lastHeard = now
        guard wasLast else { return .keep }
        isFinished = true
        return isReadingBody ? .linger : .close
    }

    /// The socket took an answer's last byte.
    mutating func answerFlushed(at now: NIODeadline) {
        unflushedAnswers -= 1
        answerBegan = now
        lastHeard = now
    }

    // MARK: Faults, time and the end

    /// The bytes are no HTTP. True when the fault is to be answered here, after `openRequests`
    /// answers; false when whoever reads the body must hear of it.
    mutating func malformed() -> Bool {
        if isReadingBody {
            lastRequest = requestsForwarded
            return false
        }
        return refusedHead() == .forward
    }

    /// The service stops. True when the connection may be closed at once unless it speaks within
    /// the grace.
    mutating func stop() -> Bool {
        isStopping = true
        if openRequests > 0, lastRequest == nil { lastRequest = requestsForwarded }
        return openRequests == 0
    }

    /// When nothing happens, the moment at which something is due.
    var deadline: NIODeadline? {
        if unflushedAnswers > 0 { return answerBegan + clocks.unreadAnswer }
        if untakenPieces > 0 { return pieceBegan + clocks.unreadAnswer }
        if isReadingBody {
            return bodyHasFailed
                ? nil : min(lastHeard + clocks.silence, stepBegan + clocks.bodyStep)
        }
        return openRequests > 0 ? nil : lastHeard + clocks.silence
    }

    mutating func timer(at now: NIODeadline) -> Timeout {
        guard let deadline else { return .rest }
        guard now >= deadline else { return .lookAgain(deadline) }
        if unflushedAnswers > 0 || untakenPieces > 0 || !isReadingBody { return .close }
        bodyHasFailed = true
        lastRequest = requestsForwarded
        return .failBody
    }
}
