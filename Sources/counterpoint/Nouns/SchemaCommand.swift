// counterpoint schema: the database's tables and roles, and the two logins made for programs.

import ArgumentParser
import CounterpointModel
import CounterpointRecords
import CounterpointSettings
import FoundationEssentials

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract:
            "Bring the database to the schema of this release, and make the programs' logins.",
        discussion: """
            These commands want a superuser of PostgreSQL, because migrating makes roles:

              DATABASE_URL=postgresql://postgres@db.example.org/counterpoint counterpoint schema migrate
              DATABASE_URL=… counterpoint schema service-login

            In a folder with a private cluster (make run) they find its administrator themselves.
            """,
        subcommands: [
            Migrate.self, Status.self, ServiceLogin.self, OperatorLogin.self, IdentityKey.self,
        ])
}

extension SchemaCommand {
    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply the migrations that the database has not seen.",
            discussion: """
                Each file is applied in a transaction of its own; an interrupted run goes on where it ended. Two at once \
                take turns.
                """)

        @Flag(help: "Only say what would be applied.")
        var dryRun = false

        func run() async throws {
            let console = Surroundings.console
            let migrator = try await SchemaFolder.migrator()
            try await Session.connected(.administrator) { connection in
                if dryRun {
                    let plan = try await migrator.plan(on: connection)
                    for file in plan.pending { console.print("would apply \(file.name)") }
                    console.print(SchemaText.standing(plan))
                    return
                }
                let plan = try await migrator.apply(on: connection) { step in
                    switch step {
                    case .begins(let file): console.progress("applying \(file.name) …")
                    case .waits(let file):
                        console.progress("\(file.name) waits for a table that is in use …")
                    case .applied(let file):
                        console.endProgress()
                        console.print("applied \(file.name)")
                    }
                }
                let level = (plan.applied + plan.pending).map(\.number).max() ?? 0
                console.print(
                    plan.pending.isEmpty
                        ? "The schema is up to date (\(level))."
                        : "The schema is now at \(level).")
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say which migrations the database has, and which are missing.",
            discussion: "With --output json for scripts: {\"level\",\"applied\",\"pending\"}.")

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let migrator = try await SchemaFolder.migrator()
            let plan: SchemaPlan
            do {
                plan = try await Session.connected(.administrator) {
                    try await migrator.plan(on: $0)
                }
            } catch let error as InstallationError where error.kind == .notPermitted {
                throw CommandFailure(
                    .notPermitted,
                    "Only the login that migrates may read the list of migrations: give this command "
                        + "its DATABASE_URL.\n`counterpoint doctor` tells the schema's level to others."
                )
            }
            let files =
                plan.applied.map { SchemaText.document($0, "applied") }
                + plan.pending.map { SchemaText.document($0, "pending") }
            let level = plan.applied.map(\.number).max() ?? 0
            switch output.format {
            case .json:
                let document: JSONValue = [
                    "level": .integer(Int64(level)),
                    "applied": .array(plan.applied.map { .string($0.name) }),
                    "pending": .array(plan.pending.map { .string($0.name) }),
                ]
                Surroundings.console.print(document.text)
            case .csv, .table:
                output.show(files, in: SchemaText.columns)
                if output.format == .table { Surroundings.console.print(SchemaText.standing(plan)) }
            }
        }
    }

    struct ServiceLogin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give the service's login a new password and print its DATABASE_URL.",
            discussion: """
                The password before it ends: a running service keeps its connections and cannot open new ones, so restart \
                it with the new address. The address is a secret; it is the only line on standard output:

                  export DATABASE_URL="$(DATABASE_URL=postgresql://postgres@… counterpoint schema service-login)"
                """)

        func run() async throws { try await InstallationLogin.service.rotateAndPrint() }
    }

    struct OperatorLogin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give this tool's own login a new password and print its DATABASE_URL.",
            discussion: """
                Whoever has this address can act as any principal of the installation: keep it on the host, readable by \
                its operator only.
                """)

        func run() async throws { try await InstallationLogin.operator.rotateAndPrint() }
    }

    struct IdentityKey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Make the key by which the database believes the service about a provider's users.",
            discussion: """
                Only for signing in by OpenID Connect. The key is the only line on standard output; keep it in a file that \
                only the service reads, and name that file in COUNTERPOINT_IDENTITY_KEY_FILE. The key before it ends:

                  (umask 077; counterpoint schema identity-key > /etc/counterpoint/identity.key)
                """)

        func run() async throws {
            let key = try await Session.connected(.administrator) {
                try await CounterpointRecords.IdentityKey.install(on: $0)
            }
            Surroundings.console.print(key)
        }
    }
}

extension InstallationLogin {
    fileprivate func rotateAndPrint() async throws {
        let url = try await Session.connected(.administrator) { try await rotatePassword(on: $0) }
        Surroundings.console.print(url)
    }
}

private enum SchemaText {
    static let columns = [
        Column("NUMBER", "number", .number), Column("FILE", "name"), Column("STATUS", "status"),
    ]

    static func document(_ file: SchemaFile, _ status: String) -> JSONValue {
        [
            "number": .integer(Int64(file.number)), "name": .string(file.name),
            "status": .string(status),
        ]
    }

    static func standing(_ plan: SchemaPlan) -> String {
        guard !plan.pending.isEmpty else {
            return "The schema is up to date (\(plan.applied.map(\.number).max() ?? 0))."
        }
        let count = plan.pending.count
        return
            "\(count) \(count == 1 ? "migration is" : "migrations are") pending. Run: counterpoint schema migrate"
    }
}

/// The folder of migrations: COUNTERPOINT_SCHEMA_DIR, or `schema` in the working folder or above the tool itself.
enum SchemaFolder {
    private static let firstFile = "0001_foundation.sql"

    static func migrator() async throws -> SchemaMigrator {
        try SchemaMigrator(folder: try await find())
    }

    static func find() async throws -> String {
        let surroundings = Surroundings.current
        let settings = try await ToolSettings.read(
            environment: surroundings.environment, folder: surroundings.workingFolder)
        if let named = settings.schemaDirectory { return surroundings.path(named) }
        var candidates = [surroundings.workingFolder + "/schema"]
        // .build/release/counterpoint lies three folders below the checkout, an installed one beside share/.
        var folder = surroundings.executable ?? ""
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = String(folder[..<slash])
            candidates += [folder + "/schema", folder + "/share/counterpoint/schema"]
        }
        if let found = candidates.first(where: {
            FileManager.default.fileExists(atPath: $0 + "/" + firstFile)
        }) {
            return found
        }
        throw CommandFailure(
            .dataRefused,
            "The schema folder was not found. Set COUNTERPOINT_SCHEMA_DIR to it (the folder with \(firstFile))."
        )
    }
}
