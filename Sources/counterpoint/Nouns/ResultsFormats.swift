// counterpoint results formats: which files are understood.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct ResultsFormats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats",
        abstract: "List the files that are understood, and what their columns become.",
        discussion: "With the id of a format: its columns, in every language that is known.")

    @Argument(help: "The id of a format.") var format: String?
    @OptionGroup var output: OutputOptions

    private static let columns = [
        Column("ID", "id"), Column("FILE", "title"), Column("PLATFORM", "platform"),
        Column("RECOGNISED BY", "recognisedBy", cut: 80),
    ]
    private static let nameColumns = [
        Column("COLUMN", "name"), Column("LANGUAGES", "languages"), Column("METRIC", "metric"),
        Column("WHAT IS DONE WITH IT", "use", cut: 80),
    ]

    func run() async throws {
        guard let format else {
            return output.show(FileFormats.documents, in: Self.columns)
        }
        guard let found = FileFormats.documents.first(where: { $0["id"]?.string == format }) else {
            throw ValidationError(
                "There is no format \(format). There are \(FileFormats.names.joined(separator: ", "))."
            )
        }
        if output.format == .json { return Surroundings.console.print(found.text) }
        output.show(found["columns"]?.array ?? [], in: Self.nameColumns)
    }
}
