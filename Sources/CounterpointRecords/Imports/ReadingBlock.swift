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

    static let insert = SQLStatement(
        """
        insert into reading_blocks (result_set_id, organisation_id, campaign_id, first_number, size, metric, additivity,
                                    period_from, period_to, content, cell, state, qualifier, value, currency, note, line)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
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
            columns.metrics, columns.additivities, columns.from, columns.to, columns.contents,
            columns.cells, columns.states, columns.qualifiers, columns.values, columns.currencies,
            columns.notes, columns.lines)
        return (query, index)
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
