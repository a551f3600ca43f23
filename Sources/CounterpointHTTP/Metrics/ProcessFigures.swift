// What the kernel knows of this process, read when somebody asks.

import Glibc

enum ProcessFigures {
    /// Resident memory and open descriptors, named as Prometheus names them everywhere.
    static func text() -> String {
        var text = ""
        if let pages = residentPages() {
            text += "# TYPE process_resident_memory_bytes gauge\n"
            text += "process_resident_memory_bytes \(pages * Int(sysconf(Int32(_SC_PAGESIZE))))\n"
        }
        text += "# TYPE process_open_fds gauge\n"
        text += "process_open_fds \(openDescriptors())\n"
        return text
    }

    /// The second number of `/proc/self/statm`.
    private static func residentPages() -> Int? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
        let line = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let numbers = String(decoding: line, as: UTF8.self).split(separator: " ")
        return numbers.count > 1 ? Int(numbers[1]) : nil
    }

    private static func openDescriptors() -> Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Less `.`, `..` and the folder just opened.
        return max(0, count - 3)
    }
}
