// The log: one JSON object a line on standard error, for people with jq and for machines.

import CounterpointModel
import Glibc
import Logging

struct LineLog: LogHandler {
    let label: String
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, logLevel: Logger.Level) {
        self.label = label
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        line.append(contentsOf: "{\"at\":\"".utf8)
        line.append(contentsOf: Self.now.utf8)
        line.append(contentsOf: "\",\"level\":\"\(event.level.rawValue)\",\"message\":".utf8)
        JSONValue.write("\(event.message)", into: &line)
        for (key, value) in metadata where event.metadata?[key] == nil {
            Self.write(key, value, into: &line)
        }
        if let more = event.metadata {
            for (key, value) in more { Self.write(key, value, into: &line) }
        }
        line.append(contentsOf: "}\n".utf8)
        LogWriter.standardError.add(line)
    }

    private static func write(
        _ key: String, _ value: Logger.Metadata.Value, into line: inout [UInt8]
    ) {
        line.append(UInt8(ascii: ","))
        JSONValue.write(key, into: &line)
        line.append(UInt8(ascii: ":"))
        switch value {
        case .string(let text): JSONValue.write(text, into: &line)
        case .stringConvertible(let number as any FixedWidthInteger):
            line.append(contentsOf: "\(number)".utf8)
        default: JSONValue.write("\(value)", into: &line)
        }
    }

    private static var now: String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let secondsTo2000 = 946_684_800
        let micros = Int64(time.tv_sec - secondsTo2000) * 1_000_000 + Int64(time.tv_nsec) / 1_000
        return Instant(microsecondsSince2000: micros).map(\.description) ?? ""
    }
}
