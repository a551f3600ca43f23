// Readings of a large file on their way to the database: a few thousand a statement, a column an array, and kept so
// (schema/0011).

import CounterpointModel
import Postgres

enum ReadingBlocks {
    /// Readings of one block, as the table allows: their arrays are some 600 KB on the way.
    static let size = 5_000
    /// UTF-8 of the titles, cells and notes of one block at most, so that no array comes near the 8 MiB that a parameter
    /// may have.
    static let textBytesMax = 4 << 20

    /// A column that says the same in every reading is sent as one element, and made whole by the server: half of the bytes of
    /// a usual file.
    static let insert = SQLStatement(
        """
        insert into reading_blocks (result_set_id, organisation_id, campaign_id, first_number, size, metric, additivity,
                                    period_from, period_to, content, cell, state, qualifier, value, currency, note, line)
        values ($1, $2, $3, $4, $5,
                case cardinality($6::text[]) when 1 then array_fill(($6::text[])[1], array[$5::integer]) else $6 end,
                case cardinality($7::text[]) when 1 then array_fill(($7::text[])[1], array[$5::integer]) else $7 end,
                case cardinality($8::date[]) when 1 then array_fill(($8::date[])[1], array[$5::integer]) else $8 end,
                case cardinality($9::date[]) when 1 then array_fill(($9::date[])[1], array[$5::integer]) else $9 end,
                case cardinality($10::text[]) when 1 then array_fill(($10::text[])[1], array[$5::integer]) else $10 end,
                case cardinality($11::text[]) when 1 then array_fill(($11::text[])[1], array[$5::integer]) else $11 end,
                case cardinality($12::text[]) when 1 then array_fill(($12::text[])[1], array[$5::integer]) else $12 end,
                case cardinality($13::text[]) when 1 then array_fill(($13::text[])[1], array[$5::integer]) else $13 end,
                case cardinality($14::text[]) when 1 then array_fill(($14::text[])[1], array[$5::integer]) else $14 end,
                case cardinality($15::text[]) when 1 then array_fill(($15::text[])[1], array[$5::integer]) else $15 end,
                case cardinality($16::text[]) when 1 then array_fill(($16::text[])[1], array[$5::integer]) else $16 end,
                case cardinality($17::integer[]) when 1 then array_fill(($17::integer[])[1], array[$5::integer]) else $17 end)
        """, name: "readingBlocks.insert")

    static let delete = SQLStatement(
        "delete from reading_blocks where result_set_id = $1", name: "readingBlocks.delete")

    static let all: [SQLStatement] = [insert, delete]

    /// One statement that stores the readings from `first` (from 0) on, and where the next block begins.
    static func insertion(
        of readings: PackedReadings, from first: Int, into place: ReadingPlace
    ) -> (query: Query<Void>, next: Int) {
        var columns = ReadingColumns(capacity: min(size, readings.count - first))
        var textBytes = 0
        var index = first
        while index < readings.count, columns.count < size, textBytes < textBytesMax {
            let reading = readings[index]
            textBytes +=
                (reading.content?.utf8.count ?? 0) + (reading.cell?.utf8.count ?? 0)
                + (reading.note?.utf8.count ?? 0)
            columns.append(reading, number: Int32(index + 1))
            index += 1
        }
        let query = Query<Void>(
            insert, place.set, place.organisation, place.campaign, first + 1, columns.count,
            folded(columns.metrics), folded(columns.additivities), folded(columns.from),
            folded(columns.to), folded(columns.contents), folded(columns.cells),
            folded(columns.states), folded(columns.qualifiers), folded(columns.values),
            folded(columns.currencies), folded(columns.notes), folded(columns.lines))
        return (query, index)
    }

    private static func folded<Element: Equatable>(_ column: [Element]) -> [Element] {
        guard let first = column.first, column.allSatisfy({ $0 == first }) else { return column }
        return [first]
    }
}

extension Readings {
    /// One statement that stores figures of a set that is stored already.
    static func insertion(of figures: ArraySlice<DerivedFigure>, of set: ResultSet.ID) -> Query<
        Void
    > {
        func texts(_ value: (DerivedFigure) -> String?) -> [String] {
            figures.map { value($0) ?? "" }
        }
        return Query(
            insertFigures, set, texts(\.metric.code), texts(\.metric.additivity.rawValue),
            texts(\.currency), figures.map(\.period.from), figures.map(\.period.to),
            figures.map(\.readings), figures.map(\.missing), figures.map(\.masked),
            figures.map(\.notApplicable), texts(\.total?.plainText),
            texts(\.totalQualifier?.rawValue), texts(\.whole?.plainText),
            texts(\.wholeQualifier?.rawValue), texts(\.largestPart?.plainText),
            texts(\.partsBound?.plainText), texts(\.partsQualifier?.rawValue),
            figures.map(\.parts),
            texts {
                $0.partValues.isEmpty
                    ? nil : "{" + $0.partValues.map(String.init).joined(separator: ",") + "}"
            })
    }
}
