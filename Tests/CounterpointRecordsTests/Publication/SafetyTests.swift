// Organisations that asked not to be named, and not to be published: in lists, single records, summaries, keys, receipts,
// CSV and cursors of a funder.

import CounterpointModel
import CounterpointRecords
import TestCluster
import TestRegistry
import Testing

private let january = period("2023-01-01", "2023-01-31")
private let plain = NewResultSet(
    channel: .meta, period: january,
    readings: [figure(.impressions, 5_000), figure(.reach, 900), figure(.leads, 70)])

@Suite struct SafetyTests {
    @Test func nothingOfAWithheldOrganisationMakesADifference() async throws {
        try await TestWorld.with { world in
            let named = try await world.campaign("Named")
            try await world.accept(plain, for: named)
            let hidden = try await Partner(world, "Hidden House", .withheld)
            let idle = try await hidden.campaign("Idle", in: world)
            let moments = [try await world.now()]
            let questions = {
                FunderTranscript.questions([named.id, idle.id], asOf: moments)
                    + Self.asking(for: hidden, idle)
            }
            let before = try await FunderTranscript(world, questions())

            // It runs campaigns, reports, corrects, withdraws, renames, asks for another grant.
            let busy = try await hidden.campaign("Busy", in: world)
            let first = try await hidden.accept(plain, for: busy, in: world)
            var correction = plain
            correction.supersedes = first.id
            correction.readings[0].value = ExactDecimal(6_000)
            let second = try await hidden.accept(correction, for: busy, in: world)
            _ = try await world.registry.moveResultSet(
                second.id, Transition(to: .withdrawn, reason: "wrong"), expecting: second.version,
                as: world.manager)
            try await hidden.accept(plain, for: idle, in: world)
            _ = try await People(world.test).activeGrant(
                in: world.programme, to: hidden.organisation, as: world.manager)
            #expect(try await FunderTranscript(world, questions()) == before)

            // What comes after it has the numbers that it would have had without it.
            let other = try await world.campaign("Other")
            try await world.accept(plain, for: other)
            let seen = try await world.registry.summary(SummaryQuestion(), as: world.funder)
            #expect(seen.revisions.map(\.revision) == [2])
            #expect(seen.groups[0].counts.first?.value == ExactDecimal(10_000))
            let full = try await world.registry.summary(SummaryQuestion(), as: world.manager)
            #expect(full.revisions.map(\.revision) == [6])
            #expect(full.groups[0].counts.first?.value == ExactDecimal(15_000))

            // Neither by its id nor by those of what it has.
            for id in [hidden.organisation.id, Organisation.ID.random()] {
                await #expect(throws: RegistryError.self) {
                    try await world.registry.organisation(id, as: world.funder)
                }
            }
            for id in [busy.id, idle.id] {
                await #expect(throws: RegistryError.self) {
                    try await world.registry.campaign(id, as: world.funder)
                }
            }
            await #expect(throws: RegistryError.self) {
                try await world.registry.grant(hidden.grant.id, as: world.funder)
            }
            await #expect(throws: RegistryError.self) {
                try await world.registry.resultSet(first.id, as: world.funder)
            }
        }
    }

    private static func asking(for hidden: Partner, _ campaign: Campaign) -> [SummaryQuestion] {
        var byOrganisation = SummaryQuestion()
        byOrganisation.organisations = [hidden.organisation.id]
        var byGrant = SummaryQuestion()
        byGrant.grants = [hidden.grant.id]
        byGrant.groupBy = [.organisation]
        return [byOrganisation, byGrant]
    }

    @Test func anAliasIsAllThatIsRead() async throws {
        try await TestWorld.with { world in
            let masked = try await Partner(world, "Valley Mothers", .alias)
            let alias = try #require(masked.organisation.publicAlias)
            let campaign = try await masked.campaign("Mothers of the Valley speak", in: world)
            var told = plain
            told.breakdown = .region
            told.readings = [
                figure(.impressions, 5_000, cell: "Valley of Mothers"),
                figure(.impressions, 4_000, cell: "Elsewhere"),
                figure(.reach, 500, cell: "Valley of Mothers"),
                figure(.reach, 400, cell: "Elsewhere"),
            ]
            told.note = "Valley Mothers' own count"
            told.source = SourceFile(
                name: "valley-mothers.csv", bytes: 1_234, sha256: String(repeating: "ab", count: 32)
            )
            told.disjointAudiences = "The Valley Mothers know everybody there."
            let set = try await masked.accept(told, for: campaign, in: world)
            let questions = FunderTranscript.questions([campaign.id])
            let seen = try await FunderTranscript(world, questions)
            for text in seen.texts {
                for word in ["Valley", "Mothers", "valley", "mothers", "ababab"] {
                    #expect(!text.contains(word), "\(word) in \(text)")
                }
            }
            let all = seen.texts.joined()
            #expect(all.contains("A campaign of \(alias)") && all.contains("A grant to \(alias)"))
            #expect(all.contains("these audiences have no one in common"))
            #expect(!all.contains(set.digest))

            // What changes behind the alias changes nothing in front of it.
            let change = try CampaignChange([
                "name": "Another name", "brief": ["goal": "Nobody else's business"],
            ])
            let changed = try await world.registry.changeCampaign(
                campaign.id, change, expecting: campaign.version, as: masked.editor
            ).get()
            _ = try await world.registry.changeGrant(
                masked.grant.id, try GrantChange(["publicTitle": "Film grant"]),
                expecting: masked.grant.version, as: world.manager)
            let titled = try await world.registry.grant(masked.grant.id, as: world.funder)
            #expect(titled.title == "Film grant" && titled.publicTitle == nil)
            _ = try await world.registry.changeGrant(
                masked.grant.id, try GrantChange(["publicTitle": .null]),
                expecting: masked.grant.version + 1, as: world.manager)
            #expect(try await FunderTranscript(world, questions) == seen)

            // Unless they choose a name to be read under.
            _ = try await world.registry.changeCampaign(
                campaign.id, try CampaignChange(["publicName": "Film evenings"]),
                expecting: changed.version, as: masked.editor)
            let named = try await world.registry.campaign(campaign.id, as: world.funder)
            #expect(named.name == "Film evenings" && named.publicName == nil)
            #expect(named.isPublished)
        }
    }

    @Test func aLevelChangedLaterHoldsForEveryMoment() async throws {
        try await TestWorld.with { world in
            let partner = try await Partner(world, "Open House", .public)
            let campaign = try await partner.campaign("Open campaign", in: world)
            var told = plain
            told.breakdown = .region
            told.readings = [
                figure(.reach, 500, cell: "North"), figure(.reach, 400, cell: "South"),
            ]
            told.disjointAudiences = "Nobody of Open House's north is in the south."
            try await partner.accept(told, for: campaign, in: world)
            let then = try await world.now()
            func scenario(_ asOf: Instant?) async throws -> String? {
                var question = SummaryQuestion()
                question.asOf = asOf
                question.groupBy = [.campaign]
                let summary = try await world.registry.summary(question, as: world.funder)
                return summary.groups.first.flatMap {
                    ($0.key[0].label ?? "") + ": "
                        + ($0.uniques.first?.range.scenario?.assumption ?? "")
                }
            }
            #expect(
                try await scenario(nil)
                    == "Open campaign: Nobody of Open House's north is in the south.")
            try await world.protect(partner.organisation.id, .alias)
            let alias = try #require(partner.organisation.publicAlias)
            for moment in [nil, then] {
                #expect(
                    try await scenario(moment) == "A campaign of \(alias): The organisation states "
                        + "that these audiences have no one in common.")
            }
            try await world.protect(partner.organisation.id, .withheld)
            for moment in [nil, then] { #expect(try await scenario(moment) == nil) }
            // A token that may only manage does all that.
            try await world.protect(partner.organisation.id, .public)
            #expect(try await scenario(then)?.contains("Open House") == true)
        }
    }

    @Test func aFundersMomentsAndVersionsTellNothing() async throws {
        try await TestWorld.with { world in
            let campaign = try await world.campaign(audienceSize: 7)
            try await world.accept(plain, for: campaign)
            let registry = world.registry
            let seen = try await registry.campaign(campaign.id, as: world.funder)
            #expect(seen.audienceSize == nil && seen.isPublished)
            #expect(seen.document["updatedAt"] == JSONValue.null)
            let programme = try await registry.programme(world.programme.id, as: world.funder)
            #expect(programme.isPublished && programme.document["updatedAt"] == JSONValue.null)
            let grant = try await registry.grant(world.grant.id, as: world.funder)
            #expect(grant.isPublished && grant.title == world.grant.title)
            let sets = try await registry.resultSets(
                ResultSetFilter(), page: PageRequest(), as: world.funder)
            #expect(sets.items.allSatisfy { $0.isPublished && $0.submittedAt == nil })
        }
    }
}
