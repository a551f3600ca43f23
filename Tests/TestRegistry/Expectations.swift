// Tables of what is expected, kept as text beside the test, so that a person can read and review them.

import Glibc

/// Holds lines against a file of the repository.
public enum Expectations {
    public struct Unreadable: Error {
        public var path: String
    }

    /// Nil when all is as expected, else what is not. Each line of `found` must stand in `file`, in the same order; lines beginning with # and empty ones are for people.
    /// What is found is written to `.local/isolation/`, so that an intended change can be looked at and taken over.
    public static func hold(
        _ found: [String], against file: String, in testFile: String
    ) throws -> String? {
        let folder = testFile.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let expected = try lines(folder.joined(separator: "/") + "/" + file)
        let keep = folder.dropLast(3).joined(separator: "/") + "/.local"
        mkdir(keep, 0o755)
        mkdir(keep + "/isolation", 0o755)
        if let copy = fopen("\(keep)/isolation/\(file)", "w") {
            fputs(found.joined(separator: "\n") + "\n", copy)
            fclose(copy)
        }
        let trimmed = found.map(squeezed)
        guard trimmed != expected else { return nil }
        let difference = trimmed.difference(from: expected)
        var said: [String] = []
        for change in difference {
            switch change {
            case .insert(let place, let line, _):
                // A cell is told with the heading that it stands under.
                let heading = found[...place].last { !$0.hasPrefix(" ") } ?? ""
                said.append("found    \(heading): \(line)")
            case .remove(_, let line, _): said.append("expected \(line)")
            }
        }
        return """
            \(file) says otherwise (what was found is in .local/isolation/\(file)):
            \(said.sorted().prefix(60).joined(separator: "\n"))
            """
    }

    private static func lines(_ path: String) throws -> [String] {
        guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            squeezed(String($0))
        }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    private static func squeezed(_ line: String) -> String {
        line.split(separator: " ").joined(separator: " ")
    }
}
