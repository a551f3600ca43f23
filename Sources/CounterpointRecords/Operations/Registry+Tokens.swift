// Who may sign in, and with what.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

/// A token as it was just issued: the only time that its secret is seen.
public struct IssuedToken: Sendable {
    public var token: Token
    public var secret: TokenSecret
}

/// The caller as the API shows it to itself.
public struct Me: Sendable {
    public var principal: Principal
    public var organisation: OrganisationView?
    public var programmes: [Programme.ID]
    public var tokenId: Token.ID?

    public var document: JSONValue {
        [
            "principal": principal.document, "organisation": organisation?.document ?? .null,
            "programmes": .array(programmes.map { .string($0.text) }),
            "tokenId": .string(orNull: tokenId?.text),
            "may": .array(
                Act.allCases.filter { principal.role.may($0) }.map { .string($0.rawValue) }),
        ]
    }
}

/// Which tokens to list; nil asks for all.
public struct TokenFilter: ListFilter {
    public var principal: Principal.ID?
    public init() {}
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
                programmes: reader.programmes, tokenId: reader.token)
        }
    }

    /// Issues a token: for oneself, never outliving the one it is made with, or for the people one answers for.
    public func issueToken(
        _ new: NewToken, as caller: Caller, once: Once<IssuedToken>? = nil
    ) async throws -> Outcome<IssuedToken> {
        try await write(.issueTokens, as: caller, once: once) { transaction, writer in
            let now = try transaction.row(Query(Tokens.now) { row in try row.next(Instant.self) })!
            let expiry = try new.expiry(issuedAt: now)
            let secret = TokenSecret.random()
            let digest = Array(SHA256.hash(data: Array(secret.text.utf8)))
            let id = try transaction.row(
                Query(Tokens.issue, new.principalId, new.label, expiry, digest) { row in
                    try row.next(Token.ID.self)
                })!
            let token = Token(
                id: id, principalId: new.principalId, label: new.label, createdAt: now,
                expiresAt: expiry)
            try transaction.audit(
                "token.issued", "token", id.uuid, programme: nil, organisation: writer.organisation,
                by: caller,
                after: token.document)
            return IssuedToken(token: token, secret: secret)
        }
    }

    public func token(_ id: Token.ID, as caller: Caller) async throws -> Token {
        try await read(.readTokens, as: caller) { transaction, _ in
            try Self.token(id, in: transaction)
        }
    }

    public func tokens(
        _ filter: TokenFilter, page request: PageRequest, as caller: Caller
    ) async throws -> Page<Token> {
        try await read(.readTokens, as: caller) { transaction, reader in
            let cursor = Cursor(list: "tokens", filter: filter, reader: reader)
            let after = try request.cursor.map { try cursor.position($0) }
            let rows = try transaction.rows(
                Query(
                    Tokens.list, after?.createdAt, after.map { Token.ID($0.id) }, request.limit + 1,
                    filter.principal, decode: Token.init(row:)))
            return Self.page(rows, request, cursor) {
                Position(createdAt: $0.createdAt, id: $0.id.uuid)
            }
        }
    }

    /// Ends a token; it opens nothing from the next request on. Ending an ended one changes nothing.
    public func revokeToken(
        _ id: Token.ID, as caller: Caller, once: Once<Token>? = nil
    ) async throws -> Outcome<Token> {
        try await write(.revokeTokens, as: caller, once: once) { transaction, writer in
            let before = try Self.token(id, in: transaction)
            guard before.revokedAt == nil else { return before }
            let isEnded = try transaction.row(
                Query(Tokens.revoke, id) { row in try row.next(Bool.self) })
            guard isEnded == true else { throw RegistryError.notFound(.token) }
            let after = try Self.token(id, in: transaction)
            try transaction.audit(
                "token.revoked", "token", id.uuid, programme: nil,
                organisation: writer.organisation, by: caller,
                before: before.document, after: after.document)
            return after
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
        let outcome = try await write(.managePrincipals, as: caller, once: nil) { transaction, _ in
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
        guard case .done(let made) = outcome else {
            throw RegistryError.internalFault("a replay without a key")
        }
        return made
    }

    /// Ends a principal's access: its tokens open nothing from the next request on.
    public func disablePrincipal(_ id: Principal.ID, as caller: Caller) async throws -> Principal {
        let outcome = try await write(.managePrincipals, as: caller, once: nil) {
            transaction, writer in
            guard id != writer.principal else {
                throw Refusal(
                    "oneself", "Nobody can disable themselves; have another administrator do it.")
            }
            let before = try Self.principal(id, in: transaction).principal
            try transaction.enqueue(Query(Principals.disable, id))
            try transaction.audit(
                "principal.disabled", "principal", id.uuid, programme: nil,
                organisation: before.organisationId,
                by: caller, before: before.document)
            return before
        }
        guard case .done(let ended) = outcome else {
            throw RegistryError.internalFault("a replay without a key")
        }
        return ended
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

    private static func token(
        _ id: Token.ID, in transaction: borrowing Transaction
    ) throws -> Token {
        let found = try transaction.row(Query(Tokens.byId, id, decode: Token.init(row:)))
        guard let found else { throw RegistryError.notFound(.token) }
        return found
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

extension Token {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), principalId: try row.next(), label: try row.next(),
            createdAt: try row.next(),
            expiresAt: try row.next(), revokedAt: try row.next(), lastUsedAt: try row.next())
        row.skip()
    }
}

/// A principal with its place in lists.
struct StoredPrincipal: Sendable {
    var principal: Principal
    var disabledAt: Instant?
    var createdAt: Instant

    init(row: inout RowReader) throws {
        principal = Principal(
            id: try row.next(), name: try row.next(), role: try row.word(),
            organisationId: try row.next())
        disabledAt = try row.next()
        createdAt = try row.next()
        row.skip()
        row.skip()
    }
}
