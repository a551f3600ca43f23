// Which files are understood, as clients are told.

import CounterpointFormats
public import CounterpointModel

public enum FileFormats {
    /// What `format=` may say.
    public static let names = [FileOptions.automatic] + FormatCatalogue.all.map(\.id)

    /// Each format with its columns and what becomes of them.
    public static let documents = FormatCatalogue.all.map(\.document)
}
