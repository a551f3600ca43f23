// From a command line to an exit code. Everything between goes through `Surroundings`, so that a test can run a command
// in its own process.

import ArgumentParser
import CounterpointModel

/// One run of the tool.
enum CommandRun {
    /// Runs the command and answers its exit code (sysexits).
    static func run(_ arguments: [String], in surroundings: Surroundings) async -> Int32 {
        await Surroundings.$current.withValue(surroundings) {
            var command: any ParsableCommand
            do {
                command = try Counterpoint.parseAsRoot(arguments)
            } catch {
                return answer(parsing: error)
            }
            do {
                if var slow = command as? any AsyncParsableCommand {
                    try await slow.run()
                } else {
                    try command.run()
                }
                return ExitStatus.success.rawValue
            } catch let error as any ArgumentParserError {
                return answer(parsing: error)
            } catch {
                let failure = CommandFailure(error)
                Surroundings.console.complain(failure.text)
                return failure.status.rawValue
            }
        }
    }

    /// Help goes to standard output with 0; a command line that is wrong to standard error with 64.
    private static func answer(parsing error: any Error) -> Int32 {
        let code = Counterpoint.exitCode(for: error)
        let text = Counterpoint.fullMessage(for: error)
        if code == .success {
            Surroundings.console.print(text)
            return ExitStatus.success.rawValue
        }
        if !text.isEmpty { Surroundings.console.complain(text) }
        return ExitStatus.usage.rawValue
    }
}

/// What a command throws to have the parser answer: help asked for, or a combination of options that makes no sense.
protocol ArgumentParserError: Error {}
extension ValidationError: ArgumentParserError {}
extension CleanExit: ArgumentParserError {}

/// How the tool ends, as sysexits.h numbers it.
enum ExitStatus: Int32 {
    case success = 0
    case usage = 64
    case dataRefused = 65
    case databaseAway = 69
    case unexpected = 70
    case notPermitted = 77
}
