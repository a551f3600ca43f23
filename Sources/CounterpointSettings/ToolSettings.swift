// The settings that the command-line tool shares with the service: environment before `.env`, as there.

import Configuration
import FoundationEssentials
import SystemPackage

/// What the command-line tool is told by its surroundings; all of it optional.
public struct ToolSettings: Sendable {
    /// libpq URI of the database. May hold a password: never log it.
    public var databaseURL: String?
    /// The folder of migrations.
    public var schemaDirectory: String?
    /// The port that the service listens on.
    public var port: Int?
    /// The least severe log level that is written; nil: nothing is.
    public var logLevel: String?

    /// Reads the environment given, and `.env` in `folder` for what it does not say. An empty value counts as none.
    public static func read(
        environment: [String: String], folder: String
    ) async throws -> ToolSettings {
        let file = try await EnvironmentVariablesProvider(
            environmentFilePath: FilePath(folder + "/.env"), allowMissing: true,
            secretsSpecifier: .all)
        let config = ConfigReader(providers: [
            EnvironmentVariablesProvider(
                environmentVariables: environment, secretsSpecifier: .all),
            file,
        ])
        func text(_ variable: String) -> String? {
            let value = config.string(forKey: ConfigKey(variable.lowercased()), isSecret: true)
            return value?.isEmpty == true ? nil : value
        }
        return ToolSettings(
            databaseURL: text("DATABASE_URL"), schemaDirectory: text("COUNTERPOINT_SCHEMA_DIR"),
            port: text("COUNTERPOINT_PORT").flatMap { Int($0) },
            logLevel: text("COUNTERPOINT_LOG_LEVEL"))
    }

    /// The `NAME=value` lines of a file written by a machine: no quotes, no continuation.
    public static func lines(ofFile path: String) async throws -> [String: String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var lines: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            lines[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return lines
    }
}
