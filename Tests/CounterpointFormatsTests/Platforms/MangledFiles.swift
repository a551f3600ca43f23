// Thousands of damaged files: whatever was done to one, its rows are accounted for and nothing is lost without a word.

import CounterpointModel
import FoundationEssentials
import TestDice
import Testing

@testable import CounterpointFormats

/// A file as rows of texts, to be damaged and written again.
private struct Sheet {
    var rows: [[String]]
    var header: Int
    var options: PlatformImport.Options

    /// Of a golden file that is one table with one block; nil for others.
    init?(_ file: GoldenFile) throws {
        guard let read = try? ReadFile.read(file.bytes()), read.tables.count == 1 else {
            return nil
        }
        let options = try file.options()
        self.options = options
        rows = read.tables[0].rows.map { $0.cells.map(\.shown) }
        let candidates = FormatCatalogue.all.filter {
            $0 != .canonical && (options.format == "auto" || options.format == $0.id)
        }
        guard
            case .blocks(let blocks) = TableRecognition(candidates: candidates).recognise(
                read.tables[0]),
            blocks.count == 1
        else { return nil }
        let number = blocks[0].header.number
        header = read.tables[0].rows.firstIndex { $0.number == number } ?? 0
    }

    var isRagged: Bool { rows[(header + 1)...].contains { $0.count != rows[header].count } }

    func bytes(separator: Character, encoding: Int) -> [UInt8] {
        let text =
            rows.map { row in
                row.map { cell in
                    cell.contains {
                        $0 == "\"" || $0 == "\n" || $0 == "," || $0 == ";" || $0 == "\t"
                    }
                        ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
                }.joined(separator: String(separator))
            }.joined(separator: "\r\n") + "\r\n"
        switch encoding {
        case 1: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        case 2: return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case 3: return [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        default: return Array(text.utf8)
        }
    }

    mutating func shuffleRows(_ chance: inout Dice) {
        var body = Array(rows[(header + 1)...])
        body.shuffle(using: &chance)
        rows.replaceSubrange((header + 1)..., with: body)
    }

    mutating func shuffleColumns(_ chance: inout Dice) {
        var order = Array(rows[header].indices)
        order.shuffle(using: &chance)
        for place in header..<rows.count {
            let old = rows[place]
            rows[place] = order.map { $0 < old.count ? old[$0] : "" }
        }
    }

    mutating func damage(_ chance: inout Dice) {
        let junk = [
            "", "0", "-", "--", "<5", "< 10%", "abc", "12,5", "1.234", "1.234,5", "1,234.5", "-3",
            "9e99", "6.54E+17",
            "99999999999999999999", "#N/A", "=1+1", "Total", "Total: Account", "2024-13-45",
            "03/04/2026", "Lifetime", "é",
            "\u{202E}x", "NaN", "€5", "$5", "12%", "1.2K", "\"", "a\nb",
        ]
        for _ in 0...chance.upTo(3) {
            let row = min(rows.count - 1, header + chance.upTo(rows.count - 1 - header))
            guard !rows[row].isEmpty else { continue }
            let column = chance.upTo(rows[row].count - 1)
            switch chance.upTo(7) {
            case 0, 1: rows[row][column] = junk[chance.upTo(junk.count - 1)]
            case 2: rows.append(rows[row])
            case 3: if row > header { rows.remove(at: row) }
            case 4: rows[header][min(column, rows[header].count - 1)] = "Something new"
            case 5: rows[row].removeLast(chance.upTo(rows[row].count - 1))
            case 6: rows[row].append(junk[chance.upTo(junk.count - 1)])
            default:
                let other = chance.upTo(rows[header].count - 1)
                rows[header][min(column, rows[header].count - 1)] = rows[header][other]
            }
            if rows.count <= header { return }
        }
    }
}

extension PlatformReport {
    /// Every figure that is taken, without the line that it stands on.
    fileprivate var figures: [String] {
        report.sets.flatMap { set in
            set.readings.map { reading in
                var unplaced = reading
                unplaced.line = nil
                return "\(set.channel.rawValue) \(set.breakdown.rawValue)" + unplaced.golden
            }
        }.sorted()
    }
}

@Suite struct MangledFileTests {
    private static let seed: UInt64 = runSeed

