// Starts the service: settings, log, checks, services in their order. No rules and no SQL live here.

import CounterpointSettings
import Glibc

@main
enum Main {
    static func main() async {
        let outcome = await start()
        LogWriter.standardError.flush()
        switch outcome {
        case .success: exit(EX_OK)
        case .failure(let refusal):
            refusal.print()
            exit(refusal.code)
        }
    }

    private static func start() async -> Result<Void, StartRefusal> {
        do throws(SettingsProblems) {
            let arguments = Array(CommandLine.arguments.dropFirst())
            switch try await ServiceSettings.sources(arguments: arguments) {
            case .help:
                print(ServiceSettings.usage)
                return .success(())
            case .start(let sources, let flagFaults):
                let settings = try ServiceSettings(reading: sources, flagFaults: flagFaults)
                return await ServiceRun(settings).untilStopped()
            }
        } catch {
            return .failure(StartRefusal(EX_CONFIG, "The settings are not right:", error.problems))
        }
    }
}

/// Why the service did not start, or ended otherwise than by being asked to.
struct StartRefusal: Error {
    let code: Int32
    let headline: String
    let reasons: [String]

    init(_ code: Int32, _ headline: String, _ reasons: [String]) {
        self.code = code
        self.headline = headline
        self.reasons = reasons
    }

    /// To standard error, one reason a line.
    func print() {
        let lines = ["counterpointd: \(headline)"] + reasons.map { "  \($0)" }
        let text = Array((lines.joined(separator: "\n") + "\n").utf8)
        _ = text.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
