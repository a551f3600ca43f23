// What the model and the database say about publishing must be the same, and the funder's role must not reach past it.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

@Suite struct PublicationRuleTests {
    @Test func theDatabaseHoldsTheModelsRule() async throws {
        try await TestRegistry.with { test in
            let smallest = try await test.database.run("select sec.smallest_shown()")
            #expect(smallest == [["\(Publication.smallestShown)"]])
            for metric in Metric.allCases {
                let row = try await test.database.run(
                    """
                    select sec.about_people('\(metric.code)')::text,
                           array_to_string(sec.made_of('\(metric.code)'), ',')
                    """)
                #expect(row[0][0] == String(metric.isAboutPeople), "\(metric.code)")
                #expect(
                    row[0][1] == metric.madeOf.map(\.code).joined(separator: ","), "\(metric.code)")
            }
        }
    }

    /// What a statement slipped in would try, as the funder's role with a funder's context.
    @Test func theFundersRoleCannotReadWhatIsNotPublished() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign("Secret name", audienceSize: 7)
            try await world.accept(smallSet, for: campaign)
            for column in [
                "readings.value", "campaigns.name", "campaigns.audience_size", "campaigns.goal",
                "grants.title", "result_sets.digest", "result_sets.source_sha256",
                "result_sets.note", "result_sets.updated_at", "result_records.digest",
                "result_records.source_sha256", "programme_revisions.result_set_id",
                "suppressed_series.level",
            ] {
                let parts = column.split(separator: ".")
                let seen = try await world.asFunder("select \(parts[1]) from \(parts[0])")
                #expect(seen == nil, "\(column) is readable")
            }
            // What it may read of figures holds none of the small ones.
            let totals = try await world.asFunder(
                "select coalesce(total, whole)::text from result_figures")
            #expect(totals?.isEmpty == false)
            #expect(totals?.contains { $0[0] == "7" } == false)
            let inside = try await world.asFunder(
                "select count(*)::text from result_figures where side = 'inside'")
            #expect(inside == [["0"]])
            for function in ["publish('\(campaign.id)')", "is_small(3)", "claims()"] {
                let answer = try await world.asFunder("select sec.\(function)::text")
                #expect(answer == nil, "sec.\(function)")
            }
        }
    }
}

/// One month of ads: seven contacts, and people reached by each ad.
let smallSet = NewResultSet(
    channel: .meta, period: period("2023-01-01", "2023-01-31"),
    readings: [
        figure(.helpSeekingContacts, 7), figure(.impressions, 5_000),
    ])

func period(_ from: String, _ to: String) -> Period {
    Period(from: Day(iso: from)!, to: Day(iso: to)!)!
}

func figure(
    _ metric: Metric, _ value: Int, content: String? = nil, cell: String? = nil,
    _ days: Period = period("2023-01-01", "2023-01-31")
) -> Reading {
    Reading(
        metric: metric, period: days, content: content, cell: cell,
        value: ExactDecimal(Int64(value)))
}

extension TestWorld {
    /// Rows of a statement run as the funder's role in a funder's transaction; nil where the database refuses it.
    func asFunder(_ statement: String) async throws -> [[String?]]? {
        guard case .token(let secret) = funder.credential else { return nil }
        return try? await test.database.run(
            """
            begin;
            set local role counterpoint_service;
            select set_config('role', b.role, true) from sec.begin('\(secret.text)') b;
            \(statement);
            """)
    }
}
