// Which files are understood, as clients are told.

public import CounterpointModel

public enum FileFormats {
    /// What `format=` may say.
    public static let names = [FileOptions.automatic, FileOptions.canonical]

    public static let documents: [JSONValue] = []
}
