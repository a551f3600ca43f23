// Large things in little memory. One after another, because they look at the whole process.

import Postgres
import TestCluster
import Testing

@Suite(.serialized) struct MemoryTests {
    /// Other suites run beside this one and take some tens of megabytes; alone it is below 12.
    static let flatKiB = 48 << 10

    @Test func aHundredMegabytesInAndOutInFlatMemory() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run(CopyTests.columns)
        try await test.withDatabase { database async throws in
            _ = try await CopyTests.count(database)
            let before = ProcessStatus.residentKiB
            var rows = CopyTests.Rows(total: 100_000)
            nonisolated(unsafe) var peak = before
            rows.peak = { peak = max(peak, ProcessStatus.residentKiB) }
            let copied = try await database.copyIn(
                CopyTests.copyIn, from: rows, deadline: .seconds(120))
            #expect(copied == 100_000)
            let peakIn = peak - before
            peak = ProcessStatus.residentKiB
            let middle = peak
            var bytes = 0
            for try await chunk in database.copyOut(CopyTests.copyOut, deadline: .seconds(120)) {
                bytes += chunk.count
                #expect(chunk.last == 10)
                if bytes % 16 == 0 { peak = max(peak, ProcessStatus.residentKiB) }
                // Slower than the server for a while: what lies in between stays bounded.
                if bytes < 5_000_000 { try await Task.sleep(for: .milliseconds(5)) }
            }
            peak = max(peak, ProcessStatus.residentKiB)
            #expect(bytes == 100_000 * 1_000)
            print("COPY of 100 MB: +\(peakIn) KiB in, +\(peak - middle) KiB out")
            #expect(peakIn < Self.flatKiB)
            #expect(peak - middle < Self.flatKiB)
        }
    }

    @Test func anOversizedResultIsStoppedBeforeItFillsMemory() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase(pool: CancellationTests.one) { database async throws in
            let before = ProcessStatus.residentKiB
            let large = Query(
                SQLStatement(
                    "SELECT repeat('x', 1000) FROM generate_series(1, 1000000)", name: "test.large")
            ) { try $0.next(String.self) }
            let error = await #expect(throws: PostgresError.self) {
                try await database.read { try $0.rows(large) }
            }
            #expect(error?.kind == .limitExceeded)
            #expect(ProcessStatus.residentKiB - before < 400 << 10)
            #expect(try await CancellationTests.backend(database) > 0)
        }
    }

    static let large = SQLStatement("SELECT $1::text, length($1::text)", name: "test.large")

    /// Both sides send more than any buffer holds: a client that only writes would wait for ever.
    @Test func largeStatementsAndAnswersCross() async throws {
        let test = try await TestCluster.shared().database()
        try await test.withDatabase { database async throws in
            let text = String(repeating: "0123456789abcdef", count: 1 << 18)
            let query = Query(Self.large, text) { row in
                try row.next(String.self).utf8.count + row.next(Int.self)
            }
            let (one, two, three) = try await database.read(deadline: .seconds(30)) {
                try $0.rows(query, query, query)
            }
            #expect([one, two, three] == [[8 << 20], [8 << 20], [8 << 20]])
        }
    }
}
