// Tokens: issued, rotated, listed, ended.

public import CounterpointModel
import Crypto
import FoundationEssentials
import Postgres

/// A token as it was just issued: the only time that its secret is seen.
public struct IssuedToken: Sendable {
    public var token: Token
    public var secret: TokenSecret
}

/// Which tokens to list; nil asks for all.
public struct TokenFilter: ListFilter {
    public var principal: Principal.ID?
    public init() {}
}

extension Registry {
    /// Issues a token for oneself or for the people one answers for, never wider or longer-lived than what it is made with.
    public func issueToken(
        _ new: NewToken, as caller: Caller, once: Once<IssuedToken>? = nil
    ) async throws -> Outcome<IssuedToken> {
        let outcome = try await write(.issueTokens, as: caller, once: caller.sealing(once)) {
            transaction, writer in
            let clock = try Self.clock(in: transaction)
            let end = try new.end(issuedAt: clock.now, credentialEnd: clock.credentialEnd)
            let secret = TokenSecret.random()
            let id = try transaction.row(
                Query(
                    Tokens.issue, new.principalId, new.label, end, Self.digest(of: secret),
                    new.scopes?.map(\.rawValue)
                ) { row in try row.next(Token.ID.self) })!
            let token = try Self.token(id, in: transaction)
            try transaction.audit(
                "token.issued", "token", id.uuid, programme: nil, organisation: writer.organisation,
                by: caller,
                after: token.document)
            return IssuedToken(token: token, secret: secret)
        }
        return try caller.unsealing(outcome)
    }

    /// Gives a token a successor with a new secret and the same scopes; the old one goes on working for the overlap.
    public func rotateToken(
        _ id: Token.ID, _ rotation: TokenRotation, as caller: Caller,
        once: Once<IssuedToken>? = nil
    ) async throws -> Outcome<IssuedToken> {
        let outcome = try await write(.issueTokens, as: caller, once: caller.sealing(once)) {
            transaction, writer in
            let before = try Self.token(id, in: transaction)
            let clock = try Self.clock(in: transaction)
            let end = try rotation.end(issuedAt: clock.now, credentialEnd: clock.credentialEnd)
            let secret = TokenSecret.random()
            let newId = try transaction.row(
                Query(Tokens.rotate, id, rotation.overlapHours, end, Self.digest(of: secret)) {
                    row in try row.next(Token.ID.self)
                })!
            let after = try Self.token(id, in: transaction)
            let token = try Self.token(newId, in: transaction)
            try transaction.audit(
                "token.rotated", "token", id.uuid, programme: nil,
                organisation: writer.organisation, by: caller, before: before.document,
                after: after.document)
            try transaction.audit(
                "token.issued", "token", newId.uuid, programme: nil,
                organisation: writer.organisation, by: caller, after: token.document)
            return IssuedToken(token: token, secret: secret)
        }
        return try caller.unsealing(outcome)
    }

    private static func digest(of secret: TokenSecret) -> [UInt8] {
        Array(SHA256.hash(data: Array(secret.text.utf8)))
    }

    /// The database's clock, and when the caller's own credential ends.
    private static func clock(
        in transaction: borrowing Transaction
    ) throws -> (now: Instant, credentialEnd: Instant?) {
        try transaction.row(
            Query(Tokens.now) { row in
                (now: try row.next(Instant.self), credentialEnd: try row.next(Instant?.self))
            })!
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

    /// Notes that these tokens were used, for their lists; at most once a minute each, whoever asks.
    public func noteUse(of tokens: [Token.ID]) async throws {
        guard !tokens.isEmpty else { return }
        try await translatingErrors {
            _ = try await database.write { transaction in
                try transaction.execute(Query(Tokens.noteUse, tokens))
            }
        }
    }

    private static func token(
        _ id: Token.ID, in transaction: borrowing Transaction
    ) throws -> Token {
        let found = try transaction.row(Query(Tokens.byId, id, decode: Token.init(row:)))
        guard let found else { throw RegistryError.notFound(.token) }
        return found
    }
}

extension Token {
    init(row: inout RowReader) throws {
        self.init(
            id: try row.next(), principalId: try row.next(), label: try row.next(), scopes: [],
            createdAt: try row.next(), expiresAt: try row.next(), revokedAt: try row.next(),
            lastUsedAt: try row.next())
        scopes = try row.next([String].self).compactMap(TokenScope.init(rawValue:)).sorted()
        replaces = try row.next()
        row.skip()
    }
}
