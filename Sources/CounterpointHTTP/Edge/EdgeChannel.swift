// How a connection is taken apart: TLS if the service has a certificate, parser with our limits,
// our guard, Hummingbird's own loop. HTTP/1.1 only.

public import HummingbirdCore
public import Logging
public import NIOCore
import NIOHTTP1
public import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOSSL

/// What all connections of a service share.
struct EdgeParts: Sendable {
    /// Nil: no TLS, which then ends in the proxy before the service.
    var tls: TLSKeeper?
    var census = ConnectionCensus(most: Limits.connectionsPerAddress)
    var clocks = ConnectionClocks()
    /// Connections at one time; the next wait in the kernel's queue.
    var connections = Limits.connections
}

/// One accepted connection, as `HTTP1Channel` is, with our guard in it.
///
/// Not `HTTP1Channel` itself: its extra handlers come after the conversion that drops the version,
/// repeated Host fields and the raw target, and its answer to a malformed request has no body.
public struct EdgeChannel: ServerChildChannel, HTTPChannelHandler {
    /// Parts in, parts out.
    public typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// What answers the requests.
    public let responder: HTTPChannelHandler.Responder
    let parts: EdgeParts

    /// One more than its address may have: closed without a word, which costs least.
    struct TooManyConnections: Error {}

    /// Lays out the handlers of one connection.
    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let key = parts.census.key(of: channel.remoteAddress)
            guard parts.census.enter(key) else {
                channel.close(promise: nil)
                throw TooManyConnections()
            }
            channel.closeFuture.whenComplete { [census = parts.census] _ in census.leave(key) }
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Limits.parserFieldBytes
            limits.maxHeaderListSize = Limits.parserBlockBytes
            limits.maxHeaderFieldCount = Limits.headerFields
            let pipeline = channel.pipeline.syncOperations
            if let tls = parts.tls {
                try pipeline.addHandler(NIOSSLServerHandler(context: tls.context))
            }
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false,
                withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: limits)
            try pipeline.addHandler(
                ConnectionGuard(isSecure: parts.tls != nil, clocks: parts.clocks))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: parts.tls != nil))
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
    static func edge(_ parts: EdgeParts = EdgeParts()) -> HTTPServerBuilder {
        HTTPServerBuilder { EdgeChannel(responder: $0, parts: parts) }
    }
}
