// What a reviewer objects to when returning a set: figure by figure, kept beside the readings until the next decision.

/// An objection to raise with a return: which reading, and what is wrong with it.
public struct NewObjection: Sendable, Hashable, BodyReadable {
    /// The number of the reading in its set, from 1.
    public var reading: Int
    public var reason: String

    /// Objections in one return: whoever has more to say returns the set for its reason.
    public static let max = 500
    /// The highest number of a reading that is looked for: more than any set has, and within what any client counts with.
    public static let readingMax = 1_000_000_000

    public init(reading: Int, reason: String) {
        self.reading = reading
        self.reason = reason
    }

    public static func read(from reader: inout BodyReader) -> NewObjection? {
        let reading = reader.required("reading", .readingPlace)
        let reason = reader.required("reason", .text(.note))
        guard let reading, let reason else { return nil }
        return NewObjection(reading: reading, reason: reason)
    }
}

extension Shape where Value == Int {
    /// The number of a reading from 1, or the pointer to it in the set's document (`/readings/0`).
    fileprivate static var readingPlace: Shape {
        Shape { value, place in
            if let number = value.number?.int64, number >= 1, number <= NewObjection.readingMax,
                let whole = Int(exactly: number)
            {
                return whole
            }
            let pointer = "/readings/"
            if let text = value.string, text.hasPrefix(pointer),
                let index = Int(text.dropFirst(pointer.count)), index >= 0,
                index < NewObjection.readingMax,
                String(index) == text.dropFirst(pointer.count)
            {
                return index + 1
            }
            let detail =
                "Name the reading by its number from 1, or by its pointer as in /readings/0."
            // JSON Schema calls 5.0 an integer, so it is understood.
            if value.number != nil {
                place.refused("notAReading", detail)
            } else {
                place.malformed("notAReading", detail)
            }
            return nil
        }
    }
}

/// The body of a result set's transition: a step, and with a return what is objected to.
public struct ReviewTransition: Sendable, Hashable, BodyReadable {
    public var step: Transition<ResultSetStatus>
    public var objections: [NewObjection]

    public init(_ step: Transition<ResultSetStatus>, objections: [NewObjection] = []) {
        self.step = step
        self.objections = objections
    }

    public static func read(from reader: inout BodyReader) -> ReviewTransition? {
        let step = Transition<ResultSetStatus>.read(from: &reader)
        let objections = reader.optional(
            "objections", .list(of: NewObjection.shape, atMost: NewObjection.max))
        if let step, step.to != .returned, let objections, !objections.isEmpty {
            reader.place.member("objections").refused(
                "onlyWithReturn", "Objections belong to a transition to returned.")
        }
        return step.map { ReviewTransition($0, objections: objections ?? []) }
    }

    /// Refuses objections to what the set does not have, or twice to the same reading.
    public func check(readingCount: Int64) throws(InvalidInput) {
        let place = Place()
        var seen: Set<Int> = []
        for (index, objection) in objections.enumerated() {
            let place = place.member("objections").element(index).member("reading")
            if objection.reading > readingCount {
                place.refused(
                    "unknownReading", "The set has readings 1 to \(readingCount).")
            } else if !seen.insert(objection.reading).inserted {
                place.refused("repeatedReading", "Say in one reason all that is wrong with it.")
            }
        }
        try place.throwIfFaulty()
    }
}

/// An objection that was raised.
public struct Objection: Sendable, Hashable {
    /// The figure as it stood when it was objected to.
    public var was: Reading
    public var reason: String
    /// The steps of the set by which it was raised and settled.
    public var returnedBy: Int
    public var settledBy: Int?

    public init(was: Reading, reason: String, returnedBy: Int, settledBy: Int?) {
        self.was = was
        self.reason = reason
        self.returnedBy = returnedBy
        self.settledBy = settledBy
    }

    public var isOpen: Bool { settledBy == nil }

    /// Where the reading of now is that this objection is about: of the same metric, days, content
    /// and cell, and of the same currency if there are several; nil if there is none any more.
    public func place(among readings: [Reading]) -> Int? {
        let same = readings.indices.filter { index in
            let reading = readings[index]
            return reading.metric == was.metric && reading.period == was.period
                && reading.content == was.content && reading.cell == was.cell
        }
        return same.first { readings[$0].currency == was.currency } ?? same.first
    }

    /// Whether the reading says something else than it did.
    public func isMended(in reading: Reading?) -> Bool {
        guard let reading else { return true }
        return reading.value != was.value || reading.state != was.state
            || reading.qualifier != was.qualifier || reading.currency != was.currency
    }
}

extension Objection {
    /// The objection in the list of its set, with the number that its reading has now.
    public func document(_ readings: [Reading], _ steps: [ResultSetStep]) -> JSONValue {
        let place = place(among: readings)
        return [
            "reading": .integer(orNull: place.map { Int64($0) + 1 }),
            "metric": .string(was.metric.code), "from": .text(was.period.from),
            "to": .text(was.period.to), "content": .string(orNull: was.content),
            "cell": .string(orNull: was.cell), "was": wasDocument, "reason": .string(reason),
            "mended": .bool(isMended(in: place.map { readings[$0] })),
            "raised": step(returnedBy, steps),
            "settled": settledBy.map { step($0, steps) } ?? .null,
        ]
    }

    /// The objection beside its reading.
    public func document(beside reading: Reading) -> JSONValue {
        [
            "reason": .string(reason), "was": wasDocument,
            "mended": .bool(isMended(in: reading)),
        ]
    }

    private var wasDocument: JSONValue {
        [
            "value": ReadingValue.document(of: was), "state": .string(was.state.rawValue),
            "qualifier": .string(was.qualifier.rawValue),
        ]
    }

    private func step(_ number: Int, _ steps: [ResultSetStep]) -> JSONValue {
        steps.first { $0.sequence == number }?.document ?? .null
    }
}