    /// What holds for any file at all.
    private func check(_ report: PlatformReport, _ hint: String) {
        let account = report.report.accounting
        #expect(account.isBalanced, "\(hint)")
        if account.rejected > 0 {
            #expect(
                report.report.problems.contains { $0.effect == .rejected || $0.effect == .asked },
                "\(hint)")
        }
        // With no row taken only the people of totals can be left: of the whole, or of one content cut by cells.
        #expect(
            account.accepted > 0
                || report.report.sets.allSatisfy { $0.readings.allSatisfy { $0.cell == nil } },
            "\(hint)")
        var seen: Set<String> = []
        for set in report.report.sets {
            #expect(!set.readings.isEmpty, "\(hint)")
            let rules = ReadingRules(period: set.period, breakdown: set.breakdown)
            #expect(
                rules.violations(in: set.readings).isEmpty,
                "\(hint) \(rules.violations(in: set.readings).first as Any)")
            for reading in set.readings {
                #expect((reading.state == .value) == (reading.value != nil), "\(hint)")
                #expect(
                    (reading.metric.additivity == .money && reading.state == .value)
                        == (reading.currency != nil), "\(hint)")
                if let value = reading.value {
                    #expect(reading.metric.fault(of: value) == nil, "\(hint)")
                }
                let place =
                    "\(set.channel) \(reading.metric) \(reading.content ?? "") \(reading.cell ?? "") \(reading.period)"
                #expect(
                    set.role == .breakdown || seen.insert(place).inserted, "\(hint) twice: \(place)"
                )
            }
        }
    }

    @Test func everyRowIsAccountedFor() throws {
        let sheets = try GoldenFile.all.compactMap { file in try Sheet(file).map { (file, $0) } }
        #expect(sheets.count > 25)
        var chance = Dice(seed: Self.seed)
        var refused = 0
        let rounds = 50
        for round in 0..<rounds {
            for (file, sheet) in sheets {
                var sheet = sheet
                if chance.upTo(3) == 0 { sheet.shuffleRows(&chance) }
                if chance.upTo(3) == 0 { sheet.shuffleColumns(&chance) }
                sheet.damage(&chance)
                let separators: [Character] = [",", ",", ";", "\t"]
                var bytes = sheet.bytes(
                    separator: separators[chance.upTo(3)], encoding: chance.upTo(3))
                if chance.upTo(4) == 0 { bytes.removeLast(chance.upTo(bytes.count - 1)) }
                let hint = "SEED=\(Self.seed) round \(round) \(file.testDescription)"
                do {
                    let report = try PlatformImport.read(
                        bytes, name: "x.csv", options: sheet.options)
                    check(report, hint)
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused < rounds * sheets.count / 4)
    }

    /// Every figure that stands in an accepted row is taken, or its column says why not.
    @Test func nothingIsLostInSilence() throws {
        for file in GoldenFile.all {
            guard let sheet = try Sheet(file) else { continue }
            let report = try PlatformImport.read(
                file.bytes(), name: file.name, options: sheet.options)
            let lines = try ReadFile.read(file.bytes()).tables[0].rows
            let headers = lines[sheet.header].cells.filter { !$0.isBlank }.count
            #expect(Set(report.columns.map(\.number)).count == headers, "\(file.testDescription)")
            let totals = Set(
                report.report.problems.filter { $0.code == "totalSetAside" }.map(\.line))
            let taken = Dictionary(grouping: report.report.sets.flatMap(\.readings)) {
                $0.line ?? 0
            }
            for row in lines[(sheet.header + 1)...] where !totals.contains(row.number) {
                guard let readings = taken[row.number] else { continue }
                for column in report.columns where column.use == .figures {
                    let cell = row.cell(column.number - 1)
                    guard !cell.isBlank, let metric = column.metric else { continue }
                    #expect(
                        readings.contains { $0.metric == metric },
                        "\(file.testDescription) line \(row.number) \(column.header)")
                }
            }
        }
    }

    @Test func theOrderOfRowsAndColumnsSaysNothing() throws {
        var chance = Dice(seed: Self.seed)
        for file in GoldenFile.all {
            // A row that lacks a cell is another row once its columns are moved.
            guard let sheet = try Sheet(file), !sheet.isRagged else { continue }
            let plain = try PlatformImport.read(
                sheet.bytes(separator: ",", encoding: 1), name: file.name, options: sheet.options)
            for _ in 0..<4 {
                var other = sheet
                other.shuffleRows(&chance)
                other.shuffleColumns(&chance)
                let shuffled = try PlatformImport.read(
                    other.bytes(
                        separator: [",", ";", "\t"][chance.upTo(2)], encoding: chance.upTo(3)),
                    name: file.name, options: sheet.options)
                #expect(
                    shuffled.figures == plain.figures, "SEED=\(Self.seed) \(file.testDescription)")
                #expect(
                    shuffled.report.accounting == plain.report.accounting,
                    "SEED=\(Self.seed) \(file.testDescription)")
            }
        }
    }
}
