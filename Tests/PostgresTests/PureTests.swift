// Pure parts of the driver: the statement cache, migration histories, the words told to libpq, what errors say.

import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    static func key(_ text: String, _ oids: [UInt32] = []) -> StatementCache.Key {
        StatementCache.Key(statement: SQLStatement(dynamic: text, name: "test"), oids: oids)
    }

    @Test func theOneUnusedLongestGoesFirst() {
        var cache = StatementCache(capacity: 2)
        let one = cache.add(Self.key("one"))
        let two = cache.add(Self.key("two"))
        #expect(cache.name(for: Self.key("one")) == one)
        let three = cache.add(Self.key("three"))
        #expect(cache.name(for: Self.key("two")) == nil)
        #expect(cache.name(for: Self.key("one")) == one)
        #expect(Set([one, two, three]).count == 3)
        #expect(cache.takeDiscarded() == [two])
        #expect(cache.takeDiscarded() == [])
    }

    /// Who could guess the name of a statement could put another in its place for the next caller on the connection.
    @Test func namesCannotBeGuessed() {
        var (one, another) = (StatementCache(), StatementCache())
        let names = (one.add(Self.key("one")), another.add(Self.key("one")))
        #expect(names.0 != names.1)
        #expect(names.0.utf8.count > 20 && names.0.utf8.count < 64)
    }

    @Test func typesAreHalfOfTheKey() {
        var cache = StatementCache()
        let text = cache.add(Self.key("SELECT $1", [25]))
        #expect(cache.name(for: Self.key("SELECT $1", [20])) == nil)
        #expect(cache.add(Self.key("SELECT $1", [20])) != text)
    }

    @Test func whatIsForgottenIsNotDeallocatedAndWhatIsDiscardedIs() {
        var cache = StatementCache()
        _ = cache.add(Self.key("one"))
        let two = cache.add(Self.key("two"))
        cache.forget(Self.key("one"))
        cache.discard(Self.key("two"))
        #expect(cache.count == 0)
        #expect(cache.discarded == [two])
        #expect(cache.add(Self.key("two")) != two)
    }
}

@Suite struct MigrationPlanTests {
    static func file(_ version: Int, _ checksum: String = "a") -> Migration {
        Migration(
            version: version, name: "m\(version)", checksum: checksum, isTransactional: true,
            text: "")
    }

    static func row(_ version: Int, _ checksum: String = "a") -> AppliedMigration {
        AppliedMigration(version: version, name: "m\(version)", checksum: checksum)
    }

    @Test func whatIsNotAppliedIsPending() throws {
        let plan = try MigrationPlan(
            files: [Self.file(1), Self.file(2), Self.file(5)], history: [Self.row(1)])
        #expect(plan.applied.map(\.version) == [1])
        #expect(plan.pending.map(\.version) == [2, 5])
    }

    @Test func historiesThatDoNotFitAreRefusedByName() {
        #expect(throws: MigrationError.changed("0001_m1.sql")) {
            try MigrationPlan(files: [Self.file(1, "b")], history: [Self.row(1)])
        }
        #expect(throws: MigrationError.missing("0002_m2.sql")) {
            try MigrationPlan(files: [Self.file(1)], history: [Self.row(1), Self.row(2)])
        }
        #expect(throws: MigrationError.outOfOrder("0002_m2.sql")) {
            try MigrationPlan(
                files: [Self.file(1), Self.file(2), Self.file(3)],
                history: [Self.row(1), Self.row(3)])
        }
    }
}

