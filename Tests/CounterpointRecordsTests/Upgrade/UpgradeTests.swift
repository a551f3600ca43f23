// An installation that grew: schema 6 with everything in it that people had put there, brought to the newest. What stands
// must be as if it had been done today, and everybody goes on where they were.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@Suite("An installation of schema 6 becomes one of today")
struct UpgradeTests {
    @Test func everythingIsAsIfItHadBeenDoneToday() async throws {
        try await TestRegistry.with(level: 6) { database in
            let old = LevelSix(database)
            try await old.fill()
            // Before schema 16 put right what schema 8 and 12 had left out, life went on.
            try await TestRegistry.migrate(database, upTo: 15)
            try await old.objectAfterwards()
            return (old, try await Self.heads(database))
        } _: { (filled, test) in
            let (old, heads) = filled
            try await Self.checkInstallation(test, heads)
            try await Self.checkPeople(old, test)
            try await Self.checkPublished(old, test)
            try await Self.checkHistory(old, test)
            try await Self.checkGoingOn(old, test)
            let admin = test.administrator
            #expect(
                try await test.host.verifyAudit(against: heads, as: admin).flatMap(\.faults) == [])
        }
    }

    private static func heads(_ database: TestDatabase) async throws -> [ChainHead] {
        try await database.run("select chain, length, encode(head, 'hex') from audit_chains").map {
            ChainHead(
                programme: $0[0]! == LevelSix.installation ? nil : Programme.ID($0[0]!),
                entries: Int64($0[1]!)!, head: $0[2]!)
        }
    }

    /// The service would start; the log from before still holds; stored figures are what the readings give.
    private static func checkInstallation(_ test: TestRegistry, _ heads: [ChainHead]) async throws {
        let report = try await test.service.checkInstallation()
        #expect(report.faults.filter(\.isFatal).map(\.code) == [])
        #expect(report.schemaLevel == ExpectedSchema.level)
        #expect(heads.count == 3)
        #expect(
            try await test.host.verifyAudit(against: heads, as: test.administrator).flatMap(
                \.faults) == [])
        let again = try await test.host.recompute(as: test.administrator)
        #expect(again.drifts.map(\.detail) == [])
        #expect(again.sets == 11)
    }

    /// Tokens from before open the door and do what they could do.
    private static func checkPeople(_ old: LevelSix, _ test: TestRegistry) async throws {
        for (name, role, _) in LevelSix.people {
            let me = try? await test.service.me(as: old.caller(name))
            if name == "late" || name == "gone" {
                #expect(me == nil, "\(name)")
            } else {
                let scopes = Role(rawValue: role)?.scopes.map(\.rawValue).sorted()
                #expect(me?.scopes.map(\.rawValue).sorted() == scopes, "\(name)")
            }
        }
    }

    /// What a funder reads, and that it is what would be published of the same figures today.
    private static func checkPublished(_ old: LevelSix, _ test: TestRegistry) async throws {
        var question = SummaryQuestion()
        question.groupBy = [.organisation]
        let summary = try await test.service.summary(question, as: old.caller("funder"))
        // Eight sets were accepted, one of them for an organisation that is not shown, and one was withdrawn again.
        #expect(summary.revisions.map(\.revision) == [8])
        let impressions = summary.groups.compactMap { group in
            group.counts.first { $0.metric == .impressions }?.value
        }
        #expect(impressions.sorted() == [9_000, 9_400, 11_500].map { ExactDecimal($0) })
        #expect(!summary.document.text.contains("Organisation masked"))
        #expect(summary.document.text.contains("Voice ma"))
        let unlinked = try await test.database.run(
            "select count(*) from programme_revisions where campaign_id is null")
        #expect(unlinked == [["0"]])

        for (set, figures) in [("small", "small"), ("regions", "regions"), ("twins", "plain")] {
            let today = try await Self.acceptToday(figures, old, test)
            let stored = try await Self.published(LevelSix.id(set), test)
            #expect(stored == (try await Self.published(today, test)), "\(set)")
            #expect(!stored.isEmpty)
        }
        let hidden = try await test.database.run(
            "select metric, level from suppressed_series where result_set_id = '\(LevelSix.id("small"))'"
        )
        #expect(hidden == [["linkClicks", "3"]])
    }

    /// The same readings through the door of today, in a campaign of their own; answers the set.
    private static func acceptToday(
        _ figures: String, _ old: LevelSix, _ test: TestRegistry
    ) async throws -> String {
        let campaign = try await test.service.addCampaign(
            NewCampaign(
                organisationId: Organisation.ID(LevelSix.id("named"))!,
                grantIds: [Grant.ID(LevelSix.id("named grant"))!], name: "Today \(figures)",
                startsOn: Day(iso: "2023-01-01")!, endsOn: Day(iso: "2024-12-31")!,
                countries: [Country("UA")!], channels: [.meta, .tiktok]),
            as: old.caller("editor")
        ).get()
        let january = period("2023-01-01", "2023-01-28")
        let readings = LevelSix.figures[figures]!.map { figure in
            Reading(
                metric: Metric(code: figure.metric)!, period: january, cell: figure.cell,
                state: figure.value == nil ? .masked : .value,
                value: figure.value.map { ExactDecimal(Int64($0)) },
                currency: figure.additivity == "money" ? Currency("EUR") : nil)
        }
        let set = try await test.service.logResultSet(
            NewResultSet(
                channel: figures == "regions" ? .tiktok : .meta, period: january,
                readings: readings),
            for: campaign.id, as: old.caller("editor")
        ).get().set
        let submitted = try await test.service.moveResultSet(
            set.id, Transition(to: .submitted), expecting: set.version, as: old.caller("editor")
        ).get().set
        return try await test.service.moveResultSet(
            set.id, Transition(to: .accepted), expecting: submitted.version,
            as: old.caller("manager")
        ).get().set.id.text
    }

    /// Everything that is told of a set, but for whose it is.
    private static func published(_ set: String, _ test: TestRegistry) async throws -> [[String?]] {
        try await test.database.run(
            """
            select metric, side, period_from, period_to, readings, missing, masked, total, total_qualifier, whole,
                   largest_part, parts_bound, parts, part_values, suppressed,
                   (select max(r.published_digest) from result_records r where r.result_set_id = f.result_set_id)
              from result_figures f where result_set_id = '\(set)' order by 1, 2, 3
            """)
    }

    /// The steps of every set, as the log has them.
    private static func checkHistory(_ old: LevelSix, _ test: TestRegistry) async throws {
        let expected: [(String, [ResultSetStep.Kind], String?)] = [
            ("small", [.logged, .submitted, .accepted], nil),
            ("wrong", [.logged, .submitted, .accepted, .superseded], nil),
            ("taken back", [.logged, .submitted, .accepted, .withdrawn], "not theirs"),
            ("draft", [.logged], nil),
            ("sent back", [.logged, .submitted, .returned], "look again"),
        ]
        for (set, steps, reason) in expected {
            let detail = try await test.service.resultSet(
                ResultSet.ID(LevelSix.id(set))!, as: old.caller("editor"))
            #expect(detail.review?.steps.map(\.kind) == steps, "\(set)")
            #expect(detail.review?.steps.compactMap(\.reason).last == reason, "\(set)")
            #expect(detail.review?.steps.first?.by?.id.text == LevelSix.id("editor"), "\(set)")
        }
    }

    /// What was under way is finished by today's service, and what was merged can be separated.
    private static func checkGoingOn(_ old: LevelSix, _ test: TestRegistry) async throws {
        let waiting = try await test.service.resultSet(
            ResultSet.ID(LevelSix.id("waiting"))!, as: old.caller("manager")
        ).set
        let accepted = try await test.service.moveResultSet(
            waiting.id, Transition(to: .accepted), expecting: waiting.version,
            as: old.caller("manager")
        ).get()
        #expect(
            accepted.review?.steps.map(\.kind) == [
                .logged, .submitted, .returned, .submitted, .accepted,
            ])
        #expect(accepted.review?.steps.map(\.sequence) == [1, 2, 3, 4, 5])
        #expect(accepted.review?.objections.map(\.returnedBy) == [3])
        let mended = try await test.service.resultSet(
            ResultSet.ID(LevelSix.id("sent back"))!, as: old.caller("editor")
        ).set
        let again = try await test.service.moveResultSet(
            mended.id, Transition(to: .submitted), expecting: mended.version,
            as: old.caller("editor")
        ).get()
        #expect(again.review?.steps.map(\.sequence) == [1, 2, 3, 4])

        let merges = try await test.service.organisationMerges(
            into: Organisation.ID(LevelSix.id("kept"))!, page: PageRequest(),
            as: old.caller("manager"))
        let merge = try #require(merges.items.first)
        _ = try await test.service.undoMerge(
            merge.id.uuid, reason: "two after all", as: old.caller("manager"))
        let twins = try await test.service.resultSet(
            ResultSet.ID(LevelSix.id("twins"))!, as: old.caller("twinEditor"))
        #expect(twins.set.organisationId.text == LevelSix.id("twin"))
    }
}
