// The schema's folder against a database: what has been applied, what is pending, applying it; and the two logins that
// it leaves for the service and for the command line.

import Crypto
import Postgres

/// A file of the schema folder.
public struct SchemaFile: Sendable, Hashable {
    public var number: Int
    public var name: String
}

/// What a database has of the schema.
public struct SchemaPlan: Sendable, Hashable {
    public var applied: [SchemaFile]
    public var pending: [SchemaFile]
}

/// A step of a migration, for whoever watches.
public enum SchemaStep: Sendable, Hashable {
    case begins(SchemaFile)
    /// Somebody uses a table that the file changes; it is tried again.
    case waits(SchemaFile)
    case applied(SchemaFile)
}

/// Brings databases to the schema of a folder.
public struct SchemaMigrator: Sendable {
    private let migrations: Migrations

    /// Reads the folder; a file in it that cannot be one of the schema's is refused.
    public init(folder: String) throws {
        do {
            migrations = try Migrations(folder: folder) { bytes in
                Array(SHA256.hash(data: bytes)).hexText
            }
        } catch let error as MigrationError {
            throw InstallationError(error)
        }
        guard !migrations.files.isEmpty else {
            throw InstallationError(
                .wrongInput,
                "The folder \(folder) holds no migration. Set COUNTERPOINT_SCHEMA_DIR to Counterpoint's schema folder."
            )
        }
    }

    /// What `apply` would do; changes nothing.
    public func plan(on connection: RegistryConnection) async throws -> SchemaPlan {
        try await forOperators { SchemaPlan(try await migrations.plan(on: connection.database)) }
    }

    /// Applies what is pending, and lets the roles of Counterpoint connect. Roles are made on the way, one of which
    /// bypasses row-level security: only a superuser can do that.
    public func apply(
        on connection: RegistryConnection,
        progress: @escaping @Sendable (SchemaStep) -> Void = { _ in }
    ) async throws -> SchemaPlan {
        try await Self.requireSuperuser(
            connection, for: "Migrating makes roles (one of them with BYPASSRLS)")
        return try await forOperators {
            let plan = try await migrations.apply(on: connection.database) { step in
                switch step {
                case .begins(let file): progress(.begins(SchemaFile(file)))
                case .waitsForLock(let file): progress(.waits(SchemaFile(file)))
                case .applied(let file): progress(.applied(SchemaFile(file)))
                }
            }
            try await connection.database.withoutTransaction(Self.letRolesConnect)
            return SchemaPlan(plan)
        }
    }

    /// A database may have been closed to everybody but its owner.
    private static let letRolesConnect = """
        do $$ begin
            execute format('grant connect on database %I to counterpoint_service, counterpoint_operator, '
                'counterpoint_backup', current_database());
        end $$
        """

    static func requireSuperuser(_ connection: RegistryConnection, for what: String) async throws {
        let identity = try await connection.identity()
        guard !identity.isSuperuser else { return }
        throw InstallationError(
            .notPermitted,
            "\(what), which needs a superuser of PostgreSQL, and \(identity.login) is none. Give this command an address "
                + "with such a login, e.g. DATABASE_URL=postgresql://postgres@…/\(identity.databaseName)"
        )
    }
}

/// The logins that are not people.
public enum InstallationLogin: String, Sendable {
    case service = "counterpoint_service"
    case `operator` = "counterpoint_operator"

    /// 40 letters and digits are 238 random bits.
    private static let passwordLength = 40
    private static let saltLength = 16

    /// Gives the login a new random password and answers the libpq URI with it. Whoever is connected stays so; the
    /// password before opens nothing any more.
    public func rotatePassword(on connection: RegistryConnection) async throws -> String {
        try await SchemaMigrator.requireSuperuser(
            connection, for: "Setting the password of a login")
        let password = RandomText.letters(Self.passwordLength)
        let verifier = ScramVerifier.text(of: password, salt: RandomText.bytes(Self.saltLength))
        return try await forOperators {
            let found = try await connection.database.withoutTransaction(
                "select 1 from pg_roles where rolname = '\(rawValue)'")
            guard !found.isEmpty else {
                throw InstallationError(
                    .away,
                    "The role \(rawValue) does not exist yet. Run first: counterpoint schema migrate"
                )
            }
            // Both texts are of known alphabets; the protocol takes no parameters in ALTER ROLE.
            try await connection.database.withoutTransaction(
                "alter role \(rawValue) login password '\(verifier)'")
            return connection.settings.address(user: rawValue, password: password)
        }
    }
}

extension SchemaFile {
    fileprivate init(_ migration: Migration) {
        self.init(number: migration.version, name: migration.fileName)
    }
}

extension SchemaPlan {
    fileprivate init(_ plan: MigrationPlan) {
        self.init(
            applied: plan.applied.map(SchemaFile.init), pending: plan.pending.map(SchemaFile.init))
    }
}

extension InstallationError {
    init(_ error: MigrationError) {
        switch error {
        case .unreadable(let file, let why):
            self.init(.wrongInput, "\(file) cannot be read: \(why).")
        case .badName(let file):
            self.init(.wrongInput, "\(file) is not named like a migration (0001_what_it_does.sql).")
        case .twice(let one, let other):
            self.init(.wrongInput, "\(one) and \(other) have the same number.")
        case .changed(let file):
            self.init(
                .wrongInput,
                "\(file) is not what was applied to this database. Put the file back as it was, and make the change "
                    + "in a new file.")
        case .missing(let file):
            self.init(
                .wrongInput,
                "This database has \(file), which is not in the schema folder: it was migrated by a newer Counterpoint, "
                    + "or by another. Install that one.")
        case .outOfOrder(let file):
            self.init(
                .wrongInput,
                "\(file) was not applied although a later one was. Give it the next number.")
        case .leftTransaction(let file):
            self.init(
                .wrongInput, "\(file) ends its own transaction. Take COMMIT and ROLLBACK out of it."
            )
        case .badSchemaName(let name):
            self.init(.wrongInput, "\(name) is no name for a schema.")
        }
    }
}
