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
            } catch  where isOfParser(error) {
                return answer(parsing: error)
            } catch {
                let failure = CommandFailure(error)
                Surroundings.console.complain(failure.text)
                return failure.status.rawValue
            }
        }
    }

    /// Help that was asked for, and combinations of options that make no sense, come as errors of the parser's own, some
    /// of types that it keeps to itself; anything that is not its own it would end with 1.
    private static func isOfParser(_ error: any Error) -> Bool {
        Counterpoint.exitCode(for: error) != .failure
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

/// How the tool ends, as sysexits.h numbers it.
enum ExitStatus: Int32 {
    case success = 0
    case usage = 64
    case dataRefused = 65
    case databaseAway = 69
    case unexpected = 70
    case notPermitted = 77
}
