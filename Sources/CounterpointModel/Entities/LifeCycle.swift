// Where a record stands and where it can go from there: a table, and the refusal when it says no.

/// The states of one sort of record. Pure: facts are handed in, nothing is looked up.
public protocol LifeCycle: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The states that can come next at a client's word, in the order they are offered.
    var successors: [Self] { get }
    /// Whether this step wants a reason.
    func needsReason(to next: Self) -> Bool
    /// Whether this role may take this step (if the record is within its reach at all).
    func permits(_ role: Role, to next: Self) -> Bool
}

extension LifeCycle {
    /// Whether nothing can come after.
    public var isFinal: Bool { successors.isEmpty }

    /// Refuses a step that is not in the table, or that lacks its reason.
    public func checkStep(to next: Self, reason: String?) throws(Refusal) {
        guard successors.contains(next) else {
            let possible = successors.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                "transitionNotPossible",
                "From \(rawValue) there is no way to \(next.rawValue). "
                    + (isFinal ? "Nothing comes after it." : "Possible from here: \(possible)."))
        }
        if needsReason(to: next), reason == nil {
            throw Refusal("reasonNeeded", "Say in reason why it becomes \(next.rawValue).")
        }
    }
}

/// The body of a transition: `{"to","reason","on"}`.
public struct Transition<Status: LifeCycle>: Sendable, Hashable, BodyReadable {
    public var to: Status
    public var reason: String?
    /// The day on which it happened; the day of the request if left out.
    public var on: Day?

    public init(to: Status, reason: String? = nil, on: Day? = nil) {
        self.to = to
        self.reason = reason
        self.on = on
    }

    public static func read(from reader: inout BodyReader) -> Transition? {
        let to = reader.required("to", Shape<Status>.choice())
        let reason = reader.optional("reason", .text(.note))
        let on = reader.optional("on", .day)
        return to.map { Transition(to: $0, reason: reason, on: on) }
    }

    /// The day it happened, unless that lies ahead.
    public func day(today: Day) throws(Refusal) -> Day {
        guard let on else { return today }
        guard on <= today else {
            throw Refusal(
                "dayInFuture", "The day in on lies ahead; transitions are recorded when done.")
        }
        return on
    }
}
