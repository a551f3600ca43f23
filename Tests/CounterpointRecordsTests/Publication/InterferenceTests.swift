// The strongest form of the promise: what is hidden may be any other small number, and no answer to a funder changes by a byte.

import CounterpointModel
import CounterpointRecords
import Postgres
import TestCluster
import TestRegistry
import Testing

@Suite struct InterferenceTests {
    @Test func anotherHiddenNumberChangesNoAnswer() async throws {
        try await TestWorld.with { test in
            let world = try await AttackWorld(test, seed: 7)
            let questions = FunderTranscript.questions(
                world.campaigns.map(\.id), asOf: world.moments.map(\.at))
            let before = try await FunderTranscript(test, questions)
            let changes = try await HiddenChanges(world)
            #expect(changes.count > 10, "there must be something to change")
            try await changes.make(in: test)
            #expect(try await FunderTranscript(test, questions) == before)
            // They were real: the manager reads other numbers now.
            let full = try await test.registry.resultSet(
                changes.anyOfRecord, as: test.manager)
            let known = world.readings.filter { $0.set == changes.anyOfRecord }.map(\.value)
            #expect(full.readings.compactMap { $0.value?.wholeNumber.map(Int.init) } != known)
        }
    }
}

/// Other small numbers in place of hidden ones. Where a sum of hidden ones is published, another hidden one makes up for it:
/// then the sum is what it was, and it is all that was told.
private struct HiddenChanges {
    private var changed: [ResultSet.ID: [(place: Int, by: Int)]] = [:]
    let anyOfRecord: ResultSet.ID

    var count: Int { changed.values.reduce(0) { $0 + $1.count } }

    init(_ world: AttackWorld) async throws {
        let rows = try await world.world.test.database.run(
            "select result_set_id::text, metric, level::text from suppressed_series")
        for row in rows {
            guard let set = row[0].flatMap({ ResultSet.ID($0) }),
                let metric = row[1].flatMap({ Metric(code: $0) }), let level = row[2]
            else { continue }
            let readings = world.readings.filter { $0.set == set && $0.metric == metric }
            guard let small = readings.first(where: { (1...9).contains($0.value) }),
                world.seen[set].map({ $0[small.place] == nil }) ?? true
            else { continue }
            let by = small.value == 9 ? -4 : 1
            let isTold = level != "3" && !(metric == .reach && level == "2")
            if isTold {
                let largest = readings.map(\.value).max() ?? 0
                let other = readings.first {
                    $0.place != small.place && $0.days == small.days && $0.isPart == small.isPart
                        && $0.value >= 20 && (metric != .reach || $0.value < largest)
                }
                guard let other else { continue }
                changed[set, default: []].append((other.place, -by))
            } else if readings.count > 1, metric != .reach {
                // Hidden for what it adds to an earlier sum: only the same sum asks for the same.
                let other = readings.first {
                    $0.place != small.place && $0.days == small.days && $0.value >= 20
                }
                guard let other else { continue }
                changed[set, default: []].append((other.place, -by))
            }
            changed[set, default: []].append((small.place, by))
        }
        let some = changed.keys.sorted { $0.text < $1.text }.first
        anyOfRecord = try #require(some)
    }

    /// Past every trigger, as nobody but the server's own superuser could; then everything derived is derived again.
    func make(in world: TestWorld) async throws {
        let derive = try #require(SQLStatement.ofRecords.first { $0.name == "readings.derive" })
        var script = "set session_replication_role = replica;"
        for (set, changes) in changed {
            for change in changes {
                script += """
                    update readings set value = value + (\(change.by))
                     where result_set_id = '\(set)' and number = \(change.place + 1);
                    """
            }
            script += "delete from result_figures where result_set_id = '\(set)';"
            script += derive.text.replacing("$1", with: "'\(set)'::uuid") + ";"
            script += "select sec.publish('\(set)');"
        }
        try await world.test.database.run(script)
    }
}
