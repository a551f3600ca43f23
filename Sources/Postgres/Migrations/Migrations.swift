// Moves a database to the schema of a folder: numbered files, checksums, one lock, each file and its bookkeeping row in
// one transaction, and a refusal of every history that does not fit.

/// What has been applied, and what would be.
public struct MigrationPlan: Sendable, Hashable {
    public let applied: [Migration]
    public let pending: [Migration]
}

/// The migrations of one folder.
public struct Migrations: Sendable {
    public enum Step: Sendable, Hashable {
        case begins(Migration)
        case waitsForLock(Migration)
        case applied(Migration)
    }

    /// In order of their numbers.
    public let files: [Migration]
    private let table: String
    private let schema: String

    /// Reads all files. `digest` is SHA-256 in hex, given from outside because this room has no cryptography. The
    /// bookkeeping table `schema_migrations` lives in `schema`, which is created if need be.
    public init(
        folder: String, schema: String = "public",
        digest: @Sendable ([UInt8]) -> String
    ) throws {
        guard !schema.isEmpty,
            schema.utf8.allSatisfy({ (97...122).contains($0) || $0 == 95 || (48...57).contains($0) }
            )
        else { throw MigrationError.badSchemaName(schema) }
        files = try Migration.read(folder: folder, digest: digest)
        self.schema = schema
        table = "\(schema).schema_migrations"
    }

    /// What `apply` would do; changes nothing. Throws `MigrationError` if the history does not fit.
    public func plan(on database: Database) async throws -> MigrationPlan {
        try await database.perform(until: .now + database.settings.transactionDeadline) {
            try self.plan(in: $0)
        }
    }

    /// Applies what is pending and returns it. `deadline` is for all files and the wait for another runner's lock.
    @discardableResult
    public func apply(
        on database: Database, deadline: Duration = .seconds(600),
        progress: @escaping @Sendable (Step) -> Void = { _ in }
    ) async throws -> MigrationPlan {
        try await database.perform(until: .now + deadline) { session in
            // Whatever happens, this connection's settings and its lock end with it.
            defer { session.mustRetire = true }
            try session.simple("SET statement_timeout = 0; \(Self.lock)", name: "migrations.lock")
            try self.prepareTable(in: session)
            let plan = try self.plan(in: session)
            for migration in plan.pending {
                progress(.begins(migration))
                try self.apply(migration, in: session, progress: progress)
                progress(.applied(migration))
            }
            return plan
        }
    }

    // MARK: One file

    /// A file that waits for a table longer than this stands in everybody's way; it steps back and tries again.
    private static let lockTimeout = "1s"
    /// Together with the pauses about a minute: longer than any transaction the service allows itself.
    private static let maxLockAttempts = 30

    private func apply(
        _ migration: Migration, in session: Session, progress: (Step) -> Void
    ) throws {
        for attempt in 1... {
            do {
                try migration.isTransactional
                    ? applyInTransaction(migration, in: session)
                    : applyAlone(migration, in: session)
                return
            } catch let error as PostgresError
                where error.sqlState == .lockNotAvailable && attempt < Self.maxLockAttempts
            {
                if migration.isTransactional {
                    try session.simple("ROLLBACK", name: migration.fileName)
                }
                progress(.waitsForLock(migration))
                try session.simple("SELECT pg_sleep(1)", name: "migrations.pause")
            }
        }
    }

    private func applyInTransaction(_ migration: Migration, in session: Session) throws {
        let name = migration.fileName
        try session.simple("BEGIN; SET LOCAL lock_timeout = '\(Self.lockTimeout)'", name: name)
        try session.simple(migration.text, name: name)
        guard session.isInTransaction else { throw MigrationError.leftTransaction(name) }
        // The file may have changed role or search path for itself.
        try session.simple("RESET ROLE; \(record(migration)); COMMIT", name: name)
    }

    /// The statement and its row cannot be one transaction; a failure in between shows as a failure of the statement
    /// when it is run again.
    private func applyAlone(_ migration: Migration, in session: Session) throws {
        let name = migration.fileName
        try session.simple("SET lock_timeout = '\(Self.lockTimeout)'", name: name)
        try session.simple(migration.text, name: name)
        try session.simple("RESET lock_timeout", name: name)
        try session.simple(record(migration), name: name)
    }

    // Names and checksums are of known alphabets (`Migration.parse`, hex), and the text protocol takes no parameters.
    private func record(_ migration: Migration) -> String {
        let checksum = migration.checksum.filter { $0.isLetter || $0.isNumber }
        return """
            INSERT INTO \(table) (version, name, checksum)
            VALUES (\(migration.version), '\(migration.name)', '\(checksum)')
            """
    }

    // MARK: History

    /// "counterpoint" on a telephone keypad begins so; any number would do, as long as all runners use it.
    private static let lock = "SELECT pg_advisory_lock(2686837)"

    private func prepareTable(in session: Session) throws {
        try session.simple(
            """
            CREATE SCHEMA IF NOT EXISTS \(schema);
            CREATE TABLE IF NOT EXISTS \(table) (
                version integer PRIMARY KEY,
                name text NOT NULL,
                checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """, name: "migrations.table")
    }

    private func plan(in session: Session) throws -> MigrationPlan {
        let exists = try session.simple(
            "SELECT to_regclass('\(table)') IS NOT NULL", name: "migrations.exists")
        guard exists[0].text(row: 0, column: 0) == "t" else {
            return MigrationPlan(applied: [], pending: files)
        }
        let result = try session.simple(
            "SELECT version, name, checksum FROM \(table) ORDER BY version",
            name: "migrations.history")[0]
        let history = (0..<result.rowCount).map { row in
            AppliedMigration(
                version: Int(result.text(row: row, column: 0) ?? "") ?? 0,
                name: result.text(row: row, column: 1) ?? "",
                checksum: result.text(row: row, column: 2) ?? "")
        }
        return try MigrationPlan(files: files, history: history)
    }
}

/// A bookkeeping row.
struct AppliedMigration {
    let version: Int
    let name: String
    let checksum: String
}

extension MigrationPlan {
    /// Pure: compares files with history, and refuses whatever does not fit.
    init(files: [Migration], history: [AppliedMigration]) throws {
        let byVersion = Dictionary(uniqueKeysWithValues: files.map { ($0.version, $0) })
        for row in history {
            guard let file = byVersion[row.version], file.name == row.name else {
                throw MigrationError.missing("\(Migration.padded(row.version))_\(row.name).sql")
            }
            guard file.checksum == row.checksum else {
                throw MigrationError.changed(file.fileName)
            }
        }
        let done = Set(history.map(\.version))
        applied = files.filter { done.contains($0.version) }
        pending = files.filter { !done.contains($0.version) }
        if let latest = done.max(), let late = pending.first, late.version < latest {
            throw MigrationError.outOfOrder(late.fileName)
        }
    }
}
