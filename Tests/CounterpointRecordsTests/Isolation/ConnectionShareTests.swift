// One caller's waiting statements leave room for the others.

import CounterpointModel
import Postgres
import TestCluster
import TestRegistry
import Testing

@testable import CounterpointRecords

@Suite("Shares of the connections")
struct ConnectionShareTests {
    @Test("Others are answered while all that one caller asks waits for a lock of its own")
    func others() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign()
            let name = world.test.database.name
            // Long enough for the busiest machine: nothing here may end by the lock's time limit.
            try await world.test.database.run(
                "alter role counterpoint_service in database \(name) set lock_timeout = '60s'")
            let login = try world.test.database.settings(user: "counterpoint_service")
            let pool = PoolLimits(
                maxConnections: 3, minConnections: 0, waitDeadline: .seconds(2))
            try await world.test.database.withDatabase(login, pool: pool) { database in
                let registry = Registry(database: database, logger: .quiet)
                // Both tokens are known.
                for caller in [world.editor, world.viewer, world.rival] {
                    _ = try await registry.campaigns(
                        CampaignFilter(), page: PageRequest(), as: caller)
                }
                try await world.test.database.withDatabase { lock in
                    let held = AsyncStream<Void>.makeStream()
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask {
                            try? await lock.write(deadline: .seconds(60)) { transaction in
                                try Self.run(
                                    "select from campaigns where id = '\(campaign.id)' for update",
                                    in: transaction)
                                held.continuation.yield()
                                try Self.run("select pg_sleep(50)", in: transaction)
                            }
                        }
                        for await _ in held.stream { break }
                        for _ in 0..<6 {
                            group.addTask {
                                _ = try? await registry.moveCampaign(
                                    campaign.id, Transition(to: .running),
                                    expecting: campaign.version, as: world.editor)
                            }
                        }
                        while registry.share.count < 6 { await Task.yield() }
                        let seen = try? await registry.campaigns(
                            CampaignFilter(), page: PageRequest(), as: world.rival)
                        #expect(seen != nil, "the rival was kept waiting for a connection")
                        group.cancelAll()
                    }
                }
            }
        }
    }

    private static func run(_ sql: String, in transaction: borrowing Transaction) throws {
        _ = try transaction.execute(Query<Void>(SQLStatement(dynamic: sql, name: "test")))
    }

    @Test("Those of one organisation share, are let in one after the other, and give up in time")
    func turns() async throws {
        let share = ConnectionShare(connections: 3, patience: .seconds(60))
        func caller(_ number: Int) -> Caller {
            Caller(.token(TokenSecret.random()), requestId: "\(number)")
        }
        let (one, colleague) = (caller(1), caller(2))
        let organisation = Organisation.ID.random()
        for each in [one, colleague] { share.learn(each, Self.signedIn(organisation)) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<4 {
                let who = number % 2 == 0 ? one : colleague
                group.addTask {
                    do {
                        try await share.admit(who) { try await Task.sleep(for: .seconds(60)) }
                        return true
                    } catch { return false }
                }
            }
            while share.count < 4 { await Task.yield() }
            // Somebody else is not in their way.
            let other = try await share.admit(caller(3)) { 7 }
            #expect(other == 7 && share.count == 4 && share.atOnce == 2)
            group.cancelAll()
            for try await _ in group {}
        }
        #expect(share.count == 0)
        // The command line has no share.
        let host = try await share.admit(Caller(.operatorAs(nil))) { 1 }
        #expect(host == 1)
    }

    private static func signedIn(_ organisation: Organisation.ID) -> SignedIn {
        SignedIn(
            principal: .random(), role: .ngoEditor, organisation: organisation, token: nil,
            programmes: [], scopes: nil)
    }
}
