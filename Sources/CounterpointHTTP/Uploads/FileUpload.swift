// One file out of a body, whichever way it is sent: as the body itself, or as the one file of a form.

import CounterpointModel
import HTTPTypes

/// The file that an exchange brings.
struct FileUpload {
    let exchange: Exchange

    /// Reads the body; `begin` gets the file's name before its first byte. Answers the digest of the whole body.
    func read(
        holds: Bool, begin: (String?) async throws -> Void, take: ([UInt8]) async throws -> Void
    ) async throws -> [UInt8] {
        let incoming = try exchange.incoming
        guard incoming.announced.content.type == .multipart else {
            try await begin(exchange.fileName)
            return try await incoming.read(holds: holds, take)
        }
        guard var reader = MultipartReader(contentType: incoming.contentType) else {
            throw Self.malformed("Content-Type needs the boundary of the parts.")
        }
        var files = 0
        do {
            let digest = try await incoming.read(holds: holds) { piece in
                try await reader.read(piece) { event in
                    switch event {
                    case .part(let head):
                        guard head.isFile else { throw Self.field(head.name) }
                        files += 1
                        guard files == 1 else { throw Self.malformed("Send one file at a time.") }
                        try await begin(head.fileName)
                    case .content(let bytes): try await take(bytes)
                    case .end: break
                    }
                }
            }
            try reader.finish()
            guard files == 1 else {
                throw Problem(
                    .refusedInput,
                    "The form has no file: add one, as curl -F file=@results.csv does.",
                    code: "noFile")
            }
            return digest
        } catch let fault as MultipartReader.Fault {
            throw Self.malformed(fault.rawValue)
        }
    }

    private static func field(_ name: String) -> Problem {
        malformed(
            "The form's field “\(String(name.unicodeScalars.prefix(60)))” is no file; what else there is to say goes into the "
                + "query, as in ?dryRun=true.")
    }

    private static func malformed(_ detail: String) -> Problem {
        Problem(.malformedInput, detail, code: "malformedForm")
    }
}
