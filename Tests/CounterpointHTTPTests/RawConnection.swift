// Bytes to a port and back, for requests that no client library would send.

import HummingbirdTesting
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import CounterpointHTTP

struct RawConnection {
    typealias Channel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Opens a connection, runs `body`, closes it.
    static func to<Value: Sendable>(
        _ port: Int, tls: NIOSSLContext? = nil,
        _ body:
            @Sendable @escaping (RawConnection.Lines, NIOAsyncChannelOutboundWriter<ByteBuffer>)
            async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    return try Channel(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(Lines(inbound), outbound)
        }
    }

    /// Sends `text` and reads until the other side closes, for at most `limit`.
    static func exchange(
        _ port: Int, _ text: String, tls: NIOSSLContext? = nil, endsAfterSending: Bool = false,
        limit: Duration = .seconds(8)
    ) async throws -> String {
        try await to(port, tls: tls) { lines, outbound in
            try await outbound.write(ByteBuffer(string: text))
            if endsAfterSending { outbound.finish() }
            return await lines.rest(for: limit)
        }
    }

    /// What comes in.
    final class Lines: Sendable {
        private let stream: AsyncStream<String>
        private let pump: Task<Void, Never>

        init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) {
            let (stream, continuation) = AsyncStream.makeStream(of: String.self)
            self.stream = stream
            pump = Task {
                do {
                    for try await buffer in inbound { continuation.yield(String(buffer: buffer)) }
                } catch {}
                continuation.finish()
            }
        }

        deinit { pump.cancel() }

        /// Everything until the end, or until `limit` has passed.
        func rest(for limit: Duration) async -> String {
            await until("\u{0}\u{0}never", for: limit)
        }

        /// Everything up to and including `mark`.
        func until(_ mark: String, for limit: Duration = .seconds(30)) async -> String {
            let clock = Task { try? await Task.sleep(for: limit) }
            let reading = Task {
                var text = ""
                for await part in stream {
                    text += part
                    if text.contains(mark) { break }
                }
                return text
            }
            let stopper = Task {
                await clock.value
                reading.cancel()
            }
            let text = await reading.value
            clock.cancel()
            stopper.cancel()
            return text
        }
    }
}

/// Runs the bench's endpoints on a port of their own.
func withPort(
    eventLoops: Int = 1, edge: EdgeParts = EdgeParts(),
    _ body: @Sendable (Int) async throws -> Void
) async throws {
    try await Bench.application(eventLoops: eventLoops, edge: edge).test(.live) {
        client async throws -> Void in
        try await body(try #require(client.port))
    }
}

/// A request for the bench as bytes.
func request(
    _ line: String = "GET /open HTTP/1.1", fields: [String] = ["Host: a"], body: String = ""
) -> String {
    "\(line)\r\n" + fields.map { "\($0)\r\n" }.joined() + "\r\n\(body)"
}
