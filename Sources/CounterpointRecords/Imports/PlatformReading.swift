// The file of a platform, read by the room that knows their formats.

import CounterpointFormats
import CounterpointModel

enum PlatformReading {
    static func read(
        _ bytes: [UInt8], _ source: SourceFile, _ original: [UInt8]?, _ options: FileOptions
    ) throws -> FileReading {
        throw RegistryError.refused(
            Refusal("formatNotRecognised", "No format that is understood has these columns."))
    }
}
