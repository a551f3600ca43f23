// What every stored record has, and the rules that several sorts of record share.

/// A stored record with its place in time; the version makes its ETag and is not shown otherwise.
public protocol Record: Sendable, Hashable {
    associatedtype Subject
    var id: Identifier<Subject> { get }
    var createdAt: Instant { get }
    var updatedAt: Instant { get }
    /// Grows by one with each change.
    var version: Int64 { get }
    /// The record as answers show it: camelCase, members in a fixed order, nulls shown.
    var document: JSONValue { get }
}

extension Record {
    /// Whether this is what a funder reads of the record: without its moments and its version, which would tell of changes
    /// that are not shown. A stored record's version begins at 1.
    public var isPublished: Bool { version == Self.versionOfPublished }

    /// The version that stands for "none": the answer's tag is then that of its bytes.
    public static var versionOfPublished: Int64 { 0 }

    /// A moment of the record as answers show it.
    func shown(_ moment: Instant) -> JSONValue { isPublished ? .null : .text(moment) }
}

/// Limits on lists that clients send; each holds what the field has seen several times over.
enum ListLimit {
    /// Contact points of an organisation, aliases, register numbers: more is an address book.
    static let ofOrganisation = 20
    /// Languages and countries: there are 184 and 250; a campaign for all of them names none.
    static let codes = 60
    /// Funders of a programme, grants behind a campaign.
    static let parties = 50
    /// Instalments of a grant: monthly for ten years.
    static let instalments = 120
}

extension Place {
    /// Adds a fault at `endsOn` if it lies before `startsOn`.
    func checkOrder(_ startsOn: Day, _ endsOn: Day) {
        if endsOn < startsOn {
            member("endsOn").refused("endsBeforeStart", "It ends before it starts (\(startsOn)).")
        }
    }

    // For rules that are checked again after a patch.
    func throwIfFaulty() throws(InvalidInput) {
        if faultCount > 0 { throw InvalidInput(faults: faults) }
    }
}

extension JSONValue {
    static func text(_ value: (some CustomStringConvertible)?) -> JSONValue {
        value.map { .string($0.description) } ?? .null
    }

    static func texts(_ values: [some CustomStringConvertible]) -> JSONValue {
        .array(values.map { .string($0.description) })
    }

    static func codes(_ values: [some RawRepresentable<String>]) -> JSONValue {
        .array(values.map { .string($0.rawValue) })
    }
}

extension Money {
    /// `{"amount":"12500.00","currency":"EUR"}`.
    public var document: JSONValue {
        ["amount": .string(text), "currency": .string(currency.code)]
    }
}

extension OrganisationIdentifier {
    /// `{"scheme":"GB-CHC","id":"1090095"}`.
    public var document: JSONValue { ["scheme": .string(scheme), "id": .string(id)] }
}
