// What the tests of signing in share: narrower tokens, what was refused as one word, and a session of the service's own
// login into which a statement was slipped.

import CounterpointModel
import CounterpointRecords
import Postgres
import TestCluster
import TestRegistry

extension TestWorld {
    /// Another token of the same person, with only these scopes.
    func narrowed(_ caller: Caller, to scopes: [TokenScope]) async throws -> Caller {
        Caller(.token(try await issued(caller, scopes).secret), requestId: "test")
    }

    func issued(_ caller: Caller, _ scopes: [TokenScope]? = nil) async throws -> IssuedToken {
        let me = try await registry.me(as: caller)
        return try await registry.issueToken(
            NewToken(principalId: me.principal.id, label: "another", scopes: scopes), as: caller
        ).get()
    }

    /// Runs statements in one transaction of the service's login, after it has signed this caller in. What the database
    /// said, as SQLSTATE; nil when it did it all.
    func slipIn(_ statements: String, as caller: Caller) async throws -> String? {
        guard case .token(let secret) = caller.credential else { return "no token" }
        return try await test.slipIn(
            "select set_config('role', b.role, true) from sec.begin('\(secret.text)') b; "
                + statements)
    }
}

extension TestRegistry {
    /// The same without signing in.
    func slipIn(_ statements: String) async throws -> String? {
        let service = try database.settings(user: "counterpoint_service")
        return try await database.withDatabase(service) { session in
            do {
                _ = try await session.withoutTransaction("begin; \(statements); commit;")
                return nil
            } catch let error as PostgresError {
                return error.server?.sqlState.rawValue ?? "\(error.kind)"
            }
        }
    }
}

/// What was refused, as one word: the code where there is one. Nil when nothing was.
func refusal<Value>(_ body: () async throws -> Value) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch let error as RegistryError {
        switch error {
        case .unauthenticated: return "unauthenticated"
        case .scopeNeeded(let scope): return scope.lackingCode
        case .forbidden(let refusal), .refused(let refusal): return refusal.code
        case .conflict(let conflict): return conflict.code
        case .notFound: return "notFound"
        case .invalid(let input): return input.faults.first?.code
        default: return "\(error)"
        }
    } catch {
        return "\(error)"
    }
}
