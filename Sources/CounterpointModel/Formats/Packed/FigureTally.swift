// What a set says, reduced to one figure a metric and period: the same reduction as the statement
// `readings.derive`, made while the readings of a large file are in memory anyway. That the two agree is
// tested, and `counterpoint audit recompute` compares them for every set.

/// One row of what summaries read, of one metric, period and currency.
public struct DerivedFigure: Sendable, Equatable {
    public var metric: Metric
    public var period: Period
    public var currency: String?
    public var readings: Int32 = 0
    public var missing: Int32 = 0
    public var masked: Int32 = 0
    public var notApplicable: Int32 = 0
    /// Only of what adds.
    public var total: ExactDecimal?
    public var totalQualifier: Qualifier?
    /// Of what does not add: the reading of the undivided whole.
    public var whole: ExactDecimal?
    public var wholeQualifier: Qualifier?
    /// Of people: the largest part, and the sum of the parts as a bound where every part is known.
    public var largestPart: ExactDecimal?
    public var partsBound: ExactDecimal?
    public var partsQualifier: Qualifier?
    public var parts: Int32 = 0
    /// Up to a hundred parts one by one, in the order of the readings; empty else.
    public var partValues: [Int64] = []

    /// Whether it says something about its days that must not be said twice.
    public var claimsDays: Bool {
        metric.additivity.isAdditive && readings > missing + notApplicable
    }
}

/// Reduces packed readings to figures.
public enum FigureTally {
    /// Parts that are kept one by one, so that a scenario can be told from them.
    static let partsKept = 100
    /// A masked part is at most four.
    static let maskedAtMost = ExactDecimal(4)

    /// The figures of a set, in the order in which they first occur; throws where a sum passes 10^30.
    public static func figures(
        of readings: PackedReadings
    ) throws(ExactDecimal.Overflow) -> [DerivedFigure] {
        var places: [Key: Int] = [:]
        var tallies: [Tally] = []
        var last: (key: Key, place: Int)?
        for index in 0..<readings.count {
            let reading = readings.packed(at: index)
            let key = Key(reading)
            let place: Int
            if let last, last.key == key {
                place = last.place
            } else if let known = places[key] {
                place = known
            } else {
                place = tallies.count
                places[key] = place
                tallies.append(Tally())
            }
            last = (key, place)
            try tallies[place].add(reading)
        }
        let parts = partsKnown(readings, of: places, tallies)
        return try places.sorted { $0.value < $1.value }
            .map { key, place throws(ExactDecimal.Overflow) in
                try tallies[place].figure(
                    key, readings.labels, partsOfItsDays: parts[key.days] ?? 0)
            }
    }

    // How many parts there are of those days, whatever figure names them; asked only where people are
    // counted in parts.
    private static func partsKnown(
        _ readings: PackedReadings, of places: [Key: Int], _ tallies: [Tally]
    ) -> [Days: Int] {
        let asked = Set(
            places.filter { key, place in
                Metric.numbered[Int(key.metric)].additivity == .unique && tallies[place].parts > 0
            }.map(\.key.days))
        guard !asked.isEmpty else { return [:] }
        var parts: [Days: Set<Int64>] = [:]
        for index in 0..<readings.count {
            let reading = readings.packed(at: index)
            guard reading.isPart, asked.contains(Key(reading).days) else { continue }
            parts[Key(reading).days, default: []].insert(
                Int64(reading.content) << 32 | Int64(reading.cell))
        }
        return parts.mapValues(\.count)
    }

    struct Days: Hashable {
        var from: Int32
        var to: Int32
    }

    struct Key: Hashable {
        var metric: UInt8
        var currency: Int32
        var days: Days

        init(_ reading: PackedReading) {
            metric = reading.metric
            currency = reading.currency
            days = Days(from: reading.from, to: reading.to)
        }
    }
}

extension PackedReading {
    fileprivate var isPart: Bool { content != 0 || cell != 0 }
}

/// One figure in the making.
private struct Tally {
    private var readings: Int32 = 0
    private var byState = (missing: Int32(0), masked: Int32(0), notApplicable: Int32(0))
    private var values: Int32 = 0
    private var sum: Int128 = 0
    // Which qualifiers occur, over all readings and over the parts: one bit each.
    private var qualifiers: UInt8 = 0
    private var partQualifiers: UInt8 = 0
    private var whole: Int128?
    private var wholeQualifier: Qualifier?
    private var largestPart: Int128?
    private(set) var parts: Int32 = 0
    private var partsAreValues = true
    private var aPartIsMissing = false
    private var boundSum: Int128 = 0
    private var hasBound = false
    private var partValues: [Int64] = []

