// One migration file: numbered, up-only, plain SQL.

internal import Glibc

/// A file `NNNN_name.sql` of the schema folder.
public struct Migration: Sendable, Hashable {
    public let version: Int
    public let name: String
    /// Of the file's bytes, as the digest given to `Migrations` writes it.
    public let checksum: String
    /// False if the first line opts out, for a statement that cannot run in a transaction; the file then holds exactly
    /// one statement.
    public let isTransactional: Bool
    let text: String

    /// As it stands in the folder.
    public var fileName: String { "\(Self.padded(version))_\(name).sql" }

    static let optOut = "-- counterpoint: no transaction"

    static func padded(_ version: Int) -> String {
        String(repeating: "0", count: max(0, 4 - "\(version)".count)) + "\(version)"
    }
}

extension Migration {
    /// All migrations of a folder in order; other files are passed over, two of one number are refused.
    static func read(folder: String, digest: ([UInt8]) -> String) throws -> [Migration] {
        guard let directory = opendir(folder) else {
            throw MigrationError.unreadable(folder, String(cString: strerror(errno)))
        }
        defer { closedir(directory) }
        var migrations: [Migration] = []
        while let entry = readdir(directory) {
            let file = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard file.hasSuffix(".sql") else { continue }
            guard let (version, name) = parse(file) else { throw MigrationError.badName(file) }
            let bytes = try contents(of: folder + "/" + file)
            guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
                throw MigrationError.unreadable(file, "not UTF-8 text")
            }
            migrations.append(
                Migration(
                    version: version, name: name, checksum: digest(bytes),
                    isTransactional: !text.hasPrefix(optOut), text: text))
        }
        migrations.sort { $0.version < $1.version }
        for (one, next) in zip(migrations, migrations.dropFirst()) where one.version == next.version
        {
            throw MigrationError.twice(one.fileName, next.fileName)
        }
        return migrations
    }

    /// `0007_grants.sql` is (7, "grants"); names are lower-case letters, digits and underscores.
    private static func parse(_ file: String) -> (Int, String)? {
        let stem = file.dropLast(4)
        guard let separator = stem.firstIndex(of: "_") else { return nil }
        let digits = stem[..<separator]
        let name = stem[stem.index(after: separator)...]
        guard digits.utf8.count >= 4, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let version = Int(digits), version > 0, !name.isEmpty,
            name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 })
        else { return nil }
        return (version, String(name))
    }

    private static func contents(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else {
            throw MigrationError.unreadable(path, String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        guard ferror(file) == 0 else { throw MigrationError.unreadable(path, "read failed") }
        return bytes
    }
}

/// Why a schema was not moved; always names the file.
public enum MigrationError: Error, Sendable, Hashable {
    case unreadable(String, String)
    /// Not of the form `NNNN_name.sql`.
    case badName(String)
    /// Two files of one number.
    case twice(String, String)
    /// An applied file is different from what was applied: write a new one instead.
    case changed(String)
    /// Applied, but not in the folder: this program is older than the database.
    case missing(String)
    /// Not applied although a later one is.
    case outOfOrder(String)
    /// The file ended its own transaction.
    case leftTransaction(String)
    case badSchemaName(String)
}
