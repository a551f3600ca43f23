// Whether this installation can be relied on: what the service checks before its first request, and what
// `counterpoint doctor` prints. Each fault says what to do about it.

import CounterpointModel
import FoundationEssentials
import Postgres

/// Something about the installation that must not be.
public struct InstallationFault: Sendable, Hashable {
    /// Stable, camelCase.
    public var code: String
    public var detail: String
    /// Whether the service refuses to start because of it.
    public var isFatal: Bool

    public init(_ code: String, _ detail: String, isFatal: Bool = true) {
        self.code = code
        self.detail = detail
        self.isFatal = isFatal
    }
}

/// The installation as it is found.
public struct InstallationReport: Sendable {
    public var serverVersion: String
    public var schemaLevel: Int
    public var login: String
    public var faults: [InstallationFault]
}

/// The least minor release of each major version of PostgreSQL in which its known row-security holes are closed
/// (CVE-2026-14666, CVE-2026-120154, CVE-2026-116311, all in the release of 15.20).
enum ReleaseFloor {
    /// By major version; a later major is taken as it is.
    static let minors: [Int: Int] = [15: 20, 16: 16, 17: 12, 18: 6]

    static func fault(_ version: Int) -> InstallationFault? {
        let major = version / 10_000
        let minor = version % 10_000
        guard major >= 15 else {
            return InstallationFault(
                "serverTooOld",
                "PostgreSQL \(major).\(minor) is too old: Counterpoint needs 15.20 or later. Upgrade the server."
            )
        }
        guard let floor = minors[major], minor < floor else { return nil }
        return InstallationFault(
            "serverBelowFloor",
            "PostgreSQL \(major).\(minor) has known holes in row-level security that \(major).\(floor) closes. Upgrade it "
                + "(Debian: apt-get update && apt-get install postgresql-\(major), then restart the cluster)."
        )
    }
}

extension Registry {
    /// What the service relies on, asked of the server. `asService` also checks that the login is as weak as it must be.
    public func checkInstallation(asService: Bool = true) async throws -> InstallationReport {
        try await translatingErrors {
            try await database.read { transaction in
                try Self.report(asService: asService, in: transaction)
            }
        }
    }

    /// Whether the database answers and has the schema of this build; throws `unavailable` if not.
    public func ping() async throws {
        try await translatingErrors {
            let (levels) = try await database.read(
                opening: .none,
                Query(Installation.schemaLevel) { row in try row.next(Int32.self) })
            guard levels.first.map(Int.init) == ExpectedSchema.level else {
                throw RegistryError.unavailable(retryAfterSeconds: Self.retryAfterSeconds)
            }
        }
    }

    private static func report(
        asService: Bool, in transaction: borrowing Transaction
    ) throws -> InstallationReport {
        let server = try transaction.row(
            Query(Installation.server, decode: ServerFacts.init(row:)))!
        var faults = server.faults(asService: asService)
        var level = 0
        do {
            level = try transaction.savepoint {
                Int(
                    try transaction.row(
                        Query(Installation.schemaLevel) { row in try row.next(Int32.self) }) ?? 0)
            }
        } catch let error as PostgresError where error.kind == .server {
            level = 0
        }
        faults += ExpectedSchema.faults(found: level)
        let roles = try transaction.rows(
            Query(Installation.roles) { row in
                (
                    name: try row.next(String.self), isMissing: try row.next(Bool.self),
                    isTooStrong: try row.next(Bool.self)
                )
            })
        for role in roles {
            faults.append(
                role.isMissing
                    ? InstallationFault(
                        "roleMissing",
                        "The role \(role.name) is missing. Run: counterpoint schema migrate")
                    : InstallationFault(
                        "roleTooStrong",
                        "The role \(role.name) may do more than it should. Run as a superuser: alter role \(role.name) "
                            + "nosuperuser nocreatedb nocreaterole nobypassrls"))
        }
        for table in try transaction.rows(
            Query(Installation.unprotected) { row in try row.next(String.self) })
        {
            faults.append(
                InstallationFault(
                    "tableUnprotected",
                    "Row-level security is not forced on \(table). Run as its owner: alter table \(table) "
                        + "enable row level security, force row level security"))
        }
        for trigger in try transaction.rows(
            Query(Installation.sleepingTriggers) { row in try row.next(String.self) })
        {
            faults.append(
                InstallationFault(
                    "triggerDisabled",
                    "The trigger \(trigger) is switched off. Enable it (alter table … enable trigger …)."
                ))
        }
        return InstallationReport(
            serverVersion: "\(server.version / 10_000).\(server.version % 10_000)",
            schemaLevel: level,
            login: server.login, faults: faults)
    }
}

/// What the server says of itself and of our login.
private struct ServerFacts: Sendable {
    var version: Int
    var synchronousCommit: String
    var fsync: String
    var encoding: String
    var login: String
    var isPrivileged: Bool
    var clockMicroseconds: Int64
    var ownsSomething: Bool
    var hasTemporaryTables: Bool
    var database: String

    init(row: inout RowReader) throws {
        version = Int(try row.next(Int32.self))
        synchronousCommit = try row.next()
        fsync = try row.next()
        encoding = try row.next()
        login = try row.next()
        isPrivileged = try row.next()
        clockMicroseconds = try row.next()
        ownsSomething = try row.next()
        hasTemporaryTables = try row.next()
        database = try row.next()
    }

    func faults(asService: Bool) -> [InstallationFault] {
        var faults: [InstallationFault] = []
        if let fault = ReleaseFloor.fault(version) { faults.append(fault) }
        if ["off", "local"].contains(synchronousCommit) {
            faults.append(
                InstallationFault(
                    "synchronousCommitOff",
                    "synchronous_commit is \(synchronousCommit): acknowledged changes could be lost. Set it to on "
                        + "(alter system set synchronous_commit = on, and look for role and database settings)."
                ))
        }
        if fsync == "off" {
            faults.append(
                InstallationFault(
                    "fsyncOff",
                    "fsync is off: a crash of the machine can destroy the database. Only a throw-away cluster may run so.",
                    isFatal: false))
        }
        if encoding != "UTF8" {
            faults.append(
                InstallationFault(
                    "encodingNotUTF8",
                    "The database is encoded in \(encoding). Create it with encoding UTF8."))
        }
        if asService, isPrivileged {
            faults.append(
                InstallationFault(
                    "loginTooStrong",
                    "The service is signed in as \(login), which may bypass row-level security. Give it the login "
                        + "counterpoint_service in DATABASE_URL (counterpoint schema service-login makes one)."
                ))
        }
        if asService, ownsSomething {
            faults.append(
                InstallationFault(
                    "loginOwnsTables",
                    "The service is signed in as \(login), which owns tables. Give it the login counterpoint_service."
                ))
        }
        // A database that was restored from a dump has lost what schema/0010 took from it.
        if hasTemporaryTables {
            faults.append(
                InstallationFault(
                    "temporaryTables",
                    "Everybody may make temporary tables in this database, which could stand in for its own. Run as a "
                        + "superuser: revoke temporary on database \"\(database)\" from public"))
        }
        return faults
    }
}

/// The schema that this build was made for.
public enum ExpectedSchema {
    /// The number of the last migration.
    public static let level = 20

    static func faults(found: Int) -> [InstallationFault] {
        guard found != level else { return [] }
        return [
            InstallationFault(
                found < level ? "schemaBehind" : "schemaAhead",
                found < level
                    ? "The database has schema \(found), this build needs \(level). Run: counterpoint schema migrate"
                    : "The database has schema \(found), newer than this build's \(level). Install the newer Counterpoint."
            )
        ]
    }
}
