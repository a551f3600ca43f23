// Stands between the HTTP parser and the rest of the service on each connection: turns away heads
// that are no honest request, keeps the clocks that Hummingbird leaves open, and ends connections
// so that the last answer arrives.

import HTTPTypes
import NIOCore
import NIOExtras
import NIOHTTP1

/// Thrown to whoever reads a body that came too slowly.
struct BodyTooSlow: Error {}

final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Whoever came over TLS once is told to do so always (RFC 6797). A year, as browsers' lists ask;
    /// not for subdomains, which may be somebody else's.
    private static let strictTransport = "max-age=31536000"

    private let isSecure: Bool
    private var state: ConnectionState
    private var timer: Scheduled<Void>?
    /// A fault in the bytes, to be answered when the requests before it have been.
    private var pendingFault: Problem?
    private var isDiscarding = false

    init(isSecure: Bool = false, clocks: ConnectionClocks = ConnectionClocks()) {
        self.isSecure = isSecure
        state = ConnectionState(now: .now(), clocks: clocks)
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            readHead(head, context)
        case .body(let part):
            state.bodyPart(part.readableBytes, at: .now())
            if !isDiscarding { context.fireChannelRead(data) }
        case .end:
            state.end(at: .now())
            if !isDiscarding { context.fireChannelRead(data) }
        }
    }

    private func readHead(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        if let fault = HeadCheck.fault(in: head) {
            isDiscarding = true
            if state.refusedHead() == .forward { answerWhenDue(fault, context) }
            return
        }
        let length = HeadCheck.bodyLength(head)
        let action = state.head(at: .now(), keepAlive: head.isKeepAlive, bodyLength: length)
        guard action == .forward else {
            isDiscarding = true
            return
        }
        isDiscarding = false
        setTimer(context)
        if head.headers.contains(name: "expect"), state.openRequests == 1 {
            sendContinue(context)
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// Sent at once, since a body that is too long is announced as such and refused without it.
    private func sendContinue(_ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let parserError = error as? HTTPParserError else {
            // The codec after us could not make a request of the head it was given.
            context.fireErrorCaught(error)
            context.close(promise: nil)
            return
        }
        // After a message that said `Connection: close` nothing counts.
        if case .closedConnection = parserError { return }
        if state.malformed() {
            isDiscarding = true
            answerWhenDue(ErrorResponses.problem(for: parserError), context)
        } else {
            context.fireErrorCaught(parserError)
        }
    }

    // MARK: Out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.status.code >= 200 {
                let wantsClose = head.headers[canonicalForm: "connection"].contains("close")
                if state.answerHead(at: .now(), wantsClose: wantsClose), !wantsClose {
                    head.headers.replaceOrAdd(name: "connection", value: "close")
                }
                if isSecure {
                    head.headers.add(
                        name: "strict-transport-security", value: Self.strictTransport)
                }
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            writePiece(data, promise, context)
        case .end:
            writeEnd(data, promise, context)
        }
    }

    // A long answer is sent piece by piece as the client takes them, and its end may never be reached.
    private func writePiece(
        _ data: NIOAny, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
    ) {
        state.piece(at: .now())
        let taken = promise ?? context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        taken.futureResult.whenComplete { _ in bound.value.state.pieceTaken(at: .now()) }
        setTimer(context)
        context.write(data, promise: taken)
    }

    private func writeEnd(
        _ data: NIOAny, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
    ) {
        let action = state.answerEnd(at: .now())
        setTimer(context)
        let flushed = promise ?? context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        flushed.futureResult.whenComplete { _ in
            let (guardian, context) = bound.value
            guardian.answered(action, context)
        }
        if action == .keep {
            context.write(data, promise: flushed)
        } else {
            context.writeAndFlush(data, promise: flushed)
        }
    }

    private func answered(_ action: ConnectionState.AnswerAction, _ context: ChannelHandlerContext)
    {
        state.answerFlushed(at: .now())
        if let fault = pendingFault, state.openRequests == 0 {
            pendingFault = nil
            return answer(fault, context)
        }
        switch action {
        case .keep: setTimer(context)
        case .close: context.close(promise: nil)
        case .linger: linger(context)
        }
    }

    // MARK: Answers of our own, and the end

    private func answerWhenDue(_ fault: Problem, _ context: ChannelHandlerContext) {
        if state.openRequests == 0 { answer(fault, context) } else { pendingFault = fault }
    }

    private func answer(_ fault: Problem, _ context: ChannelHandlerContext) {
        var fault = fault
        fault.requestId = RequestId.make()
        let body = fault.bytes
        var headers = HTTPHeaders(
            ErrorResponses.headers(for: fault).map { ($0.name.rawName, $0.value) })
        headers.add(name: "connection", value: "close")
        headers.add(name: "content-length", value: String(body.count))
        if isSecure {
            headers.add(name: "strict-transport-security", value: Self.strictTransport)
        }
        let head = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: fault.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let buffer = context.channel.allocator.buffer(bytes: body)
        context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        let sent = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in bound.value.0.linger(bound.value.1) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }

    /// Stops writing, goes on reading into nothing for a moment, and closes.
    private func linger(_ context: ChannelHandlerContext) {
        isDiscarding = true
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        _ = context.eventLoop.scheduleTask(in: Limits.lingering) {
            bound.value.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            guard state.stop() else { return }
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            _ = context.eventLoop.scheduleTask(in: Limits.stopGrace) {
                let (guardian, context) = bound.value
                if guardian.state.openRequests == 0 { context.close(promise: nil) }
            }
        case let event as ChannelEvent where event == .inputClosed && state.openRequests == 0:
            context.close(promise: nil)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    // MARK: Clock

    func channelActive(context: ChannelHandlerContext) {
        setTimer(context)
        context.fireChannelActive()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { setTimer(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    /// One timer a connection, moved only when it fires: a request costs no scheduling. No deadline
    /// is ever sooner than one that was set before it, save those with a timer of their own.
    private func setTimer(_ context: ChannelHandlerContext) {
        guard timer == nil, let deadline = state.deadline else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (guardian, context) = bound.value
            guardian.timer = nil
            switch guardian.state.timer(at: .now()) {
            case .lookAgain: guardian.setTimer(context)
            case .close: context.close(promise: nil)
            case .failBody: context.fireErrorCaught(BodyTooSlow())
            case .rest: break
            }
        }
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
