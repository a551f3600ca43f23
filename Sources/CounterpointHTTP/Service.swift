// The HTTP service as one lifecycle service: routes, limits, address.

public import CounterpointRecords
import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle

/// Where the service listens, and with how many threads.
public struct ListenAddress: Sendable, Hashable {
    /// Host name or IP address.
    public var host: String
    /// Port; 0 takes a free one.
    public var port: Int
    /// Threads that read and write sockets.
    public var eventLoops: Int
    /// Connections that one address may have open; nil: as many as `Limits` says.
    public var connectionsPerAddress: Int?

    /// An address, its threads, and its share.
    public init(
        host: String, port: Int, eventLoops: Int = 1, connectionsPerAddress: Int? = nil
    ) {
        self.host = host
        self.port = port
        self.eventLoops = eventLoops
        self.connectionsPerAddress = connectionsPerAddress
    }
}

/// Answers HTTP requests from a registry until it is told to stop.
///
/// Put it after the database in a `ServiceGroup`, so that it stops first: it then takes no new
/// connection, answers what it has accepted, and ends.
public struct HTTPService: Service {
    private let application: Application<FrontDoor>
    private let use: TokenUse

    /// - Parameters:
    ///   - signingIn: how often callers may ask, and by what else than our own tokens they sign in.
    ///   - metrics: what `/metrics` shows; bootstrap the metrics system with the same one.
    ///   - tls: the certificate to show; nil where TLS ends in a proxy before the service.
    ///   - onListening: called once with the port that is listened on.
    public init(
        registry: Registry, metrics: PrometheusMetrics, address: ListenAddress,
        tls: TLSKeeper? = nil, signingIn: SigningIn = .unlimited, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        let endpoints = Routes.all(registry: registry, metrics: metrics)
        use = TokenUse(logger: logger) { try await registry.noteUse(of: $0) }
        application = Self.application(
            endpoints: endpoints, address: address,
            edge: EdgeParts(
                tls: tls,
                census: ConnectionCensus(
                    most: address.connectionsPerAddress ?? Limits.connectionsPerAddress)),
            signingIn: signingIn, use: use, logger: logger,
            authenticate: { _ = try await registry.me(as: $0) }, onListening: onListening)
    }

    /// The address is taken, or not ours to listen on.
    public struct CannotListen: Error, Sendable {
        /// What the system said.
        public let reason: String
    }

    /// Runs until graceful shutdown. Throws ``CannotListen`` when it cannot begin.
    public func run() async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [use] in await use.keepWriting() }
                try await application.run()
                group.cancelAll()
            }
            // Nobody asks any more, and the database is still there: services stop in turn.
            await use.flush()
        } catch let error as IOError {
            throw CannotListen(reason: error.description)
        }
    }

    /// The application over any endpoints; tests bring their own.
    static func application(
        endpoints: [Endpoint], address: ListenAddress, edge: EdgeParts = EdgeParts(),
        signingIn: SigningIn = .unlimited, use: TokenUse? = nil, logger: Logger,
        authenticate: @escaping @Sendable (Caller) async throws -> Void,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> Application<FrontDoor> {
        let parts = DoorParts(
            turnstile: Turnstile(signingIn.limits, proxies: signingIn.proxies), use: use,
            authenticate: authenticate)
        let router = Router(context: RequestScope.self)
        for endpoint in endpoints {
            let responder = EndpointResponder(endpoint: endpoint, parts: parts)
            let path = RouterPath(endpoint.path.text)
            router.on(path, method: endpoint.method, responder: responder)
            if endpoint.method == .get { router.on(path, method: .head, responder: responder) }
        }
        let door = FrontDoor(
            router: router.buildResponder(), endpoints: endpoints, traffic: Traffic())
        return Application(
            responder: door,
            server: .edge(edge),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), backlog: Limits.backlog,
                availableConnectionsDelegate: .maximum(edge.connections, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(
                MultiThreadedEventLoopGroup(numberOfThreads: address.eventLoops)),
            logger: logger)
    }
}
