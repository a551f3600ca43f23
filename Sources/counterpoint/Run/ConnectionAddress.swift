// Where the database is: `DATABASE_URL`, or else the private cluster under `.local/postgres` of the working folder.

import CounterpointRecords
import CounterpointSettings
import FoundationEssentials

/// Which of an installation's logins a command wants.
enum WantedLogin {
    /// A superuser, for the schema.
    case administrator
    /// counterpoint_operator, for everything else.
    case `operator`
    /// counterpoint_service, which only `doctor` looks at.
    case service

    fileprivate var line: String {
        switch self {
        case .administrator: "ADMIN_URL"
        case .operator: "OPERATOR_URL"
        case .service: "SERVICE_URL"
        }
    }
}

enum ConnectionAddress {
    static let privateCluster = ".local/postgres/connection.env"

    /// The libpq URI for that login; says what to do if there is none.
    static func find(_ login: WantedLogin) async throws -> String {
        let surroundings = Surroundings.current
        let settings = try await ToolSettings.read(
            environment: surroundings.environment, folder: surroundings.workingFolder)
        if let url = settings.databaseURL { return url }
        let file = surroundings.path(privateCluster)
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(
                .databaseAway,
                """
                No database is named, and there is no private cluster under .local/postgres of this folder.
                Either set DATABASE_URL (postgresql://counterpoint_operator@host/counterpoint; `counterpoint schema \
                operator-login` prints one), or run this where `make run` made the cluster.
                """)
        }
        let lines = try await ToolSettings.lines(ofFile: file)
        guard let url = lines[login.line] else {
            throw CommandFailure(
                .databaseAway,
                "\(privateCluster) has no line \(login.line)=. Start anew with `make run`.")
        }
        return url
    }

    /// Whether commands use the private cluster.
    static func isPrivate() async throws -> Bool {
        let surroundings = Surroundings.current
        let settings = try await ToolSettings.read(
            environment: surroundings.environment, folder: surroundings.workingFolder)
        return settings.databaseURL == nil
    }
}
