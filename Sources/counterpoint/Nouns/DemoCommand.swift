// counterpoint demo: the demonstration programme, from published figures.

import ArgumentParser
import CounterpointModel
import CounterpointRecords
import CounterpointSettings
import FoundationEssentials

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The demonstration programme, made of published figures.",
        discussion: """
            It holds the Redirect Method pilot of 2016 and the Mental Health for Ukraine ads of 2023–24, with the sources \
            in each result set's note. Grants and the funder are invented and say so.

              counterpoint demo load
              counterpoint summary results --programme "Civil Society" --group-by campaign
            """,
        subcommands: [Load.self])

    struct Load: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load the demonstration, once, and write its tokens to a file.",
            discussion: """
                A second run finds it and changes nothing; where the file is missing or its tokens have ended, it issues \
                fresh ones. An interrupted run goes on where it ended.
                """)

        @Option(help: ArgumentHelp("Where the tokens go.", valueName: "path"))
        var envFile = ".local/demo.env"

        @Option(
            help: ArgumentHelp(
                "Where the service answers (default: its port on 127.0.0.1).", valueName: "url"))
        var baseURL: String?

        @Option(
            help: ArgumentHelp(
                "This tool, as the file names it (default: where it is).", valueName: "path"))
        var cliPath: String?

        func run() async throws {
            let console = Surroundings.console
            let path = Surroundings.current.path(envFile)
            let address = try await serviceAddress()
            try await Session.acting(as: nil) { session in
                var demonstration = Demonstration(
                    registry: session.registry, administrator: session.caller
                ) { console.progress("\($0) …") }
                let loaded = try await demonstration.load()
                console.endProgress()
                let issuer = DemonstrationTokens(session: session, loaded: loaded)
                let file = try await issuer.file(
                    at: path, baseURL: address, tool: cliPath ?? Self.ownPath)
                if loaded.isNew {
                    console.print("Loaded “\(loaded.programme.name)” (\(loaded.programme.id)).")
                } else {
                    console.print(
                        "“\(loaded.programme.name)” is loaded already (\(loaded.programme.id)).")
                }
                switch file {
                case .kept: console.print("Its tokens are in \(envFile).")
                case .written: console.print("Its tokens are in \(envFile), readable by you only.")
                }
            }
        }

        private func serviceAddress() async throws -> String {
            if let baseURL { return baseURL }
            let surroundings = Surroundings.current
            let settings = try await ToolSettings.read(
                environment: surroundings.environment, folder: surroundings.workingFolder)
            return "http://127.0.0.1:\(settings.port ?? 8080)"
        }

        /// As a path from the working folder, if it lies in there.
        private static var ownPath: String {
            let surroundings = Surroundings.current
            let tool = surroundings.executable ?? "counterpoint"
            let folder = surroundings.workingFolder + "/"
            return tool.hasPrefix(folder) ? String(tool.dropFirst(folder.count)) : tool
        }
    }
}

/// Sees that the file has tokens that open something.
struct DemonstrationTokens {
    enum Result { case kept, written }

    let session: Session
    let loaded: LoadedDemonstration

    func file(at path: String, baseURL: String, tool: String) async throws -> Result {
        if var file = DemonstrationFile(path: path), file.programme == loaded.programme.id,
            try await areTokensGood()
        {
            let old = file
            file.baseURL = baseURL
            file.tool = tool
            if file == old { return .kept }
            try file.write(to: path)
            return .written
        }
        let file = DemonstrationFile(
            programme: loaded.programme.id, baseURL: baseURL,
            managerToken: try await issue(loaded.manager),
            mentalHealthToken: try await issue(loaded.mentalHealthEditor),
            pilotToken: try await issue(loaded.pilotEditor),
            funderToken: try await issue(loaded.funderMember),
            auditorToken: try await issue(loaded.auditor), tool: tool)
        try file.write(to: path)
        return .written
    }

    private func issue(_ principal: Principal) async throws -> String {
        try await session.registry.issueToken(
            NewToken(principalId: principal.id, label: DemonstrationPlan.tokenLabel),
            as: session.caller
        ).made().secret.text
    }

    /// The record keeps no secrets to compare with; but if the last tokens made for the file are in force, it has them.
    private func areTokensGood() async throws -> Bool {
        let clock = try await session.connection.identity().clock
        for principal in [
            loaded.manager, loaded.mentalHealthEditor, loaded.pilotEditor, loaded.funderMember,
            loaded.auditor,
        ] {
            var filter = TokenFilter()
            filter.principal = principal.id
            let tokens = try await everything { [filter] page in
                try await session.registry.tokens(filter, page: page, as: session.caller)
            }
            let latest = tokens.last { $0.label == DemonstrationPlan.tokenLabel }
            guard let latest, latest.isValid(at: clock) else { return false }
        }
        return true
    }
}
