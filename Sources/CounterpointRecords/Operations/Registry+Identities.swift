// Linking users of an OpenID provider to principals. Administrators do it, on the host; the provider decides nothing but
// who somebody is.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// Which identities to list; nil asks for all.
public struct IdentityFilter: ListFilter {
    public var principal: Principal.ID?
    public init() {}
}

extension Registry {
    /// From now on this user of the provider is that principal.
    public func linkIdentity(
        issuer: String, subject: String, to principal: Principal.ID, as caller: Caller,
        once: Once<PrincipalIdentity>? = nil
    ) async throws -> Outcome<PrincipalIdentity> {
        try await write(.managePrincipals, as: caller, once: once) { transaction, _ in
            for (name, text) in [("issuer", issuer), ("subject", subject)] {
                guard (1...PrincipalIdentity.bytesMax).contains(text.utf8.count),
                    !text.unicodeScalars.contains(where: { $0.value < 0x20 })
                else {
                    throw InvalidInput(
                        "/\(name)", "badLength",
                        "It has 1 to \(PrincipalIdentity.bytesMax) bytes, as in the provider's tokens."
                    )
                }
            }
            let holder = try Self.principal(principal, in: transaction).principal
            guard holder.role != .administrator else {
                throw Refusal(
                    "administratorsOnHost",
                    "Administrators act on the host and never sign in over the network.")
            }
            let id = PrincipalIdentity.ID.random()
            try transaction.enqueue(Query(Identities.insert, id, issuer, subject, principal))
            let made = try Self.identity(id, in: transaction)
            try transaction.audit(
                "identity.linked", "identity", id.uuid, programme: nil,
                organisation: holder.organisationId, by: caller, after: made.document)
            return made
        }
    }

    /// Ends a link; the identity opens nothing from the next request on. Ending an ended one changes nothing.
    public func unlinkIdentity(
        _ id: PrincipalIdentity.ID, as caller: Caller, once: Once<PrincipalIdentity>? = nil
    ) async throws -> Outcome<PrincipalIdentity> {
        try await write(.managePrincipals, as: caller, once: once) { transaction, _ in
            let before = try Self.identity(id, in: transaction)
            guard before.endedAt == nil else { return before }
            try transaction.enqueue(Query(Identities.end, id))
            let after = try Self.identity(id, in: transaction)
            try transaction.audit(
                "identity.unlinked", "identity", id.uuid, programme: nil, organisation: nil,
                by: caller, before: before.document, after: after.document)
            return after
        }
    }

    public func identities(
        _ filter: IdentityFilter, page request: PageRequest, as caller: Caller
    ) async throws -> Page<PrincipalIdentity> {
        try await read(.readPrincipals, as: caller) { transaction, reader in
            let cursor = Cursor(list: "identities", filter: filter, reader: reader)
            let after = try request.cursor.map { try cursor.position($0) }
            let rows = try transaction.rows(
                Query(
                    Identities.list, after?.createdAt,
                    after.map { PrincipalIdentity.ID($0.id) }, request.limit + 1, filter.principal,
                    decode: PrincipalIdentity.init(row:)))
            return Self.page(rows, request, cursor) {
                Position(createdAt: $0.createdAt, id: $0.id.uuid)
            }
        }
    }

    private static func identity(
        _ id: PrincipalIdentity.ID, in transaction: borrowing Transaction
    ) throws -> PrincipalIdentity {
        let found = try transaction.row(
            Query(Identities.byId, id, decode: PrincipalIdentity.init(row:)))
        guard let found else { throw RegistryError.notFound(.identity) }
        return found
    }
}

extension PrincipalIdentity {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), issuer: try row.next(), subject: try row.next(),
            principalId: try row.next(), createdAt: try row.next(), endedAt: try row.next())
    }
}
