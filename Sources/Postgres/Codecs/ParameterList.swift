// Parameters, encoded when a query is made: the connection's thread only points libpq at the bytes.

/// The parameters of one statement in binary format, one after another in a single buffer.
struct ParameterList: Sendable {
    /// A single bound value. Larger things go by COPY; PostgreSQL itself stops at 1 GiB, and libpq copies a value
    /// twice on its way out.
    static let maxParameterBytes = 8 << 20

    /// The protocol counts parameters in sixteen bits.
    static let maxParameters = 65_535

    private(set) var bytes: [UInt8] = []
    /// -1 is NULL.
    private(set) var lengths: [Int32] = []
    private(set) var oids: [UInt32] = []
    /// Why these cannot be sent; thrown when they are about to be.
    private(set) var fault: PostgresError?

    init(_ values: [any PostgresEncodable]) {
        guard !values.isEmpty else { return }
        guard values.count <= Self.maxParameters else {
            fault = .encoding("\(values.count) parameters, at most \(Self.maxParameters)")
            fault?.wasNothingSent = true
            return
        }
        lengths.reserveCapacity(values.count)
        oids.reserveCapacity(values.count)
        var sink = ByteSink()
        for (index, value) in values.enumerated() { append(value, at: index + 1, to: &sink) }
        bytes = sink.bytes
    }

    var count: Int { lengths.count }

    private mutating func append<Value: PostgresEncodable>(
        _ value: Value, at position: Int, to sink: inout ByteSink
    ) {
        oids.append(Value.oid)
        guard !value.isNull else {
            lengths.append(-1)
            return
        }
        let start = sink.bytes.count
        do {
            try value.encode(into: &sink)
            let length = sink.bytes.count - start
            guard length <= Self.maxParameterBytes else {
                throw PostgresError.encoding("longer than \(Self.maxParameterBytes) bytes")
            }
            lengths.append(Int32(length))
        } catch {
            lengths.append(0)
            var refusal = error as? PostgresError ?? .encoding("\(error)")
            refusal.detail = "parameter \(position): \(refusal.detail)"
            refusal.wasNothingSent = true
            if fault == nil { fault = refusal }
        }
    }
}
