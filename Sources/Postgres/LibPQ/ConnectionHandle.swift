// Owns a PGconn. `PGconn *` and `PGresult *` both import as `OpaquePointer`, so each is wrapped at once and nothing can
// mix them up; a `~Copyable` owner closes it exactly once, on whichever path.

internal import CLibPQ

struct ConnectionHandle: ~Copyable {
    let pointer: OpaquePointer

    /// `nil` if libpq has no memory.
    init?(adopting pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    // The only way out; `PQreset` is never called, because a reset connection would keep our statement cache and lose
    // the server's.
    deinit { PQfinish(pointer) }
}
