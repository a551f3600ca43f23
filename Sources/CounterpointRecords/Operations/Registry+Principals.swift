// Who may sign in, and who the caller is.

public import CounterpointModel
import FoundationEssentials
import Postgres

/// The caller as the API shows it to itself.
public struct Me: Sendable {
    public var principal: Principal
    public var organisation: OrganisationView?
    public var programmes: [Programme.ID]
    public var tokenId: Token.ID?
    /// What the token may be used for.
    public var scopes: [TokenScope]

    public var document: JSONValue {
        [
            "principal": principal.document, "organisation": organisation?.document ?? .null,
            "programmes": .array(programmes.map { .string($0.text) }),
            "tokenId": .string(orNull: tokenId?.text),
            "scopes": .array(scopes.map { .string($0.rawValue) }),
            "may": .array(
                Act.allCases.filter { principal.role.may($0) && scopes.contains($0.scope) }
                    .map { .string($0.rawValue) }),
        ]
    }
}

/// Which principals to list; nil asks for all.
public struct PrincipalFilter: ListFilter {
    public var role: Role?
    public var organisation: Organisation.ID?
    public init() {}
}

extension Registry {
    /// Who the caller is and what they may do.
    public func me(as caller: Caller) async throws -> Me {
        try await read(nil, as: caller) { transaction, reader in
            let principal = try transaction.row(
                Query(Principals.byId, reader.principal, decode: StoredPrincipal.init(row:)))
            guard let principal else { throw RegistryError.notFound(.principal) }
            let organisation = try reader.organisation.map {
                try Self.view(of: $0, for: reader, in: transaction)
            }
            return Me(
                principal: principal.principal, organisation: organisation,
                programmes: reader.programmes, tokenId: reader.token,
                scopes: reader.scopes?.sorted() ?? reader.role.scopes)
        }
    }

    public func principals(
        _ filter: PrincipalFilter, page request: PageRequest, as caller: Caller
    ) async throws -> Page<Principal> {
        try await read(.readPrincipals, as: caller) { transaction, reader in
            let cursor = Cursor(list: "principals", filter: filter, reader: reader)
            let after = try request.cursor.map { try cursor.position($0) }
            let rows = try transaction.rows(
                Query(
                    Principals.list, after?.createdAt, after.map { Principal.ID($0.id) },
                    request.limit + 1,
                    filter.role?.rawValue, filter.organisation, decode: StoredPrincipal.init(row:)))
            return Self.page(rows, request, cursor) {
                Position(createdAt: $0.createdAt, id: $0.principal.id.uuid)
            }.map(\.principal)
        }
    }

    public func principal(_ id: Principal.ID, as caller: Caller) async throws -> Principal {
        try await read(.readPrincipals, as: caller) { transaction, _ in
            try Self.principal(id, in: transaction).principal
        }
    }

    /// Adds a principal; a manager also gets the programmes named.
    public func addPrincipal(
        _ new: NewPrincipal, managing programmes: [Programme.ID] = [], as caller: Caller
    ) async throws -> Principal {
        try await addPrincipal(new, managing: programmes, as: caller, once: nil).done()
    }

    /// The same once for each idempotency key.
    public func addPrincipal(
        _ new: NewPrincipal, managing programmes: [Programme.ID], as caller: Caller,
        once: Once<Principal>?
    ) async throws -> Outcome<Principal> {
        try await write(.managePrincipals, as: caller, once: once) { transaction, _ in
            let id = Principal.ID.random()
            try new.check()
            if let organisation = new.organisationId {
                _ = try Self.organisation(organisation, in: transaction)
            }
            guard programmes.isEmpty || new.role == .programmeManager else {
                throw Refusal("notAManager", "Only a programme manager manages programmes.")
            }
            try transaction.enqueue(
                Query(Principals.insert, id, new.name, new.role.rawValue, new.organisationId))
            for programme in programmes {
                _ = try Self.programme(programme, in: transaction)
                try transaction.enqueue(Query(Programmes.addManager, programme, id))
            }
            let made = try Self.principal(id, in: transaction).principal
            try transaction.audit(
                "principal.added", "principal", id.uuid, programme: nil,
                organisation: new.organisationId,
                by: caller, after: made.document)
            return made
        }
    }

    /// Ends a principal's access: its tokens open nothing from the next request on.
    public func disablePrincipal(_ id: Principal.ID, as caller: Caller) async throws -> Principal {
        try await disablePrincipal(id, as: caller, once: nil).done()
    }

    /// The same once for each idempotency key. Disabling a disabled one changes nothing.
    public func disablePrincipal(
        _ id: Principal.ID, as caller: Caller, once: Once<Principal>?
    ) async throws -> Outcome<Principal> {
        try await write(.managePrincipals, as: caller, once: once) { transaction, writer in
            guard id != writer.principal else {
                throw Refusal(
                    "oneself", "Nobody can disable themselves; have another administrator do it.")
            }
            let before = try Self.principal(id, in: transaction).principal
            guard before.disabledAt == nil else { return before }
            try transaction.enqueue(Query(Principals.disable, id))
            let after = try Self.principal(id, in: transaction).principal
            try transaction.audit(
                "principal.disabled", "principal", id.uuid, programme: nil,
                organisation: before.organisationId,
                by: caller, before: before.document, after: after.document)
            return after
        }
    }
}

extension Registry {
    /// Cuts rows, of which one more was asked for than wanted, to a page.
    static func page<Item: Sendable>(
        _ rows: [Item], _ request: PageRequest, _ cursor: Cursor, position: (Item) -> Position
    ) -> Page<Item> {
        guard rows.count > request.limit else { return Page(items: rows, next: nil) }
        let items = Array(rows.prefix(request.limit))
        return Page(items: items, next: cursor.text(after: position(items[items.count - 1])))
    }

    private static func principal(
        _ id: Principal.ID, in transaction: borrowing Transaction
    ) throws -> StoredPrincipal {
        let found = try transaction.row(
            Query(Principals.byId, id, decode: StoredPrincipal.init(row:)))
        guard let found else { throw RegistryError.notFound(.principal) }
        return found
    }
}

/// A principal with its place in lists.
struct StoredPrincipal: Sendable {
    var principal: Principal
    var createdAt: Instant

    init(row: inout RowReader) throws {
        principal = Principal(
            id: try row.next(), name: try row.next(), role: try row.word(),
            organisationId: try row.next(), disabledAt: try row.next())
        createdAt = try row.next()
        row.skip()
        row.skip()
    }
}
