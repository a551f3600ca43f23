// A zip: a workbook, or an archive of text files.

enum ZipContent {
    static func read(_ bytes: [UInt8], _ budget: inout WorkBudget) throws(FileRefusal) -> ReadFile {
        throw FileRefusal(.brokenArchive, "Not read yet.")
    }
}
