// Broken lines and dying servers. What is committed stays, what is not is not, every caller hears the truth in time, and
// the pool is whole again afterwards.
//
// Where the nineteen pitfalls of the design notes (engineering-notes 2.5) are tested, or why they cannot strike:

import Postgres
import Synchronization
import TestCluster
import Testing

/// | pitfall | test, or reason |
/// | --- | --- |
/// | 1 the descriptor moves while connecting | `PoolTests.severalHostsAreTriedWithinTheDeadline`; `Session.poll` asks `PQsocket` at every wait |
/// | 2 the connect timeout is ours | `PoolTests.severalHostsAreTriedWithinTheDeadline` (a silent host, alone and first of two) |
/// | 3 keywords, not a string | `ConnectionAttemptTests`; `PQconnectStartParams` is the only way in |
/// | 4 ask `PQisBusy` before waiting | `Session.nextResult` is the only wait for answers; `SecurityTests.tlsAndPasswordsWorkAndAreRefusedForTheRightReason` |
/// | 5 flush waits for read or write | `MemoryTests.largeStatementsAndAnswersCross` |
/// | 6 drain to nil | `TransactionTests.anEnqueuedFailureSurfacesAtCommit`, `.aSavepointFailsByItself` (a statement after a failed pipeline) |
/// | 7 cancellation | `CancellationTests.ofFifteenHundredRandomCancellationsNoneHitsALaterStatement`, `.aTaskCancelledBeforeOrWhileWaitingSendsNothing` |
/// | 8 prepared statements | `StatementTests.aChangedResultTypeIsPreparedAnew`, `.forgottenStatementsArePreparedAnew`, `.theCacheIsBoundedOnTheServerToo` |
/// | 9 one result format | binary everywhere: `RoundTripTests.scalarsComeBackAsSent` |
/// | 10 numeric | not spoken: `RoundTripTests.infinitiesAndUnknownTypesAreRefused` |
/// | 11 timestamptz and infinities | `RoundTripTests.infinitiesAndUnknownTypesAreRefused`, `CodecTests.whatTheServerCannotHoldIsRefused` |
/// | 12 uuid, jsonb, arrays, enums | `RoundTripTests`, `CodecTests.malformedArraysAreRefused`, `StatementTests.enumsAreText` |
/// | 13 NULL and lengths | `RoundTripTests.nullIsNotTheEmptyString`; `Cell` and `RowReader` are `~Copyable` and cannot outlive their result |
/// | 14 notices and error fields | `StatementTests.noticesGoToTheLogger`, `TransactionTests.serverErrorsCarryFieldsAndNoValues` |
/// | 15 COPY | `MemoryTests.aHundredMegabytesInAndOutInFlatMemory` (slices of 64 KiB), `CopyTests` (slow reader, deadline) |
/// | 16 LISTEN | `ListenerTests` |
/// | 17 thread confinement | `Session` is not `Sendable` and isolated to its `Connection`, whose executor is the thread; `ThreadTests` |
/// | 18 closing | `PoolTests.closingLetsTransactionsFinishAndEndsEveryThread`, `.closingInterruptsWhatIsTooSlow` |
/// | 19 signals and resets | `PQreset` is called nowhere; libpq guards its writes against SIGPIPE, and `FaultTests.cutLinesNeverLie` writes into cut lines |
enum Pitfalls {}

