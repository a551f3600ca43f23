// Whatever a table is written in, it is read back the same; and whatever happens to its bytes, reading ends.

import CounterpointFormats
import CounterpointModel
import TestDice
import Testing

@Suite struct WrittenTableTests {
    /// A failure prints the seed of its case; put it here to see it alone.
    private static let firstSeed: UInt64 = 1
    private static let cases: UInt64 = 2_000

    @Test func isReadBackTheSame() {
        var failures = 0
        for seed in Self.firstSeed..<(Self.firstSeed + Self.cases) where failures < 5 {
            var dice = Dice(seed: seed)
            let written = WrittenTable(&dice)
            do {
                let file = try ReadFile.read(written.bytes)
                let read = file.tables.map(\.shown)
                if file.tables.count == 1, read[0] == written.texts {
                    #expect(
                        file.separator == written.dress.separator, "seed \(seed): \(written.dress)")
                    checkFigures(file.tables[0], written, seed)
                } else {
                    failures += 1
                    Issue.record(
                        "seed \(seed): \(written.dress)\n\(written.texts)\nread as\n\(read)")
                }
            } catch {
                failures += 1
                Issue.record("seed \(seed): \(written.dress): \(error)")
            }
        }
    }

    // A figure is read as what was written, or asked about; never as another one.
    private func checkFigures(_ table: SourceTable, _ written: WrittenTable, _ seed: UInt64) {
        var evidence = NumberEvidence()
        for row in table.rows.dropFirst() { evidence.add(row.cells.dropFirst()) }
        for (index, column) in written.columns.enumerated()
        where [.whole, .decimal, .percent].contains(column) {
            let cells = table.rows.dropFirst().map { $0.cells[index] }
            let kind: FigureColumn.Kind =
                column == .whole ? .whole : column == .percent ? .rate : .decimal
            for known in [NumberEvidence(), evidence] {
                let read = FigureColumn.read(cells, as: kind, evidence: known)
                for (cell, row) in zip(read.cells, written.figures) {
                    switch (cell, row[index]) {
                    case (.missing, nil), (.unreadable(.ambiguousNumber), .some): continue
                    case (.value(let value), let expected?) where value.number == expected: continue
                    default:
                        Issue.record(
                            "seed \(seed), column \(index): \(cell) for \(String(describing: row[index])), \(written.dress)"
                        )
                        return
                    }
                }
            }
        }
    }

    @Test func damagedBytesEndInTablesOrARefusal() {
        var limits = FileLimits()
        limits.steps = 200_000
        limits.unpackedBytes = 1 << 20
        let workbook = SampleWorkbook(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>45352</v></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"C2\"><f>1</f><v>0.1</v></c></row>",
            shared: ["Name"], formats: [(14, nil), (165, "0.0%")])
        var codes: [String: Int] = [:]
        for seed in Self.firstSeed..<(Self.firstSeed + Self.cases) {
            var dice = Dice(seed: seed)
            var bytes: [UInt8]
            switch dice.below(4) {
            case 0:
                // Parts damaged before they are packed: the sums are right, and the XML is not.
                var entries = workbook.entries
                let part = dice.below(entries.count)
                entries[part].bytes = damaged(entries[part].bytes, &dice)
                bytes = zip(entries)
            case 1:
                bytes = damaged(zip([("a.csv", WrittenTable(&dice).bytes)]), &dice)
            default:
                bytes = damaged(WrittenTable(&dice).bytes, &dice)
            }
            do throws(FileRefusal) {
                let file = try ReadFile.read(bytes, limits: limits)
                codes["read", default: 0] += 1
                for table in file.tables {
                    let numbers = table.rows.map(\.number)
                    #expect(
                        !table.rows.isEmpty
                            && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 },
                        "seed \(seed)")
                    #expect(
                        table.rows.allSatisfy { row in row.cells.contains { $0 != .empty } },
                        "seed \(seed)")
                }
            } catch {
                codes[error.code.rawValue, default: 0] += 1
                #expect(!error.detail.isEmpty, "seed \(seed)")
            }
        }
        // The damage reaches both ends: some files are still read, others refused in several ways.
        #expect(codes["read", default: 0] > 100 && codes.count >= 6, "\(codes)")
    }

    private func damaged(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0...dice.below(4) where !bytes.isEmpty {
            let place = dice.below(bytes.count)
            let end = min(bytes.count, place + 1 + dice.below(20))
            switch dice.below(6) {
            case 0: bytes.removeLast(bytes.count - place)
            case 1: bytes[place] ^= UInt8(1 << dice.below(8))
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: dice.below(bytes.count))
            case 4: bytes[place] = UInt8(truncatingIfNeeded: dice.next())
            default:
                bytes.insert(
                    contentsOf: dice.pick([
                        "\"", "\r", ",", ";", "\u{FEFF}", "<!DOCTYPE", "\0", "<c r=\"ZZ9\">", "é",
                    ]).utf8, at: place)
            }
        }
        return bytes
    }
}
