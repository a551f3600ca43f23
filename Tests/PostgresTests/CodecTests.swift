// Codecs without a server: what goes on the line, and what is refused.

import Testing

@testable import Postgres

@Suite struct CodecTests {
    @Test func parametersAreLaidOutOneAfterAnother() {
        let list = ParameterList([true, Int32(258), Int64?.none, "ab", [UInt8]([7])])
        #expect(list.fault == nil)
        #expect(list.bytes == [1, 0, 0, 1, 2, 97, 98, 7])
        #expect(list.lengths == [1, 4, -1, 2, 1])
        #expect(list.oids == [16, 23, 20, 25, 17])
    }

    @Test func jsonGoesWithItsVersionByte() {
        let list = ParameterList([PostgresJSON(text: "{}")])
        #expect(list.bytes == [1, 123, 125])
        #expect(list.oids == [3802])
    }

    @Test(arguments: [
        "a\0b" as any PostgresEncodable & Sendable, PostgresJSON(text: "\0"), ["x", "\0"],
        PostgresDate(daysSince2000: .max), PostgresInstant(microsecondsSince2000: .min),
    ])
    func whatTheServerCannotHoldIsRefused(_ value: any PostgresEncodable & Sendable) {
        let fault = ParameterList([1, value]).fault
        #expect(fault?.kind == .encoding)
        #expect(fault?.detail.hasPrefix("parameter 2: ") == true)
    }

    @Test func aParameterAtTheLimitIsSent() {
        let text = String(repeating: "x", count: ParameterList.maxParameterBytes)
        #expect(ParameterList([text]).fault == nil)
        #expect(ParameterList([text + "x"]).fault?.kind == .encoding)
    }

    static func decode<Value: PostgresDecodable>(
        _ type: Value.Type, _ oid: UInt32, _ bytes: [UInt8]?
    ) throws -> Value {
        guard let bytes else { return try Value(from: Cell(oid: oid, bytes: nil)) }
        return try bytes.withUnsafeBytes { try Value(from: Cell(oid: oid, bytes: $0)) }
    }

    @Test func integersWidenAndNeverNarrow() throws {
        #expect(try Self.decode(Int.self, TypeOID.int2, [0xff, 0xfe]) == -2)
        #expect(try Self.decode(Int64.self, TypeOID.int4, [0, 0, 1, 0]) == 256)
        #expect(throws: PostgresError.self) {
            try Self.decode(Int32.self, TypeOID.int8, [0, 0, 0, 0, 0, 0, 0, 1])
        }
        #expect(throws: PostgresError.self) { try Self.decode(Int64.self, TypeOID.int8, [0, 1]) }
    }

    @Test func textMustBeUTF8() throws {
        #expect(try Self.decode(String.self, TypeOID.text, [0xc3, 0xa9]) == "é")
        #expect(throws: PostgresError.self) { try Self.decode(String.self, TypeOID.text, [0xc3]) }
        // An enum's own type number.
        #expect(try Self.decode(String.self, 16_777, [97]) == "a")
        #expect(throws: PostgresError.self) {
            try Self.decode(String.self, TypeOID.int4, [0, 0, 0, 1])
        }
    }

    @Test func nullNeedsAnOptional() throws {
        #expect(try Self.decode(Bool?.self, TypeOID.bool, nil) == nil)
        #expect(throws: PostgresError.self) { try Self.decode(Bool.self, TypeOID.bool, nil) }
    }

    @Test func malformedArraysAreRefused() {
        let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 23]
        let bodies: [[UInt8]] = [
            [], [0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 1],
            [0, 0, 0, 1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff],
        ]
        for body in bodies {
            #expect(throws: PostgresError.self) {
                try Self.decode([Int32].self, TypeOID.int4Array, header + body)
            }
        }
    }
}
