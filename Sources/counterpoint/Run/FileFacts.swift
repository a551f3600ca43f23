// What the file system says, asked of it directly.

import Glibc

enum FileMode {
    /// The permission bits of a file; nil if there is none.
    static func bits(of path: String) -> UInt32? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        return UInt32(facts.st_mode) & 0o7777
    }
}

enum FreeSpace {
    /// PostgreSQL writes its log of changes in files of 16 MB and keeps some dozens of them: 200 MB is the last moment.
    static let leastBytes: UInt64 = 200_000_000
    /// A million readings take about 300 MB with their indexes; twice that leaves time to act.
    static let comfortableBytes: UInt64 = 1_000_000_000

    /// Bytes that an ordinary user can still write there; nil if there is no such folder.
    static func bytes(at path: String) -> UInt64? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
    }
}
