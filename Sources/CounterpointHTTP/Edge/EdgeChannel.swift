// How a connection is taken apart: parser with our limits, our guard, Hummingbird's own loop.
// HTTP/1.1 only; TLS ends in the proxy before the service.

public import HummingbirdCore
public import Logging
public import NIOCore
import NIOHTTP1
public import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One accepted connection, as `HTTP1Channel` is, with our guard in it.
///
/// Not `HTTP1Channel` itself: its extra handlers come after the conversion that drops the version,
/// repeated Host fields and the raw target, and its answer to a malformed request has no body.
public struct EdgeChannel: ServerChildChannel, HTTPChannelHandler {
    /// Parts in, parts out.
    public typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// What answers the requests.
    public let responder: HTTPChannelHandler.Responder

    /// Lays out the handlers of one connection.
    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Limits.parserFieldBytes
            limits.maxHeaderListSize = Limits.parserBlockBytes
            limits.maxHeaderFieldCount = Limits.headerFields
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false,
                withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: limits)
            try pipeline.addHandler(ConnectionGuard())
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    /// Answers requests one after the other until the connection ends.
    public func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 with the limits of `Limits`.
    static var edge: HTTPServerBuilder {
        HTTPServerBuilder { EdgeChannel(responder: $0) }
    }
}
