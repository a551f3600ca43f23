// Notices and warnings go to the logger; without a receiver libpq writes them to standard error.

internal import CLibPQ
internal import Logging

/// Receives a connection's notices on its thread.
final class NoticeSink {
    private let logger: Logger
    /// WARNINGs since an exchange began: a COMMIT that did not wait for its standby says so in one.
    private(set) var warnings: [ServerDiagnostics] = []

    init(logger: Logger) {
        self.logger = logger
    }

    func forgetWarnings() {
        if !warnings.isEmpty { warnings = [] }
    }

    /// Must be undone by closing the connection before this object goes.
    func attach(to connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { raw, result in
                guard let raw, let result else { return }
                Unmanaged<NoticeSink>.fromOpaque(raw).takeUnretainedValue()
                    .receive(ServerResult.diagnostics(of: result))
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func receive(_ notice: ServerDiagnostics) {
        if notice.severity == "WARNING" { warnings.append(notice) }
        let level: Logger.Level = notice.severity == "WARNING" ? .warning : .debug
        logger.log(
            level: level, "PostgreSQL notice",
            metadata: [
                "severity": "\(notice.severity)", "sqlstate": "\(notice.sqlState)",
                "message": "\(notice.message)",
            ])
    }
}
