// Files that commands read.

import FoundationEssentials
import Glibc

enum InputFile {
    /// Bytes of a file in the working folder, or of standard input for `-`.
    static func bytes(_ path: String) throws -> [UInt8] {
        let surroundings = Surroundings.current
        if path == "-" { return surroundings.console.readInput() }
        do {
            return Array(try Data(contentsOf: URL(filePath: surroundings.path(path))))
        } catch {
            throw unreadable(path)
        }
    }

    /// What is read of a long file at once.
    private static let pieceBytes = 1 << 20

    /// Hands a file over in pieces, so that a long one need not fit into memory.
    static func read(_ path: String, _ take: ([UInt8]) throws -> Void) throws {
        let surroundings = Surroundings.current
        let descriptor = open(surroundings.path(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var piece = [UInt8](repeating: 0, count: pieceBytes)
        while true {
            let count = Glibc.read(descriptor, &piece, pieceBytes)
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { return }
            try take(Array(piece[..<count]))
        }
    }

    /// The first bytes of a file.
    static func beginning(_ path: String) throws -> [UInt8] {
        struct Enough: Error {}
        var beginning: [UInt8] = []
        do {
            try read(path) { piece in
                beginning = Array(piece.prefix(256))
                throw Enough()
            }
        } catch is Enough {}
        return beginning
    }

    private static func unreadable(_ path: String) -> CommandFailure {
        CommandFailure(.dataRefused, "The file \(path) cannot be read. Is the path right?")
    }

    /// The file's own name, without folders.
    static func name(_ path: String) -> String? {
        path == "-" ? nil : path.split(separator: "/").last.map(String.init)
    }
}
