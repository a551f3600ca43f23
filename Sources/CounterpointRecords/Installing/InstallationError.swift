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
            self.init(.away, "The database cannot be reached: \(said)\(Self.remedy(said))")
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

    /// What to do about the three things that a new installation stumbles over. A server that speaks another language
    /// says them in other words; its message then stands alone.
    private static func remedy(_ said: String) -> String {
        if said.contains("role \"counterpoint_"), said.contains("does not exist") {
            return "\nThe logins come with the schema: counterpoint schema migrate"
        }
        if said.contains("password authentication failed") {
            return
                "\nA login's password is set anew, and its address printed, by: counterpoint schema "
                + "operator-login (or service-login)"
        }
        if said.contains("database \""), said.contains("does not exist") {
            return "\nMake it (createdb), and then run: counterpoint schema migrate"
        }
        return ""
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
