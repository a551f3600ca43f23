// Values there and back, in binary format, and the types both sides believe they are.

import Postgres
import TestCluster
import Testing

@Suite struct RoundTripTests {
    static let scalars = SQLStatement(
        """
        SELECT $1::bool, $2::int2, $3::int4, $4::int8, $5::text, $6::bytea, $7::uuid, $8::date,
            $9::timestamptz, $10::jsonb
        """, name: "test.scalars")

    @Test func scalarsComeBackAsSent() async throws {
        let cluster = try await TestCluster.shared()
        let database = try await cluster.database()
        let uuid = PostgresUUID(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
        let text = "naïve \u{1F600} \"quoted\"'; --\\ e\u{301} é"
        try await database.withDatabase { database async throws in
            let rows = try await database.read { transaction in
                try transaction.rows(
                    Query(
                        Self.scalars, true, Int16.min, Int32.max, Int64.min, text,
                        [UInt8]([0, 1, 255]), uuid, PostgresDate(daysSince2000: -1),
                        PostgresInstant(microsecondsSince2000: 543_000_000_123_456),
                        PostgresJSON(text: #"{"a":[1,"ü"]}"#)
                    ) { row in
                        #expect(try row.next(Bool.self))
                        #expect(try row.next(Int16.self) == .min)
                        #expect(try row.next(Int32.self) == .max)
                        #expect(try row.next(Int64.self) == .min)
                        let back = try row.next(String.self)
                        #expect(Array(back.utf8) == Array(text.utf8))
                        #expect(try row.next([UInt8].self) == [0, 1, 255])
                        #expect(try row.next(PostgresUUID.self) == uuid)
                        #expect(try row.next(PostgresDate.self).daysSince2000 == -1)
                        #expect(
                            try row.next(PostgresInstant.self).microsecondsSince2000
                                == 543_000_000_123_456)
                        #expect(try row.next(PostgresJSON.self).text == #"{"a": [1, "ü"]}"#)
                        return 1
                    })
            }
            #expect(rows == [1])
        }
    }

    static let nulls = SQLStatement(
        "SELECT $1, $2, $3::text, ''::text, ''::bytea", name: "test.nulls")

    @Test func nullIsNotTheEmptyString() async throws {
        let database = try await TestCluster.shared().database()
        try await database.withDatabase { database async throws in
            try await database.read { transaction in
                let query = Query(
                    Self.nulls, Int?.none, "" as String?, String?.none
                ) { row in
                    let first = try row.next(Int?.self)
                    #expect(first == nil)
                    #expect(try row.next(String?.self) == "")
                    #expect(try row.next(String?.self) == nil)
                    #expect(try row.next(String?.self) == "")
                    #expect(try row.next([UInt8]?.self) == [])
                }
                let count = try transaction.rows(query).count
                #expect(count == 1)
                let strict = Query(Self.nulls, Int?.none, "", String?.none) { row in
                    try row.next(Int.self)
                }
                let error = #expect(throws: PostgresError.self) { try transaction.rows(strict) }
                #expect(error?.kind == .decoding)
                #expect(error?.statement == "test.nulls")
            }
        }
    }

    static let arrays = SQLStatement(
        "SELECT $1::int8[], $2::text[], $3::uuid[], $4::int4[]", name: "test.arrays")
    static let matrix = SQLStatement("SELECT ARRAY[[1,2],[3,4]]", name: "test.matrix")
    static let holes = SQLStatement("SELECT ARRAY[1,NULL,3]", name: "test.holes")

    @Test func arraysHaveOneDimensionAndNoNulls() async throws {
        let database = try await TestCluster.shared().database()
        try await database.withDatabase { database async throws in
            try await database.read { transaction in
                let uuids = [PostgresUUID(high: 1, low: 2), PostgresUUID(high: 3, low: 4)]
                let query = Query(
                    Self.arrays, [1, -2, Int64.max], ["", "ü", "x,y"], uuids, [Int32]()
                ) { row in
                    let integers = try row.next([Int64].self)
                    #expect(integers == [1, -2, .max])
                    #expect(try row.next([String].self) == ["", "ü", "x,y"])
                    #expect(try row.next([PostgresUUID].self) == uuids)
                    #expect(try row.next([Int32].self) == [])
                }
                let count = try transaction.rows(query).count
                #expect(count == 1)
                for statement in [Self.matrix, Self.holes] {
                    let query = Query(statement) { try $0.next([Int32].self) }
                    let error = #expect(throws: PostgresError.self) {
                        try transaction.rows(query)
                    }
                    #expect(error?.kind == .decoding)
                }
            }
        }
    }

    static let infinities = SQLStatement(
        "SELECT 'infinity'::timestamptz, '-infinity'::date", name: "test.infinities")
    static let numeric = SQLStatement("SELECT 10.08::numeric", name: "test.numeric")

    @Test func infinitiesAndUnknownTypesAreRefused() async throws {
        let database = try await TestCluster.shared().database()
        try await database.withDatabase { database async throws in
            try await database.read { transaction in
                let instant = Query(Self.infinities) { try $0.next(PostgresInstant.self) }
                #expect(throws: PostgresError.self) { try transaction.rows(instant) }
                let date = Query(Self.infinities) { row in
                    row.skip()
                    return try row.next(PostgresDate.self)
                }
                #expect(throws: PostgresError.self) { try transaction.rows(date) }
                let text = Query(Self.numeric) { try $0.next(String.self) }
                #expect(throws: PostgresError.self) { try transaction.rows(text) }
                let integer = Query(Self.numeric) { try $0.next(Int.self) }
                #expect(throws: PostgresError.self) { try transaction.rows(integer) }
            }
        }
    }

    @Test func theTypeNumbersAreTheServers() async throws {
        let database = try await TestCluster.shared().database()
        for (name, oid) in TypeOID.byName {
            let rows = try await database.cluster.run(
                "SELECT oid FROM pg_type WHERE typname = '\(name)' AND typnamespace = 11")
            #expect(rows == [["\(oid)"]], "\(name)")
        }
    }

    static let echo = SQLStatement("SELECT $1::text", name: "test.echo")
    static let echoUnicode = SQLStatement(
        "SELECT octet_length($1::text), char_length($1::text)", name: "test.length")

    @Test func textWithNULIsRefusedBeforeItIsSent() async throws {
        let database = try await TestCluster.shared().database()
        try await database.withDatabase { database async throws in
            try await database.read { transaction in
                for parameter in ["admin\0@evil", "\0"] {
                    let query = Query(Self.echo, parameter) { try $0.next(String.self) }
                    let error = #expect(throws: PostgresError.self) {
                        try transaction.rows(query)
                    }
                    #expect(error?.kind == .encoding)
                    #expect(error?.wasNothingSent == true)
                    #expect(error?.description.contains("evil") == false)
                }
                // The transaction is none the worse for it.
                let query = Query(Self.echo, "fine") { try $0.next(String.self) }
                let rows = try transaction.rows(query)
                #expect(rows == ["fine"])
            }
        }
    }
}
