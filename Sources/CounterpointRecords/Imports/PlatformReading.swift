// The file of a platform, read by the room that knows their formats.

import CounterpointFormats
import CounterpointModel

enum PlatformReading {
    static func read(
        _ bytes: [UInt8], _ source: SourceFile, _ original: [UInt8]?, _ options: FileOptions
    ) throws -> FileReading {
        let found: PlatformReport
        do {
            found = try PlatformImport.read(
                bytes, name: source.name,
                options: PlatformImport.Options(
                    format: options.format, period: options.period, channel: options.channel,
                    currency: options.currency,
                    dayOrder: options.dayOrder.flatMap(DayOrder.init(rawValue:)),
                    numberStyle: options.numberStyle.flatMap(NumberStyle.init(rawValue:)),
                    metric: options.metric))
        } catch {
            throw RegistryError.refused(
                Refusal(
                    error.code.rawValue,
                    error.detail + (error.place.map { " (\($0))" } ?? "")))
        }
        let report = found.report
        return FileReading(
            source: source,
            method: found.format?.id == FileOptions.canonical ? .canonicalCSV : .platformExport,
            sets: try report.sets.map { set in
                try SetOfFile(
                    channel: set.channel, breakdown: set.breakdown, period: set.period,
                    readings: PackedReadings(set.readings), role: set.role,
                    isSnapshot: set.isSnapshot)
            },
            accounting: report.accounting, problems: report.problems,
            problemsNotListed: report.problemsNotListed,
            about: FileAccount(
                format: found.format.map { format in
                    [
                        "id": .string(format.id), "title": .string(format.title),
                        "platform": .string(format.platform),
                    ]
                }, columns: found.columns.map(\.document), findings: found.findings),
            original: original)
    }
}
