// What tests ask of the system they run on.

internal import Glibc

/// Read once, never written: the environment is not thread-safe.
enum Environment {
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    static func text(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// This process, as the kernel sees it.
public enum ProcessStatus {
    /// Memory in use, in KiB.
    public static var residentKiB: Int { field("VmRSS:") }

    /// How many threads have names that begin so.
    public static func threads(named prefix: String) -> Int {
        guard let directory = opendir("/proc/self/task") else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            let id = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let name = Environment.text(of: "/proc/self/task/\(id)/comm")
            if name.hasPrefix(prefix) { count += 1 }
        }
        return count
    }

    private static func field(_ name: String) -> Int {
        for line in Environment.text(of: "/proc/self/status").split(separator: "\n")
        where line.hasPrefix(name) {
            return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
        }
        return 0
    }
}
