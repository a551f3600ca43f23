// What a COPY … FROM STDIN is written with, inside a transaction's closure.

/// Takes bytes in the format the COPY statement names; lent for the length of a closure.
public struct CopyInWriter: ~Copyable {
    private let session: Session
    /// Small writes are gathered: a message for each row of a CSV would double the work.
    private var buffer: [UInt8] = []

    init(session: Session) {
        self.session = session
    }

    /// Any length, any boundaries; waits while the server is slower.
    public mutating func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try append($0) }
    }

    /// The text's UTF-8.
    public mutating func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try append(UnsafeRawBufferPointer($0)) }
    }

    public mutating func write(_ bytes: borrowing RawSpan) throws {
        try bytes.withUnsafeBytes { try append($0) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        if buffer.count + bytes.count < Session.copySliceBytes {
            buffer.append(contentsOf: bytes)
            return
        }
        try flush()
        var rest = bytes[...]
        while !rest.isEmpty {
            try refuseIfInterrupted()
            let slice = rest.prefix(Session.copySliceBytes)
            try session.putCopy(UnsafeRawBufferPointer(rebasing: slice))
            rest = rest.dropFirst(slice.count)
        }
    }

    mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        try refuseIfInterrupted()
        try buffer.withUnsafeBytes { try session.putCopy($0) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// For a source that has nothing at the moment.
    mutating func waitForSign() throws {
        try flush()
        try session.waitForSign()
        try refuseIfInterrupted()
    }

    /// Writing waits only when the line is full; a writer that is always faster must notice as well.
    private func refuseIfInterrupted() throws {
        try session.attendToBounds(at: .now)
        if let cancel = session.cancel {
            throw session.interruption(cancel.reason, "during COPY")
        }
    }
}

extension Transaction {
    /// Runs a `COPY … FROM STDIN`, written by `body`; rows copied. What waits to travel goes first.
    public func copyIn(
        _ statement: SQLStatement, file: StaticString = #fileID, line: UInt = #line,
        _ body: (inout CopyInWriter) throws -> Void
    ) throws -> Int {
        try located(file, line) {
            try core.flush()
            return try core.noting { try core.session.copyIn(statement, body) }
        }
    }
}
