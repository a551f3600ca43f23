// What a command finds around it: environment, working folder, terminal. A test brings its own.

import FoundationEssentials
import Glibc

/// The surroundings of one run.
struct Surroundings: Sendable {
    @TaskLocal static var current = Surroundings.process

    static var console: Console { current.console }

    var environment: [String: String]
    var workingFolder: String
    /// The tool's own file, for finding what was installed beside it.
    var executable: String?
    var console: Console

    /// Those of this process.
    static let process = Surroundings(
        environment: ProcessInfo.processInfo.environment,
        workingFolder: FileManager.default.currentDirectoryPath,
        executable: try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
        console: .process)

    /// A path as it is meant in the working folder.
    func path(_ text: String) -> String {
        text.hasPrefix("/") ? text : workingFolder + "/" + text
    }
}

/// Standard input, output and error.
struct Console: Sendable {
    var write: @Sendable ([UInt8]) -> Void
    var writeError: @Sendable ([UInt8]) -> Void
    var readInput: @Sendable () -> [UInt8]
    /// A line that a person types.
    var readAnswer: @Sendable () -> String?
    var inputIsTerminal: Bool
    var outputIsTerminal: Bool
    var errorIsTerminal: Bool

    static let process = Console(
        write: { send($0, to: STDOUT_FILENO) },
        writeError: { send($0, to: STDERR_FILENO) },
        readInput: { readAll(STDIN_FILENO) },
        readAnswer: { readLine() },
        inputIsTerminal: isatty(STDIN_FILENO) == 1,
        outputIsTerminal: isatty(STDOUT_FILENO) == 1,
        errorIsTerminal: isatty(STDERR_FILENO) == 1)

    /// A line on standard output.
    func print(_ line: String) { write(Array((line.hasSuffix("\n") ? line : line + "\n").utf8)) }

    /// A line on standard error.
    func complain(_ line: String) {
        writeError(Array((line.hasSuffix("\n") ? line : line + "\n").utf8))
    }

    /// What is going on, for somebody who watches: nothing if nobody does.
    func progress(_ line: String) {
        guard errorIsTerminal else { return }
        // Over the line before it, so that long work does not fill the screen.
        writeError(Array("\r\u{1B}[K\(line)".utf8))
    }

    /// Takes the progress line away again.
    func endProgress() {
        guard errorIsTerminal else { return }
        writeError(Array("\r\u{1B}[K".utf8))
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress!, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            sent += count
        }
    }

    private static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }
}
