// When tokens were last used: noted while requests run, written once a minute in one statement, in nobody's way.

import CounterpointModel
import CounterpointRecords
import Logging
import Synchronization

final class TokenUse: Sendable {
    /// Between two writes; a token's time is coarse anyway (the database writes at most once a minute).
    private static let interval = Duration.seconds(60)
    /// Tokens noted in one interval; beyond it their time comes with the next.
    private static let notedMax = 10_000

    private let noted = Mutex<Set<Token.ID>>([])
    private let write: @Sendable ([Token.ID]) async throws -> Void
    private let logger: Logger

    init(logger: Logger, write: @escaping @Sendable ([Token.ID]) async throws -> Void) {
        self.logger = logger
        self.write = write
    }

    func note(_ token: Token.ID) {
        noted.withLock { if $0.count < Self.notedMax { $0.insert(token) } }
    }

    /// Writes now and then until cancelled.
    func keepWriting() async {
        while (try? await Task.sleep(for: Self.interval)) != nil { await flush() }
    }

    /// Writes what has been noted; what cannot be written is not worth keeping.
    func flush() async {
        let tokens = noted.withLock { noted in
            defer { noted = [] }
            return Array(noted)
        }
        guard !tokens.isEmpty else { return }
        do {
            try await write(tokens)
        } catch {
            logger.warning(
                "the use of tokens was not noted",
                metadata: ["tokens": "\(tokens.count)", "error": "\(error)"])
        }
    }
}
