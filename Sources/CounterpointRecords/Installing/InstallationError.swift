// Why a tool on the host cannot work with a database. Unlike `RegistryError`, which strangers read, these texts are for
// the person who runs the installation and say what the server said.

import Postgres

/// A fault of the installation or of the way it is used; the text says what to do.
public struct InstallationError: Error, Sendable, Hashable {
    /// What kind of thing is wrong, and so how a tool ends.
    public enum Kind: Sendable, Hashable {
        /// The server cannot be reached, or is not in a state to answer.
        case away
        /// The login may not do this.
        case notPermitted
        /// An address, folder or file is wrong.
        case wrongInput
        /// Something that must not happen.
        case unexpected
    }

    public var kind: Kind
    public var detail: String

    public init(_ kind: Kind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }
}

extension InstallationError {
    init(_ error: PostgresError) {
        let said = error.server.map(\.message) ?? error.detail
        switch error.kind {
        case .connecting:
            self.init(.away, "The database cannot be reached: \(said)")
        case .poolExhausted, .connectionLost, .shuttingDown, .deadline, .cancelled:
            self.init(
                .away,
                "The database went away or did not answer in time (\(error.kind.rawValue)). \(said)"
            )
        case .server where error.sqlState == .insufficientPrivilege:
            self.init(.notPermitted, "This login may not do that: \(said)")
        default:
            self.init(.unexpected, error.debugDescription)
        }
    }
}

/// Runs `body`, turning what the driver throws into what a person can act on.
func forOperators<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let error as PostgresError {
        throw InstallationError(error)
    } catch let error as MigrationError {
        throw InstallationError(error)
    }
}