@Suite(.serialized) struct FaultTests {
    @Test func aKilledBackendIsToldAndNotAskedTwice() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run("CREATE SEQUENCE asked")
        try await test.withDatabase(pool: CancellationTests.one) { database async throws in
            let first = try await CancellationTests.backend(database)
            let asking = SQLStatement(
                "SELECT nextval('asked'), pg_sleep(30)::text", name: "test.asking")
            let task = Task { try await database.write { try $0.execute(Query<Void>(asking)) } }
            try await Task.sleep(for: .milliseconds(300))
            try await test.run("SELECT pg_terminate_backend(\(first))")
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .connectionLost)
            #expect(error?.sqlState == .adminShutdown)
            #expect(error?.isCommitUnknown == false)
            let asked = try await database.read {
                try $0.row(
                    Query(SQLStatement("SELECT last_value FROM asked", name: "test.asked")) {
                        try $0.next(Int.self)
                    })
            }
            #expect(asked == 1)
            #expect(try await CancellationTests.backend(database) != first)
        }
    }

    static let series = SQLStatement(
        "SELECT n, repeat('x', 100) FROM generate_series(1, $1::int8) n", name: "test.series")

    @Test func cutLinesNeverLie() async throws {
        let test = try await TestCluster.shared().database()
        let proxy = try FaultProxy(to: test.settings)
        let limits = PoolLimits(
            maxConnections: 4, minConnections: 0, waitDeadline: .seconds(1),
            backOff: .milliseconds(5)...(.milliseconds(20)))
        try await test.withDatabase(test.settings(throughPort: proxy.port), pool: limits) {
            database async throws in
            var (whole, lost) = (0, 0)
            for round in 0..<120 {
                // Beyond some 400 bytes of greeting: mid-connect, mid-answer, or not at all.
                proxy.set(
                    round.isMultiple(of: 2)
                        ? .cutAfterServerBytes(.random(in: 0...60_000))
                        : .cutAfterClientBytes(.random(in: 0...2_000)))
                do {
                    let rows = try await database.read(deadline: .seconds(3)) {
                        try $0.rows(
                            Query(Self.series, 300) {
                                let number = try $0.next(Int.self)
                                _ = try $0.next(String.self)
                                return number
                            })
                    }
                    #expect(rows == Array(1...300))
                    whole += 1
                } catch let error as PostgresError {
                    #expect([.connectionLost, .connecting, .poolExhausted].contains(error.kind))
                    lost += 1
                }
            }
            #expect(whole > 20 && lost > 20, "the test must try both")
            proxy.set(.none)
            // Attempts that were cut are still being told; with an open line the pool comes back by itself.
            let deadline = ContinuousClock.now + .seconds(60)
            while (try? await CancellationTests.backend(database)) == nil {
                try #require(ContinuousClock.now < deadline, "the pool did not come back")
                try await Task.sleep(for: .milliseconds(50))
            }
            for _ in 0..<8 {
                #expect(try await CancellationTests.backend(database) > 0)
            }
            print("figures: cut lines: \(whole) whole, \(lost) told as lost, \(proxy.cuts) cuts")
        }
        proxy.close()
    }

    @Test func aLineResetMidStatementIsTold() async throws {
        let test = try await TestCluster.shared().database()
        let proxy = try FaultProxy(to: test.settings)
        try await test.withDatabase(test.settings(throughPort: proxy.port)) {
            database async throws in
            _ = try await CancellationTests.backend(database)
            let task = Task {
                try await database.write { try $0.execute(CancellationTests.sleep("20")) }
            }
            try await Task.sleep(for: .milliseconds(200))
            proxy.set(.reset)
            // Nothing was heard, so it is tried once more, on a line that is reset as well.
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect([.connectionLost, .connecting, .poolExhausted].contains(error?.kind))
            proxy.set(.none)
            #expect(try await CancellationTests.backend(database) > 0)
        }
        proxy.close()
    }

    @Test func aLineCutDuringCopyKeepsNothing() async throws {
        let test = try await TestCluster.shared().database()
        try await test.run(CopyTests.columns)
        let proxy = try FaultProxy(to: test.settings)
        try await test.withDatabase(test.settings(throughPort: proxy.port)) {
            database async throws in
            _ = try await CopyTests.count(database)
            proxy.set(.cutAfterClientBytes(2_000_000))
            let error = await #expect(throws: PostgresError.self) {
                try await database.copyIn(
                    CopyTests.copyIn, from: CopyTests.Rows(total: 20_000), deadline: .seconds(20))
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.isCommitUnknown == false)
            proxy.set(.none)
            #expect(try await CopyTests.count(database) == [0, 0])

            let copied = try await database.copyIn(
                CopyTests.copyIn, from: CopyTests.Rows(total: 20_000))
            #expect(copied == 20_000)
            proxy.set(.cutAfterServerBytes(25_000_000))
            var received = 0
            let second = await #expect(throws: PostgresError.self) {
                for _ in 0..<2 {
                    received = 0
                    for try await chunk in database.copyOut(CopyTests.copyOut) {
                        received += chunk.count
                    }
                }
            }
            #expect(second?.kind == .connectionLost)
            #expect(received > 0 && received < 20_000_000)
            proxy.set(.none)
            #expect(try await CopyTests.count(database)[0] == 20_000)
        }
        proxy.close()
    }

    @Test func aSwallowedLineEndsAtItsDeadline() async throws {
        let test = try await TestCluster.shared().database()
        let proxy = try FaultProxy(to: test.settings)
        let limits = PoolLimits(
            maxConnections: 8, minConnections: 0, waitDeadline: .seconds(1),
            backOff: .milliseconds(5)...(.milliseconds(50)))
        var settings = test.settings(throughPort: proxy.port)
        settings.connectDeadline = .seconds(1)
        try await test.withDatabase(settings, pool: limits) { database async throws in
            await withTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { _ = try? await CancellationTests.backend(database) }
                }
            }
            proxy.set(.swallow)
            let slowest = Shared(Duration.zero)
            await withTaskGroup { group in
                for _ in 0..<40 {
                    group.addTask {
                        let start = ContinuousClock.now
                        let error = await #expect(throws: PostgresError.self) {
                            try await database.write(deadline: .seconds(1)) {
                                try $0.execute(CancellationTests.sleep("0"))
                            }
                        }
                        let took = ContinuousClock.now - start
                        slowest.content.withLock { $0 = max($0, took) }
                        // Half a second over on a quiet machine; those that test are not.
                        #expect(took < .milliseconds(2_500))
                        #expect(
                            [.deadline, .poolExhausted, .connecting].contains(error?.kind),
                            "\(error!)")
                    }
                }
            }
            proxy.set(.none)
            #expect(try await CancellationTests.backend(database) > 0)
            print(
                "figures: 40 swallowed requests of 1 s ended within \(slowest.content.withLock { $0 })"
            )
        }
        proxy.close()
    }
}

/// A value that several tasks change.
final class Shared<Content: Sendable>: Sendable {
    let content: Mutex<Content>
    init(_ content: Content) { self.content = Mutex(content) }
}
