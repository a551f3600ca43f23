// Files as platforms write them, each with what must be read from it in a text beside it.

import CounterpointFormats
import CounterpointModel
import FoundationEssentials
import Testing

/// A file under Files/<format>/ and the text beside it: `name.csv` and `name.csv.txt`.
///
/// A first line `> from=2025-01-01 to=2025-03-31 channel=facebook format=xPosts` in the text gives what is sent with the file.
struct GoldenFile: CustomTestStringConvertible, Sendable {
    var folder: String
    var name: String

    var testDescription: String { "\(folder)/\(name)" }

    static let root: String =
        "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Files/"

    /// Every file of the folders that are named after formats.
    static let all: [GoldenFile] = {
        let manager = FileManager.default
        return FormatCatalogue.all.map(\.id).flatMap { folder -> [GoldenFile] in
            let names = (try? manager.contentsOfDirectory(atPath: root + folder)) ?? []
            return names.sorted().filter { !$0.hasSuffix(".txt") && !$0.hasSuffix(".md") }
                .map { GoldenFile(folder: folder, name: $0) }
        }
    }()

    var path: String { Self.root + folder + "/" + name }

    func bytes() throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(filePath: path)))
    }

    func expected() throws -> String {
        guard FileManager.default.fileExists(atPath: path + ".txt") else { return "" }
        return try String(contentsOfFile: path + ".txt", encoding: .utf8)
    }

    /// What is sent with the file.
    func options() throws -> PlatformImport.Options {
        guard let first = try expected().split(separator: "\n").first, first.hasPrefix(">") else {
            return PlatformImport.Options()
        }
        var options = PlatformImport.Options()
        var from: Day?
        var to: Day?
        for word in first.dropFirst().split(separator: " ") {
            let parts = word.split(separator: "=").map(String.init)
            switch parts[0] {
            case "from": from = Day(iso: parts[1])
            case "to": to = Day(iso: parts[1])
            case "channel": options.channel = Channel(rawValue: parts[1])
            case "format": options.format = parts[1]
            case "currency": options.currency = Currency(parts[1])
            case "dayOrder": options.dayOrder = DayOrder(rawValue: parts[1])
            default: Issue.record("\(testDescription): unknown option \(word)")
            }
        }
        if let from, let to { options.period = Period(from: from, to: to) }
        return options
    }
}

extension PlatformReport {
    /// The whole report as a text that a person can check.
    var golden: String {
        var lines: [String] = []
        let account = report.accounting
        lines.append("format: \(format?.id ?? "none")\(snapshot ? " (snapshot)" : "")")
        lines.append(
            "rows: \(account.rowsRead) read = \(account.accepted) accepted + \(account.duplicate) duplicate + \(account.totalsSetAside) set aside + \(account.rejected) rejected"
        )
        for set in report.sets {
            let role = set.role.map { " role \($0.rawValue)" } ?? ""
            lines.append("")
            lines.append(
                "set: \(set.channel.rawValue) by \(set.breakdown.rawValue) \(set.period)\(role)\(set.isSnapshot ? " snapshot" : "")"
            )
            lines += set.readings.sorted { $0.order < $1.order }.map(\.golden)
        }
        lines.append("")
        lines += report.problems.map { problem in
            let part = problem.part.map { "\($0):" } ?? ""
            let isOpen = problem.effect == .asked || problem.effect == .unreadable
            return
                "problem: \(part)\(problem.line) [\(problem.column)] “\(problem.value)” \(problem.code) \(problem.effect)"
                + (isOpen ? ": \(problem.detail)" : "")
        }
        lines += findings.map { "finding: \($0.code) \($0.severity): \($0.detail)" }
        lines.append("")
        lines += columns.sorted { ($0.part ?? "", $0.number) < ($1.part ?? "", $1.number) }.map {
            column in
            let part = column.part.map { "\($0):" } ?? ""
            return
                "column: \(part)\(column.number) \(column.header.prefix(50)): \(column.use) \(column.metric?.code ?? "")"
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Reading {
    fileprivate var order: String {
        // By line first, as the file has them.
        let number = String(line ?? 0)
        return String(repeating: "0", count: max(0, 9 - number.count)) + number + golden
    }

    /// `12 impressions 3159843 (2023-04-14/2024-03-11) ad 1`
    var golden: String {
        let amount =
            state == .value
            ? (qualifier == .exact ? "" : qualifier.rawValue + " ") + (value?.plainText ?? "?")
                + (currency.map { " " + $0.code } ?? "") : state.rawValue
        let about = [content, cell.map { "[\($0)]" }].compactMap { $0 }.joined(separator: " ")
        return "  \(line ?? 0) \(metric.code) \(amount) (\(period)) \(about)"
    }
}

@Suite struct GoldenFileTests {
    @Test(arguments: GoldenFile.all)
    func isReadAsWritten(_ file: GoldenFile) throws {
        let report = try PlatformImport.read(file.bytes(), name: file.name, options: file.options())
        #expect(report.report.accounting.isBalanced)
        let head =
            try file.expected().split(separator: "\n", omittingEmptySubsequences: false).first.map(
                String.init) ?? ""
        let text = (head.hasPrefix(">") ? head + "\n" : "") + report.golden
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] != nil {
            try text.write(toFile: file.path + ".txt", atomically: true, encoding: .utf8)
            return
        }
        let expected = try file.expected()
        #expect(text == expected, "run with WRITE_GOLDEN=1 and look at the difference")
    }

    /// A format without a file is a promise that nobody has tried.
    @Test func everyFormatHasAFile() {
        let folders = Set(GoldenFile.all.map(\.folder))
        for format in FormatCatalogue.all { #expect(folders.contains(format.id), "\(format.id)") }
    }
}