    mutating func add(_ reading: PackedReading) throws(ExactDecimal.Overflow) {
        readings += 1
        let state = ReadingState.numbered[Int(reading.state)]
        switch state {
        case .value: break
        case .missing: byState.missing += 1
        case .masked: byState.masked += 1
        case .notApplicable: byState.notApplicable += 1
        }
        qualifiers |= 1 << reading.qualifier
        let value = reading.hasValue ? reading.value : nil
        if let value {
            values += 1
            sum = try Self.sum(sum, value)
        }
        if Metric.isAdditive[Int(reading.metric)] {
            if reading.isPart { parts += 1 }
            return
        }
        guard reading.isPart else {
            guard let value else { return }
            whole = max(whole ?? value, value)
            let qualifier = Qualifier.numbered[Int(reading.qualifier)]
            // Of several, the one whose word comes last, as the database takes it.
            if qualifier.rawValue > wholeQualifier?.rawValue ?? "" { wholeQualifier = qualifier }
            return
        }
        try addPart(reading, state, value)
    }

    private mutating func addPart(
        _ reading: PackedReading, _ state: ReadingState, _ value: Int128?
    ) throws(ExactDecimal.Overflow) {
        parts += 1
        partQualifiers |= 1 << reading.qualifier
        if state != .value { partsAreValues = false }
        if state == .missing { aPartIsMissing = true }
        if let value, reading.qualifier != Qualifier.atMost.number {
            largestPart = max(largestPart ?? value, value)
        }
        if let bound = state == .masked ? FigureTally.maskedAtMost.hundredMillionths : value {
            boundSum = try Self.sum(boundSum, bound)
            hasBound = true
        }
        if parts <= FigureTally.partsKept, let value {
            partValues.append(Int64(truncatingIfNeeded: value / 100_000_000))
        }
    }

    private static func sum(
        _ left: Int128, _ right: Int128
    ) throws(ExactDecimal.Overflow) -> Int128 {
        try ExactDecimal(checked: left + right).hundredMillionths
    }

    func figure(
        _ key: FigureTally.Key, _ labels: LabelTable, partsOfItsDays: Int
    ) throws(ExactDecimal.Overflow) -> DerivedFigure {
        let metric = Metric.numbered[Int(key.metric)]
        var figure = DerivedFigure(
            metric: metric,
            period: Period(from: Day(unchecked: key.days.from), to: Day(unchecked: key.days.to))!,
            currency: labels[key.currency])
        figure.readings = readings
        figure.missing = byState.missing
        figure.masked = byState.masked
        figure.notApplicable = byState.notApplicable
        figure.parts = parts
        switch metric.additivity {
        case .count, .countPerChannel, .quantity, .money:
            guard values > 0 else { break }
            figure.total = ExactDecimal(count: sum)
            figure.totalQualifier = Self.together(qualifiers)
        case .unique, .stock, .rate:
            figure.whole = whole.map { ExactDecimal(count: $0) }
            figure.wholeQualifier = wholeQualifier
        }
        if metric.additivity == .unique { tellParts(in: &figure, partsOfItsDays) }
        return figure
    }

    private func tellParts(in figure: inout DerivedFigure, _ partsOfItsDays: Int) {
        let only = { (allowed: [Qualifier]) in
            allowed.reduce(partQualifiers) { $0 & ~(1 << $1.number) } == 0
        }
        let isExact = parts > 0 && partsAreValues && only([.exact])
        figure.partsQualifier = isExact ? .exact : .about
        figure.largestPart = largestPart.map { ExactDecimal(count: $0) }
        let noneIsOpen = partQualifiers & (1 << Qualifier.atLeast.number) == 0
        if parts > 0, !aPartIsMissing, noneIsOpen, Int(parts) == partsOfItsDays, hasBound {
            figure.partsBound = ExactDecimal(count: boundSum)
        }
        if (1...FigureTally.partsKept).contains(Int(parts)), partsAreValues, only([.exact, .about])
        {
            figure.partValues = partValues
        }
    }

    // What a sum is when its parts are of these qualifiers.
    private static func together(_ qualifiers: UInt8) -> Qualifier {
        let bit = { (qualifier: Qualifier) in UInt8(1) << qualifier.number }
        if qualifiers & ~bit(.exact) == 0 { return .exact }
        if qualifiers & ~(bit(.exact) | bit(.atLeast)) == 0 { return .atLeast }
        if qualifiers & ~(bit(.exact) | bit(.atMost)) == 0 { return .atMost }
        return .about
    }
}
