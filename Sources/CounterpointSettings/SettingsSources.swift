// Where settings come from: flags before the environment before `.env`.

public import Configuration
import SystemPackage

/// What a command line asked for.
public enum StartRequest: Sendable {
    /// Print ``ServiceSettings/usage`` and stop.
    case help
    /// Read settings from these sources; what is wrong with the flags is told with what is wrong
    /// with the settings.
    case start(ConfigReader, flagFaults: [String])
}

extension ServiceSettings {
    /// Looks at the command line, the environment and `.env` in the working folder, in this order.
    ///
    /// - Parameter arguments: the command line without the program's name.
    /// - Throws: ``SettingsProblems`` for an `.env` that cannot be read.
    public static func sources(
        arguments: [String], environmentFile: String = ".env"
    ) async throws(SettingsProblems) -> StartRequest {
        if arguments.contains(where: { $0 == "--help" || $0 == "-h" }) { return .help }
        let file: EnvironmentVariablesProvider
        do {
            file = try await EnvironmentVariablesProvider(
                environmentFilePath: FilePath(environmentFile), allowMissing: true,
                secretsSpecifier: .all)
        } catch {
            throw SettingsProblems(problems: ["\(environmentFile) cannot be read: \(error)"])
        }
        let flags = CommandLineArgumentsProvider(
            arguments: ["counterpointd"] + arguments, secretsSpecifier: .all)
        return .start(
            ConfigReader(providers: [
                flags.mapKeys(flagKey),
                EnvironmentVariablesProvider(secretsSpecifier: .all),
                file,
            ]), flagFaults: flagFaults(arguments))
    }

    /// Settings are looked up by their variable's name; flags leave out the product's name.
    @Sendable private static func flagKey(_ key: AbsoluteConfigKey) -> AbsoluteConfigKey {
        let variable = key.components.joined(separator: "_").uppercased()
        guard let setting = Setting.all.first(where: { $0.variable == variable }) else {
            return key
        }
        return AbsoluteConfigKey(setting.flag.split(separator: "-").map(String.init))
    }

    /// The provider ignores flags that nobody asks for, so that a typing error would be lost.
    private static func flagFaults(_ arguments: [String]) -> [String] {
        var faults: [String] = []
        var seen: Set<String> = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                faults.append("\(argument) is not understood: flags begin with two dashes")
                continue
            }
            let parts = argument.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            guard Setting.all.contains(where: { $0.flag == name }) else {
                faults.append("--\(name) is no setting of counterpointd")
                if parts.count == 1, rest.first?.hasPrefix("--") == false { rest.removeFirst() }
                continue
            }
            if !seen.insert(name).inserted { faults.append("--\(name) is given twice") }
            if parts.count == 1 {
                if let value = rest.first, !value.hasPrefix("--") {
                    rest.removeFirst()
                } else {
                    faults.append("--\(name) lacks its value")
                }
            }
        }
        return faults
    }
}
