// Starts the service: settings, log, checks, services in their order. No rules and no SQL live here.

import CounterpointSettings
import Glibc

@main
enum Main {
    static func main() async {
        giveMemoryBack()
        let outcome = await start()
        LogWriter.standardError.flush()
        switch outcome {
        case .success: exit(EX_OK)
        case .failure(let refusal):
            refusal.print()
            exit(refusal.code)
        }
    }

    /// Blocks of 256 KiB and more are the system's again as soon as they are freed. The C library raises its own threshold
    /// up to 32 MiB with every large file and keeps such blocks for each thread: a service that had taken three files of a
    /// million rows held 220 MB instead of 126. By name, since Swift's Glibc leaves malloc.h out; other C libraries have no
    /// such function, and no such habit.
    private static func giveMemoryBack() {
        typealias Option = @convention(c) (_ name: Int32, _ value: Int32) -> Int32
        let mmapThreshold: Int32 = -3  // M_MMAP_THRESHOLD of malloc.h
        guard let found = dlsym(nil, "mallopt") else { return }
        _ = unsafeBitCast(found, to: Option.self)(mmapThreshold, 256 * 1024)
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
