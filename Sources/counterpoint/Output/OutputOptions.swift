// How a command shows what it found: a table for people, the API's JSON or CSV for programs.

import ArgumentParser
import CounterpointModel

enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv
}

struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("How to show it: table, json or csv.", valueName: "format"))
    var format = OutputFormat.table

    /// Shows records as rows; in JSON as an array.
    func show(_ records: [JSONValue], in columns: [Column]) {
        let console = Surroundings.console
        switch format {
        case .json: console.print(JSONValue.array(records).text)
        case .csv: console.write(Self.csv(records, columns))
        case .table:
            console.print(Table(columns, records).text(emphasised: console.outputIsTerminal))
        }
    }

    /// Shows a page of a list: in JSON `{"items","next"}` as the API does. `hint` tells what to do about an empty list.
    func show(page: JSONValue, in columns: [Column], empty hint: String) {
        let console = Surroundings.console
        let items = page["items"]?.array ?? []
        switch format {
        case .json: console.print(page.text)
        case .csv: console.write(Self.csv(items, columns))
        case .table:
            guard !items.isEmpty else { return console.print(hint) }
            console.print(Table(columns, items).text(emphasised: console.outputIsTerminal))
        }
        if format != .json, let next = page["next"]?.string {
            console.complain("There are more: add --cursor \(next), or --all.")
        }
    }

    /// Shows one record: every member on a line of its own; in CSV as one row.
    func show(record: JSONValue, in columns: [Column]) {
        let console = Surroundings.console
        switch format {
        case .json: console.print(record.text)
        case .csv: console.write(Self.csv([record], columns))
        case .table: console.print(RecordText(record).text)
        }
    }

    private static func csv(_ records: [JSONValue], _ columns: [Column]) -> [UInt8] {
        var writer = CSVWriter()
        writer.row(columns.map { .text($0.path) })
        for record in records { writer.row(columns.map { $0.cell(of: record) }) }
        return writer.take()
    }
}
