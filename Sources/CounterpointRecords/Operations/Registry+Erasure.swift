// Forgetting people: what the record and its log hold of them is destroyed; that it was done is an entry of the log.

public import CounterpointModel
import Postgres

/// What an erasure did.
public struct Erasure: Sendable, Hashable {
    /// Entries of the log whose content was destroyed.
    public var entries: Int
}

extension Registry {
    /// Forgets a principal: its name, its tokens' labels and what the log says of both. It cannot sign in any more; its
    /// id stays. Erasing it again does nothing but for what came since.
    public func erasePrincipal(
        _ id: Principal.ID, reason: String, as caller: Caller
    ) async throws -> Erasure {
        try await erase(
            Query(Audit.erasePrincipal, id, reason, caller.requestId, decode: Self.erasure),
            as: caller)
    }

    /// Forgets a contact of an organisation, named exactly, or by the mark that an earlier erasure left in the log: so
    /// an erasure is done again after a backup from before it was restored. Throws the refusal `noSuchContact`.
    public func forgetContact(
        _ contact: ForgottenContact, of organisation: Organisation.ID, reason: String,
        as caller: Caller
    ) async throws -> Erasure {
        try await erase(
            Query(
                Audit.forgetContact, organisation, contact.name, contact.mark, reason,
                caller.requestId, decode: Self.erasure), as: caller)
    }

    /// Every erasure that the log knows, each once, in the order in which they were done first: to be kept where a restore
    /// of the database does not reach.
    public func erasures(as caller: Caller) async throws -> [PastErasure] {
        var found: [PastErasure] = []
        for action in [PastErasure.principalErased, PastErasure.contactForgotten] {
            var filter = AuditFilter()
            filter.action = action
            var page = PageRequest(limit: PageRequest.maximumLimit)
            repeat {
                let entries = try await auditEntries(filter, page: page, as: caller)
                found += entries.items.compactMap(PastErasure.init(entry:))
                page.cursor = entries.next
            } while page.cursor != nil
        }
        var seen: Set<PastErasure.Subject> = []
        return found.sorted { $0.at < $1.at }.filter { seen.insert($0.subject).inserted }
    }

    /// Does an erasure again, after a backup from before it was restored. Nil: what it was about is not there, or nothing
    /// of it is left.
    public func eraseAgain(_ past: PastErasure, as caller: Caller) async throws -> Erasure? {
        do {
            switch past.subject {
            case .principal(let id):
                return try await erasePrincipal(id, reason: past.reason, as: caller)
            case .contact(let mark, let organisation):
                return try await forgetContact(
                    .marked(mark), of: organisation, reason: past.reason, as: caller)
            }
        } catch RegistryError.notFound {
            return nil
        } catch RegistryError.refused(let refusal) where refusal.code == "noSuchContact" {
            return nil
        }
    }

    /// Which contact is meant.
    public enum ForgottenContact: Sendable, Hashable {
        case named(String)
        case marked(String)

        fileprivate var name: String? { if case .named(let name) = self { name } else { nil } }
        fileprivate var mark: String? { if case .marked(let mark) = self { mark } else { nil } }
    }

    private func erase(_ query: Query<Erasure>, as caller: Caller) async throws -> Erasure {
        let outcome = try await write(.managePrincipals, as: caller, once: nil) { transaction, _ in
            try transaction.row(query)!
        }
        guard case .done(let erasure) = outcome else {
            throw RegistryError.internalFault("a replay without a key")
        }
        return erasure
    }

    @Sendable private static func erasure(_ row: inout RowReader) throws -> Erasure {
        Erasure(entries: Int(try row.next(Int32.self)))
    }
}
