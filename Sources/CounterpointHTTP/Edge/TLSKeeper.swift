// Holds the certificate that new connections are shown, and takes a renewed one while the service
// runs: certificates live for weeks, a service for months, and nobody should have to restart it.

import CounterpointModel
import FoundationEssentials
import Glibc
public import Logging
import NIOSSL
public import ServiceLifecycle
import Synchronization

/// Keeps the service's certificate current. Run it in the service group beside the HTTP service.
public final class TLSKeeper: Service {
    /// Why the files cannot be used.
    public struct Unusable: Error, Sendable {
        /// Every reason, one a line, ready to be shown.
        public let problems: [String]
    }

    /// How often the files are looked at. Renewal comes days before the end, so a minute is soon.
    static let lookEvery = Duration.seconds(60)
    /// From here on the end is told of in the log, once a day: time to find out why nobody renewed.
    static let warnBefore = Duration.seconds(14 * 86_400)

    private struct State {
        var identity: TLSIdentity
        var marks: [FileMark]
        var lastWarning: ContinuousClock.Instant?
    }

    private let files: TLSFiles
    private let logger: Logger
    private let state: Mutex<State>

    /// Reads the files; throws ``Unusable`` with everything that is wrong with them.
    public init(_ files: TLSFiles, logger: Logger) throws(Unusable) {
        self.files = files
        self.logger = logger
        let marks = FileMark.of(files)
        do {
            state = Mutex(State(identity: try TLSIdentity(files), marks: marks))
        } catch {
            throw Unusable(problems: error.problems)
        }
    }

    /// What the next connection is made from.
    var context: NIOSSLContext { state.withLock { $0.identity.context } }

    /// Reads the files again. What cannot be used is told in the log and changes nothing.
    public func reload() {
        let marks = FileMark.of(files)
        do {
            let fresh = try TLSIdentity(files)
            state.withLock { $0 = State(identity: fresh, marks: marks) }
            logger.notice(
                "certificate taken", metadata: ["expires": .stringConvertible(fresh.expires)])
        } catch {
            // Marked as seen: half of a renewal is not complained about again before its other half.
            state.withLock { $0.marks = marks }
            logger.error(
                "certificate not taken, the one before stays",
                metadata: ["problems": .array(error.problems.map { .string($0) })])
        }
    }

    /// Looks at the files until graceful shutdown.
    public func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                self.warnOfTheEnd()
                try await Task.sleep(for: Self.lookEvery)
                self.look()
            }
        }
    }

    /// Reloads if a file is not the one that was read.
    func look() {
        if FileMark.of(files) != state.withLock({ $0.marks }) { reload() }
    }

    private func warnOfTheEnd() {
        let now = ContinuousClock.now
        let expires = state.withLock { state -> String? in
            let seconds = state.identity.secondsLeft
            guard seconds < Self.warnBefore.components.seconds,
                state.lastWarning.map({ now - $0 > .seconds(86_400) }) ?? true
            else { return nil }
            state.lastWarning = now
            return state.identity.expires.description
        }
        if let expires {
            logger.warning("the certificate ends soon", metadata: ["expires": .string(expires)])
        }
    }
}

/// What tells one version of a file from another without reading it.
private struct FileMark: Equatable {
    var file: Int?
    var size: Int?
    var changed: Date?

    static func of(_ files: TLSFiles) -> [FileMark] {
        [files.certificate, files.key].map { path in
            // A link is followed: certificates are often renewed by turning one.
            let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? path
            let facts = try? FileManager.default.attributesOfItem(atPath: path)
            return FileMark(
                file: facts?[.systemFileNumber] as? Int, size: facts?[.size] as? Int,
                changed: facts?[.modificationDate] as? Date)
        }
    }
}

extension TLSIdentity {
    fileprivate var secondsLeft: Int64 {
        expires.microsecondsSince2000 / 1_000_000 - Int64(time(nil) - 946_684_800)
    }
}
