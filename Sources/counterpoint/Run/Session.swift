// A command at work: a checked login, the Registry, and who is acting.

import CounterpointModel
import CounterpointRecords
import CounterpointSettings
import Logging

/// What a command works with.
struct Session: Sendable {
    let connection: RegistryConnection
    let caller: Caller
    /// The principal that was named, for messages.
    let actor: String?

    var registry: Registry { connection.registry }

    /// Runs `body` as the principal of that id or name (nil: the administrator), on a login that may do so.
    static func acting<Value>(as actor: String?, _ body: (Session) async throws -> Value)
        async throws -> Value
    {
        try await connected(.operator) { connection in
            try await check(connection)
            let caller = Caller(
                .operatorAs(actor), requestId: "cli-\(RandomText.letters(requestLetters))")
            return try await body(Session(connection: connection, caller: caller, actor: actor))
        }
    }

    /// 12 letters are 71 random bits: enough to find one command's entries in the audit log.
    private static let requestLetters = 12

    /// Runs `body` with a connection and closes it.
    static func connected<Value>(
        _ login: WantedLogin, _ body: (RegistryConnection) async throws -> Value
    ) async throws -> Value {
        let url = try await ConnectionAddress.find(login)
        return try await connected(to: url, body)
    }

    static func connected<Value>(
        to url: String, _ body: (RegistryConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try RegistryConnection(
            url: url, applicationName: "counterpoint", logger: try await logger())
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            Surroundings.console.endProgress()
            await connection.close()
            throw error
        }
    }

    private static func check(_ connection: RegistryConnection) async throws {
        let identity = try await connection.identity()
        guard identity.hasSchema else {
            throw CommandFailure(
                .databaseAway,
                """
                The database \(identity.databaseName) has no schema of Counterpoint yet.
                Run, as a superuser of PostgreSQL: counterpoint schema migrate
                """)
        }
        guard identity.mayNamePrincipals else {
            throw CommandFailure(
                .notPermitted,
                """
                The login \(identity.login) may not act for the principals of this installation\
                \(identity.login == InstallationLogin.service.rawValue ? ": it is the service's" : "").
                Give this tool the login counterpoint_operator: `counterpoint schema operator-login`, run as a superuser, \
                prints the DATABASE_URL for it.
                """)
        }
    }

    /// Silent unless COUNTERPOINT_LOG_LEVEL asks for more: errors are told as text.
    private static func logger() async throws -> Logger {
        let surroundings = Surroundings.current
        let settings = try await ToolSettings.read(
            environment: surroundings.environment, folder: surroundings.workingFolder)
        guard let level = settings.logLevel.flatMap({ Logger.Level(rawValue: $0.lowercased()) })
        else {
            return Logger(label: "counterpoint") { _ in SwiftLogNoOpLogHandler() }
        }
        var logger = Logger(label: "counterpoint", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = level
        return logger
    }
}