@Suite struct ConnectionAttemptTests {
    static func keywords(_ url: String) throws -> [[String: String]] {
        try ConnectionSettings(url: url).attempts.map { attempt in
            Dictionary(attempt.keywords.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        }
    }

    @Test func eachHostIsAnAttemptWithItsPort() throws {
        let attempts = try Self.keywords(
            "postgresql://me:p%40ss%20'word'@one:1,two:2/base?sslmode=require")
        #expect(attempts.map { $0["host"] } == ["one", "two"])
        #expect(attempts.map { $0["port"] } == ["1", "2"])
        #expect(attempts.allSatisfy { $0["password"] == "p@ss 'word'" })
        #expect(attempts.allSatisfy { $0["sslmode"] == "require" && $0["dbname"] == "base" })
    }

    @Test func theSessionIsSetUpAndTheAddressHasTheLastWord() throws {
        let plain = try Self.keywords("host=one user=me")[0]
        #expect(plain["client_encoding"] == "UTF8")
        #expect(plain["options"]?.contains("-c timezone=UTC -c statement_timeout=20000") == true)
        #expect(plain["application_name"] == "counterpoint")
        #expect(plain["tcp_user_timeout"] == "15000")
        let own = try Self.keywords(
            "host=one application_name=mine client_encoding=LATIN1 options='-c work_mem=1MB'")[0]
        #expect(own["application_name"] == "mine")
        #expect(own["client_encoding"] == "UTF8")
        #expect(own["options"]?.hasSuffix("-c work_mem=1MB") == true)
    }

    @Test func aStandbyIsLookedForEverywhereFirst() throws {
        let attempts = try Self.keywords("host=a,b port=5 target_session_attrs=prefer-standby")
        #expect(attempts.map { $0["host"] } == ["a", "b", "a", "b"])
        #expect(
            attempts.map { $0["target_session_attrs"] } == ["standby", "standby", "any", "any"])
    }

    @Test func nonsenseIsRefusedWithItsReason() {
        let error = #expect(throws: PostgresError.self) {
            try ConnectionSettings(url: "host=one colour=red")
        }
        #expect(error?.kind == .connecting)
        #expect(error?.detail.contains("colour") == true)
    }
}

@Suite struct PostgresErrorTests {
    @Test func descriptionsAreDullAndDebugDescriptionsFull() {
        let error = PostgresError(
            .server, "note",
            server: ServerDiagnostics(
                sqlState: .uniqueViolation, message: "Key (email)=(a@b.c) exists",
                detail: "secret", constraint: "person_email"),
            statement: "person.add", isCommitUnknown: true)
        #expect("\(error)" == "PostgresError.server 23505 in person.add, commit unknown")
        for part in ["a@b.c", "secret", "person_email", "note"] {
            #expect(error.debugDescription.contains(part))
            #expect(!"\(error)".contains(part))
        }
    }
}

@Suite struct ThreadTests {
    actor Confined {
        nonisolated let thread: ConnectionThread
        nonisolated var unownedExecutor: UnownedSerialExecutor {
            thread.asUnownedSerialExecutor()
        }
        init(_ thread: ConnectionThread) { self.thread = thread }
        func isOnThread() -> Bool { thread.isCurrent }
    }

    @Test func anActorsWorkHappensOnItsThreadAndTheThreadEnds() async {
        let thread = ConnectionThread(name: "test")
        let confined = Confined(thread)
        await withCheckedContinuation { ended in
            thread.start { ended.resume() }
            Task {
                #expect(await confined.isOnThread())
                #expect(!thread.isCurrent)
                // Plain thread code may assume what `checkIsolated` confirms.
                await withCheckedContinuation { done in
                    thread.submit {
                        confined.assumeIsolated { _ in }
                        done.resume()
                    }
                }
                thread.end()
            }
        }
    }

    @Test func timeoutsAreRoundedUpAndNeverSpin() {
        let now = Moment(nanoseconds: 1_000)
        #expect(Moment(nanoseconds: 1_001).pollTimeoutMilliseconds(from: now) == 1)
        #expect(now.pollTimeoutMilliseconds(from: now) == 0)
        #expect(Moment.distantFuture.pollTimeoutMilliseconds(from: now) == -1)
        #expect(now + .seconds(Int64.max) == .distantFuture)
    }
}
