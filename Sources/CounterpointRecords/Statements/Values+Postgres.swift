// How the model's values travel: the one place that knows both.

public import CounterpointModel
import FoundationEssentials
public import Postgres

extension UUID {
    init(_ postgres: PostgresUUID) {
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &bytes) { raw in
            raw.storeBytes(of: postgres.high.bigEndian, as: UInt64.self)
            raw.storeBytes(of: postgres.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        self.init(uuid: bytes)
    }

    var postgres: PostgresUUID {
        withUnsafeBytes(of: uuid) { raw in
            PostgresUUID(
                high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}

extension Identifier: PostgresEncodable, PostgresDecodable,
    PostgresArrayElement
{
    public static var oid: UInt32 { PostgresUUID.oid }
    public static var arrayOID: UInt32 { PostgresUUID.arrayOID }

    public func encode(into sink: inout ByteSink) throws { uuid.postgres.encode(into: &sink) }

    public init(from cell: borrowing Cell) throws {
        self.init(UUID(try PostgresUUID(from: cell)))
    }
}

extension Day: PostgresEncodable, PostgresDecodable,
    PostgresArrayElement
{
    public static var oid: UInt32 { PostgresDate.oid }
    public static var arrayOID: UInt32 { PostgresDate.arrayOID }

    public func encode(into sink: inout ByteSink) throws {
        try PostgresDate(daysSince2000: daysSince2000).encode(into: &sink)
    }

    public init(from cell: borrowing Cell) throws {
        let date = try PostgresDate(from: cell)
        guard let day = Day(daysSince2000: date.daysSince2000) else {
            throw RegistryError.internalFault("a date outside the calendar")
        }
        self = day
    }
}

extension Instant: PostgresEncodable, PostgresDecodable {
    public static var oid: UInt32 { PostgresInstant.oid }

    public func encode(into sink: inout ByteSink) throws {
        try PostgresInstant(microsecondsSince2000: microsecondsSince2000).encode(into: &sink)
    }

    public init(from cell: borrowing Cell) throws {
        let stored = try PostgresInstant(from: cell)
        guard let instant = Instant(microsecondsSince2000: stored.microsecondsSince2000) else {
            throw RegistryError.internalFault("a time outside the calendar")
        }
        self = instant
    }
}

extension RowReader {
    /// A column that holds one of the words of an enumeration.
    mutating func word<Word: RawRepresentable>(_ type: Word.Type = Word.self) throws -> Word
    where Word.RawValue == String {
        let text = try next(String.self)
        guard let word = Word(rawValue: text) else {
            throw RegistryError.internalFault("“\(text)” is no \(type)")
        }
        return word
    }

    /// The same where there may be none.
    mutating func optionalWord<Word: RawRepresentable>(_ type: Word.Type = Word.self) throws
        -> Word?
    where Word.RawValue == String {
        guard let text = try next(String?.self) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw RegistryError.internalFault("“\(text)” is no \(type)")
        }
        return word
    }

    /// A `numeric`, which statements send as text: its binary form is decoded wrongly by too many.
    mutating func decimal() throws -> ExactDecimal {
        let text = try next(String.self)
        guard let value = ExactDecimal(text) else {
            throw RegistryError.internalFault("“\(text)” is no exact decimal")
        }
        return value
    }

    mutating func optionalDecimal() throws -> ExactDecimal? {
        guard let text = try next(String?.self) else { return nil }
        guard let value = ExactDecimal(text) else {
            throw RegistryError.internalFault("“\(text)” is no exact decimal")
        }
        return value
    }

    mutating func currency() throws -> Currency {
        let code = try next(String.self)
        guard let currency = Currency(code) else {
            throw RegistryError.internalFault("“\(code)” is no currency")
        }
        return currency
    }

    mutating func money(_ currency: Currency) throws -> Money {
        guard let money = Money(minor: try next(Int64.self), currency) else {
            throw RegistryError.internalFault("an amount out of range")
        }
        return money
    }

    mutating func period() throws -> Period {
        guard let period = Period(from: try next(Day.self), to: try next(Day.self)) else {
            throw RegistryError.internalFault("a period that runs backwards")
        }
        return period
    }
}

extension RowReader {
    mutating func country() throws -> Country {
        let code = try next(String.self)
        guard let country = Country(code) else {
            throw RegistryError.internalFault("“\(code)” is no country")
        }
        return country
    }
}
