// From what the database says to what the caller is told. The one place that reads SQLSTATEs and constraint names.

import CounterpointModel
import FoundationEssentials
import Logging
import Postgres

extension Registry {
    func translatingErrors<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as RegistryError {
            throw error
        } catch let error as Refusal {
            throw RegistryError.refused(error)
        } catch let error as InvalidInput {
            throw RegistryError.invalid(error)
        } catch let error as PostgresError {
            throw translated(error)
        }
    }

    /// How long a caller waits before asking again when the database is away or crowded: long enough for a pool of
    /// waiters to drain, short enough for a person.
    static let retryAfterSeconds = 2

    private func translated(_ error: PostgresError) -> RegistryError {
        if error.isCommitUnknown { return .outcomeUnknown }
        switch error.kind {
        case .connecting, .poolExhausted, .connectionLost, .shuttingDown, .deadline:
            logger.warning(
                "database not available", metadata: ["error": "\(error.debugDescription)"])
            return .unavailable(retryAfterSeconds: Self.retryAfterSeconds)
        case .cancelled:
            return .unavailable(retryAfterSeconds: Self.retryAfterSeconds)
        case .server:
            return translated(error, error.server)
        default:
            logger.error("database error", metadata: ["error": "\(error.debugDescription)"])
            return .internalFault(error.description)
        }
    }

    private func translated(_ error: PostgresError, _ server: ServerDiagnostics?) -> RegistryError {
        guard let server else { return .internalFault(error.description) }
        switch server.sqlState.rawValue {
        case "28000":
            if server.message.hasPrefix("forged") {
                logger.critical(
                    "forged request context", metadata: ["statement": "\(error.statement ?? "")"])
            }
            return .unauthenticated
        case "CP002":
            return .refused(
                Refusal(
                    "outlivesIssuer",
                    "A token cannot live longer than what it is made with. Choose an earlier expiresAt."
                ))
        case "CP003":
            return .notFound(.principal)
        // The scope stands as the constraint.
        case "CP020":
            return server.constraint.flatMap(TokenScope.init(rawValue:)).map { .scopeNeeded($0) }
                ?? .internalFault(error.description)
        // Raised by the functions of schema/0006 and 0007 with a text for the caller and the code as constraint.
        case "CP010":
            return .refused(Refusal(server.constraint ?? "refused", server.message))
        case "CP011":
            return .conflict(
                Conflict(
                    code: server.constraint ?? "conflict", detail: server.message,
                    inTheWay: [server.detail.flatMap { UUID(uuidString: $0) }].compactMap { $0 }))
        case "CP012":
            return .notFound(.organisation)
        case "CP013":
            return .forbidden(Refusal(server.constraint ?? "notPermitted", server.message))
        case "55P03" where error.statement == IdempotencyKeys.claim.name:
            return .idempotencyInProgress
        case "55P03", "40001", "40P01":
            return .unavailable(retryAfterSeconds: 1)
        case "57014":
            return .unavailable(retryAfterSeconds: Self.retryAfterSeconds)
        case "57P01", "57P02", "57P03", "53300", "25006":
            return .unavailable(retryAfterSeconds: Self.retryAfterSeconds)
        case "23P01" where server.constraint == "nothing_is_counted_twice":
            return .conflict(
                Conflict(
                    code: "periodAlreadyReported",
                    detail: "A standing result set covers some of these days already."))
        default:
            // A rule of the database that no rule of the model caught first: a defect of ours, so it is logged whole.
            logger.error("database refused", metadata: ["error": "\(error.debugDescription)"])
            return .internalFault(error.description)
        }
    }
}
