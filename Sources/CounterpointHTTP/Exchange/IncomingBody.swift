// A body that an operation takes while it comes.

import CounterpointRecords
import Crypto
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Not yet read; can be read once.
struct IncomingBody: Sendable {
    let body: RequestBody
    let announced: AnnouncedBody
    /// As the client wrote it, with its parameters.
    let contentType: String
    let lease: BodyLease

    /// Hands over each piece, and answers the digest of them all. What arrives is never more than the operation may
    /// take, and a body that ends before its announced length is none. `holds`: whoever takes the pieces keeps about as
    /// much memory.
    func read(
        holds: Bool, _ take: ([UInt8]) async throws -> Void
    ) async throws -> [UInt8] {
        var count = 0
        var hash = SHA256()
        for try await part in body {
            let piece = Array(part.readableBytesView)
            count += piece.count
            if count > announced.content.bytesMax { throw announced.tooLarge }
            if holds { try lease.take(piece.count) }
            hash.update(data: piece)
            try await take(piece)
        }
        if let length = announced.length, count != length {
            throw Problem(.malformedRequest, "The body ended before its announced length.")
        }
        return Array(hash.finalize())
    }
}
