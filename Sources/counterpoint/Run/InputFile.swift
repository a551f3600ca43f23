// Files that commands read whole.

import FoundationEssentials

enum InputFile {
    /// Bytes of a file in the working folder, or of standard input for `-`.
    static func bytes(_ path: String) throws -> [UInt8] {
        let surroundings = Surroundings.current
        if path == "-" { return surroundings.console.readInput() }
        do {
            return Array(try Data(contentsOf: URL(filePath: surroundings.path(path))))
        } catch {
            throw CommandFailure(
                .dataRefused, "The file \(path) cannot be read. Is the path right?")
        }
    }

    /// The file's own name, without folders.
    static func name(_ path: String) -> String? {
        path == "-" ? nil : path.split(separator: "/").last.map(String.init)
    }
}
