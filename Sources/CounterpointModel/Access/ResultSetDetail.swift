// A result set with what belongs to it.

/// A set, its readings, and what is odd about them.
public struct ResultSetDetail: Sendable {
    public var set: ResultSet
    public var readings: [Reading]
    /// Pairs of figures that cannot both be true.
    public var findings: [Finding]
    /// The sets that findings speak of, by the number they use.
    public var findingSets: [ResultSet.ID]

    public init(
        set: ResultSet, readings: [Reading], findings: [Finding] = [],
        findingSets: [ResultSet.ID] = []
    ) {
        self.set = set
        self.readings = readings
        self.findings = findings
        self.findingSets = findingSets
    }

    public var document: JSONValue {
        guard case .object(var object) = set.document(readings: readings) else { return .null }
        object["findings"] = .array(findings.map { $0.document(sets: findingSets) })
        return .object(object)
    }
}
