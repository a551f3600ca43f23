// Reading a file to its end takes up to seconds of work: on threads of its own, because those that answer requests are as
// few as the machine's cores.

import CounterpointRecords
import NIOPosix

enum FileWork {
    static func finish(_ intake: FileIntake) async throws -> FileReading {
        try await NIOThreadPool.singleton.runIfActive { try intake.finish() }
    }
}
