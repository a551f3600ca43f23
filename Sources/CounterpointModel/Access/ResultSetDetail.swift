// A result set with what belongs to it.

/// A set, its readings, what is odd about them, and how the review of it went.
public struct ResultSetDetail: Sendable {
    public var set: ResultSet
    public var readings: [Reading]
    /// Pairs of figures that cannot both be true.
    public var findings: [Finding]
    /// The sets that findings speak of, by the number they use.
    public var findingSets: [ResultSet.ID]
    /// Nil for a reader whom the review does not concern (a funder).
    public var review: Review?

    /// Who did what with the set, and what was objected to; both in the order in which it happened.
    public struct Review: Sendable {
        public var steps: [ResultSetStep]
        public var objections: [Objection]

        public init(steps: [ResultSetStep], objections: [Objection]) {
            self.steps = steps
            self.objections = objections
        }
    }

    public init(
        set: ResultSet, readings: [Reading], findings: [Finding] = [],
        findingSets: [ResultSet.ID] = [], review: Review? = nil
    ) {
        self.set = set
        self.readings = readings
        self.findings = findings
        self.findingSets = findingSets
        self.review = review
    }

    public var document: JSONValue {
        guard case .object(var object) = set.document(readings: readings) else { return .null }
        object["findings"] = .array(findings.map { $0.document(sets: findingSets) })
        guard let review else { return .object(object) }
        object["readings"] = .array(readingDocuments(with: review.objections))
        object["objections"] = .array(
            review.objections.map { $0.document(readings, review.steps) })
        object["history"] = .array(review.steps.map(\.document))
        return .object(object)
    }

    /// Each reading, with the open objection to it beside it.
    private func readingDocuments(with objections: [Objection]) -> [JSONValue] {
        var open: [Int: Objection] = [:]
        for objection in objections where objection.isOpen {
            if let place = objection.place(among: readings) { open[place] = objection }
        }
        return readings.enumerated().map { index, reading in
            guard let objection = open[index], case .object(var object) = reading.document else {
                return reading.document
            }
            object["objection"] = objection.document(beside: reading)
            return .object(object)
        }
    }
}
