// Who asks: what a door hands over, and what the database makes of it.

public import CounterpointModel
import Postgres

/// How a caller proves who it is.
public enum Credential: Sendable {
    /// A bearer token. The database looks it up; the service is not trusted to say whose it is.
    case token(TokenSecret)
    /// A user of an OpenID provider, whose token the service has verified; the key proves to the database that it has.
    case identity(VerifiedIdentity, IdentityKey)
    /// The command line on the host, as the principal of this id or name; nobody named: the administrator.
    case operatorAs(String?)
}

/// One request's caller.
public struct Caller: Sendable {
    public var credential: Credential
    /// Goes into the audit entries of what this request changes.
    public var requestId: String?
    /// Told who it is each time that the database lets the caller in: on the connection's thread, so it must be quick.
    public var whenKnown: (@Sendable (SignedIn) -> Void)?

    public init(
        _ credential: Credential, requestId: String? = nil,
        whenKnown: (@Sendable (SignedIn) -> Void)? = nil
    ) {
        self.credential = credential
        self.requestId = requestId
        self.whenKnown = whenKnown
    }

    /// The first statement of the caller's transaction: it signs in and takes the role of the caller's kind.
    var opening: Opening {
        switch credential {
        case .token(let secret):
            Opening(Query(SignedIn.byToken, secret.text, decode: read))
        case .identity(let identity, let key):
            Opening(key.query(for: identity, decode: read))
        case .operatorAs(let who):
            Opening(Query(SignedIn.byName, who, decode: read))
        }
    }

    private var read: @Sendable (inout RowReader) throws -> SignedIn {
        { [whenKnown] row in
            let signedIn = try SignedIn(row: &row)
            whenKnown?(signedIn)
            return signedIn
        }
    }
}

/// The caller as the database knows it, for the length of one transaction.
public struct SignedIn: Sendable {
    public var principal: Principal.ID
    public var role: Role
    public var organisation: Organisation.ID?
    public var token: Token.ID?
    /// The programmes that a manager manages or a funder funds.
    public var programmes: [Programme.ID]
    /// What the token may be used for; nil on the command line, which has none.
    public var scopes: Set<TokenScope>?

    static let byToken = SQLStatement(
        """
        select set_config('role', b.role, true), b.principal_id, b.principal_role, b.organisation_id, b.token_id,
               b.programmes, b.scopes
          from sec.begin($1) b
        """, name: "caller.byToken")

    static let byIdentity = SQLStatement(
        """
        select set_config('role', b.role, true), b.principal_id, b.principal_role, b.organisation_id, b.token_id,
               b.programmes, b.scopes
          from sec.begin_identity($1, $2, $3, $4, $5) b
        """, name: "caller.byIdentity")

    static let byName = SQLStatement(
        """
        select set_config('role', b.role, true), b.principal_id, b.principal_role, b.organisation_id, b.token_id,
               b.programmes, b.scopes
          from sec.begin_as($1) b
        """, name: "caller.byName")

    init(
        principal: Principal.ID, role: Role, organisation: Organisation.ID?, token: Token.ID?,
        programmes: [Programme.ID], scopes: Set<TokenScope>?
    ) {
        self.principal = principal
        self.role = role
        self.organisation = organisation
        self.token = token
        self.programmes = programmes
        self.scopes = scopes
    }

    init(row: inout RowReader) throws {
        _ = try row.next(String.self)
        principal = try row.next()
        role = try row.word(Role.self)
        organisation = try row.next()
        token = try row.next()
        programmes = try row.next()
        scopes = try row.next([String]?.self).map { Set($0.compactMap(TokenScope.init(rawValue:))) }
    }

    /// Refuses what this kind of caller may never do, and what its token is not for.
    func require(_ act: Act) throws {
        guard role.may(act) else {
            throw RegistryError.forbidden(act.refusal(for: role))
        }
        try require(act.scope)
    }

    /// Refuses a token without this scope.
    func require(_ scope: TokenScope) throws {
        guard let scopes, !scopes.contains(scope) else { return }
        throw RegistryError.scopeNeeded(scope)
    }
}

extension Transaction {
    /// Who is calling. The answer travels with the first statement of the transaction.
    borrowing func signedIn() throws -> SignedIn { try opened(SignedIn.self) }
}
