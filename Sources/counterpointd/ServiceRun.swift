// One run of the service, from checked settings to its end.

import CounterpointHTTP
import CounterpointRecords
import CounterpointSettings
import Glibc
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals

struct ServiceRun {
    /// A stop may take so long: longer than any request should run (the database ends transactions
    /// after 8 s of a stop), shorter than what supervisors wait before they kill.
    private static let stopDuration = Duration.seconds(10)

    private let settings: ServiceSettings
    private let metrics = PrometheusMetrics()
    private let logger: Logger

    init(_ settings: ServiceSettings) {
        self.settings = settings
        let level = Logger.Level(rawValue: settings.logLevel.rawValue) ?? .info
        LoggingSystem.bootstrap { label in LineLog(label: label, logLevel: level) }
        MetricsSystem.bootstrap(metrics)
        logger = Logger(label: "counterpointd")
    }

    func untilStopped() async -> Result<Void, StartRefusal> {
        Self.prepareProcess()
        do {
            let tls = try certificate()
            let signingIn = try signingIn()
            let opened = try Registry.open(
                databaseURL: settings.databaseURL, readURL: settings.databaseReadURL,
                poolSize: settings.poolSize, logger: logger)
            let schemaLevel = try await check(opened.registry)
            try await run(opened, tls, signingIn, schemaLevel: schemaLevel)
            logger.notice("stopped")
            return .success(())
        } catch let refusal as StartRefusal {
            return .failure(refusal)
        } catch let unreadable as Registry.UnreadableAddress {
            let name = unreadable.isReplica ? "DATABASE_READ_URL" : "DATABASE_URL"
            return .failure(
                StartRefusal(
                    EX_CONFIG, "The settings are not right:",
                    ["\(name) is no connection URI that libpq understands (it is not shown here)."])
            )
        } catch {
            return .failure(
                StartRefusal(EX_SOFTWARE, "The service ended by a fault:", ["\(error)"]))
        }
    }

    // MARK: Steps

    /// A client that goes away must not end the process, and connections are descriptors: the
    /// usual soft limit of 1,024 is less than the connections that are taken.
    private static func prepareProcess() {
        signal(SIGPIPE, SIG_IGN)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// The certificate to show, if the settings name one; a bad one stops the start.
    private func certificate() throws -> TLSKeeper? {
        guard let files = settings.tls else { return nil }
        do {
            return try TLSKeeper(
                TLSFiles(certificate: files.certificate, key: files.key), logger: logger)
        } catch {
            throw StartRefusal(
                EX_CONFIG,
                "COUNTERPOINT_TLS_CERTIFICATE and COUNTERPOINT_TLS_KEY cannot be used:",
                error.problems)
        }
    }

    /// The rules of the door, from settings that only it can read.
    private func signingIn() throws -> SigningIn {
        let said = settings.signingIn
        guard let proxies = TrustedProxies(said.trustedProxies ?? "") else {
            throw StartRefusal(
                EX_CONFIG, "The settings are not right:",
                [
                    "COUNTERPOINT_TRUSTED_PROXIES holds something that is neither an address nor a "
                        + "network, as 10.0.0.0/8."
                ])
        }
        return SigningIn(
            requestsPerSecond: said.rateLimit, strangersPerSecond: said.strangersLimit,
            proxies: proxies)
    }

    /// Refuses to serve from an installation that cannot be relied on.
    private func check(_ registry: Registry) async throws -> Int {
        let report: InstallationReport
        do {
            report = try await registry.checkInstallation()
        } catch {
            throw StartRefusal(
                EX_UNAVAILABLE, "The database cannot be reached.",
                [
                    "Is it running, and is DATABASE_URL right? The log above says what was tried.",
                    "`counterpoint doctor` looks more closely.",
                ])
        }
        let faults =
            settings.allowsOldPostgres ? report.faults.map(\.toleratingOldServer) : report.faults
        for fault in faults where !fault.isFatal {
            logger.warning(
                "installation", metadata: ["code": "\(fault.code)", "detail": "\(fault.detail)"])
        }
        let fatal = faults.filter(\.isFatal)
        guard fatal.isEmpty else {
            throw StartRefusal(
                EX_CONFIG, "This installation cannot be relied on:",
                fatal.map { "\($0.code): \($0.detail)" })
        }
        return report.schemaLevel
    }

    /// Services stop in the reverse of this order: HTTP first, so that what it has accepted still
    /// finds its database.
    private func run(
        _ opened: Registry.Opened, _ tls: TLSKeeper?, _ signingIn: SigningIn, schemaLevel: Int
    ) async throws {
        let http = HTTPService(
            registry: opened.registry, metrics: metrics,
            address: ListenAddress(
                host: settings.host, port: settings.port, eventLoops: settings.eventLoops,
                connectionsPerAddress: settings.connectionsPerAddress),
            tls: tls, signingIn: signingIn, logger: logger
        ) { [logger, settings] port in
            logger.notice(
                "ready",
                metadata: [
                    "address": "\(settings.host):\(port)", "tls": "\(tls != nil)",
                    "schema": "\(schemaLevel)",
                    "poolSize": "\(opened.poolSize)", "eventLoops": "\(settings.eventLoops)",
                ])
        }
        var configuration = ServiceGroupConfiguration(
            services: opened.databases + (tls.map { [$0, RenewOnHangup(tls: $0)] } ?? []) + [http],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.stopDuration
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as HTTPService.CannotListen {
            throw StartRefusal(
                EX_CONFIG, "\(settings.host):\(settings.port) cannot be listened on.",
                ["\(error.reason)", "Choose COUNTERPOINT_HOST and COUNTERPOINT_PORT otherwise."])
        }
    }
}

/// Reads the certificate again on SIGHUP, as renewal scripts are used to.
private struct RenewOnHangup: Service {
    let tls: TLSKeeper

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            tls.reload()
        }
    }
}

extension InstallationFault {
    /// What stops the start of an old server, as a warning.
    fileprivate var toleratingOldServer: InstallationFault {
        var fault = self
        if fault.code == "serverBelowFloor" { fault.isFatal = false }
        return fault
    }
}
