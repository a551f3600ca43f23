// The decisions about one connection, without a socket.

import NIOCore
import Testing

@testable import CounterpointHTTP

@Suite("What a connection may do next")
struct ConnectionStateTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func at(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    @Test("Silence closes after its limit, and not before")
    func silence() {
        var state = ConnectionState(now: start)
        #expect(state.timer(at: at(14)) == .lookAgain(at(15)))
        #expect(state.timer(at: at(15)) == .close)
    }

    @Test("A request that is being answered has all the time it needs")
    func answering() {
        var state = ConnectionState(now: start)
        #expect(state.head(at: start, keepAlive: true, bodyLength: 0) == .forward)
        state.end(at: start)
        #expect(state.timer(at: at(100)) == .rest)
        #expect(state.answerHead(at: at(100), wantsClose: false) == false)
        #expect(state.answerEnd(at: at(100)) == .keep)
        state.answerFlushed(at: at(100))
        #expect(state.timer(at: at(114)) == .lookAgain(at(115)))
        #expect(state.timer(at: at(115)) == .close)
    }

    @Test("A body may not pause for 15 seconds, nor drip for more than 60")
    func bodies() {
        var state = ConnectionState(now: start)
        _ = state.head(at: start, keepAlive: true, bodyLength: 1_000)
        #expect(state.timer(at: at(15)) == .failBody)
        state = ConnectionState(now: start)
        _ = state.head(at: start, keepAlive: true, bodyLength: 1_000)
        for second in stride(from: Int64(10), through: 50, by: 10) {
            state.bodyPart(1, at: at(second))
            #expect(state.timer(at: at(second + 1)) == .lookAgain(at(min(second + 15, 60))))
        }
        #expect(state.timer(at: at(60)) == .failBody)
        // It is told once; its answer closes the connection, reading on for a moment.
        #expect(state.timer(at: at(61)) == .rest)
        #expect(state.answerHead(at: at(61), wantsClose: false) == true)
        #expect(state.answerEnd(at: at(61)) == .linger)
    }

    @Test("A long body has a minute for each further step, and no longer")
    func longBodies() {
        var state = ConnectionState(now: start)
        _ = state.head(at: start, keepAlive: true, bodyLength: 25 << 20)
        // 25 MiB at 200 kbit/s: some 250 KiB in ten seconds.
        var second: Int64 = 0
        for _ in 0..<102 {
            second += 10
            state.bodyPart(250 << 10, at: at(second))
            if case .lookAgain = state.timer(at: at(second)) { continue }
            Issue.record("given up after \(second) s")
        }
        #expect(second > 1_000)
        // Then it only drips, and what came before does not count for it.
        for extra in stride(from: Int64(10), through: 50, by: 10) {
            state.bodyPart(1, at: at(second + extra))
        }
        #expect(state.timer(at: at(second + 60)) == .failBody)
    }

    @Test("An answer in pieces may take as long as its client takes them")
    func pieces() {
        var state = ConnectionState(now: start)
        _ = state.head(at: start, keepAlive: true, bodyLength: 0)
        state.end(at: start)
        _ = state.answerHead(at: start, wantsClose: false)
        for second in stride(from: Int64(0), to: 500, by: 50) {
            state.piece(at: at(second))
            #expect(state.timer(at: at(second + 49)) == .lookAgain(at(second + 60)))
            state.pieceTaken(at: at(second + 50))
            // Waiting for the next piece is ours.
            #expect(state.timer(at: at(second + 50)) == .rest)
        }
        state.piece(at: at(500))
        state.piece(at: at(530))
        #expect(state.timer(at: at(559)) == .lookAgain(at(560)))
        #expect(state.timer(at: at(560)) == .close)
    }

    @Test("A client that does not read its answer is let go")
    func unread() {
        var state = ConnectionState(now: start)
        _ = state.head(at: start, keepAlive: true, bodyLength: 0)
        state.end(at: start)
        _ = state.answerHead(at: at(1), wantsClose: false)
        _ = state.answerEnd(at: at(1))
        #expect(state.timer(at: at(60)) == .lookAgain(at(61)))
        #expect(state.timer(at: at(61)) == .close)
    }

    @Test("An early answer to a long body closes; to a short one it does not")
    func earlyAnswers() {
        var long = ConnectionState(now: start)
        _ = long.head(at: start, keepAlive: true, bodyLength: Limits.drainedBodyBytes + 1)
        #expect(long.answerHead(at: start, wantsClose: false) == true)
        #expect(long.answerEnd(at: start) == .linger)
        var short = ConnectionState(now: start)
        _ = short.head(at: start, keepAlive: true, bodyLength: Limits.drainedBodyBytes)
        #expect(short.answerHead(at: start, wantsClose: false) == false)
        #expect(short.answerEnd(at: start) == .keep)
        var chunked = ConnectionState(now: start)
        _ = chunked.head(at: start, keepAlive: true, bodyLength: nil)
        #expect(chunked.answerHead(at: start, wantsClose: false) == true)
    }

    @Test("Connection: close ends after the answer, whoever says it")
    func closing() {
        var client = ConnectionState(now: start)
        _ = client.head(at: start, keepAlive: false, bodyLength: 0)
        client.end(at: start)
        #expect(client.head(at: start, keepAlive: true, bodyLength: 0) == .discard)
        #expect(client.answerHead(at: start, wantsClose: false) == true)
        #expect(client.answerEnd(at: start) == .close)
        var service = ConnectionState(now: start)
        _ = service.head(at: start, keepAlive: true, bodyLength: 0)
        service.end(at: start)
        #expect(service.answerHead(at: start, wantsClose: true) == true)
        #expect(service.answerEnd(at: start) == .close)
    }

    @Test("A stop: what is being answered is answered, one more is heard in the grace")
    func stopping() {
        var quiet = ConnectionState(now: start)
        #expect(quiet.stop() == true)
        #expect(quiet.head(at: at(0), keepAlive: true, bodyLength: 0) == .forward)
        quiet.end(at: start)
        #expect(quiet.answerHead(at: start, wantsClose: false) == true)
        var busy = ConnectionState(now: start)
        _ = busy.head(at: start, keepAlive: true, bodyLength: 0)
        busy.end(at: start)
        #expect(busy.stop() == false)
        #expect(busy.head(at: start, keepAlive: true, bodyLength: 0) == .discard)
        #expect(busy.answerHead(at: start, wantsClose: false) == true)
        #expect(busy.answerEnd(at: start) == .close)
    }

    @Test("Bad bytes between requests are answered here, in a body by its reader")
    func malformed() {
        var between = ConnectionState(now: start)
        #expect(between.malformed() == true)
        var inBody = ConnectionState(now: start)
        _ = inBody.head(at: start, keepAlive: true, bodyLength: nil)
        #expect(inBody.malformed() == false)
        #expect(inBody.answerHead(at: start, wantsClose: false) == true)
        var afterGood = ConnectionState(now: start)
        _ = afterGood.head(at: start, keepAlive: true, bodyLength: 0)
        afterGood.end(at: start)
        #expect(afterGood.malformed() == true)
        #expect(afterGood.openRequests == 1)
    }
}
