// All that a funder is told, as one list of texts: two of them are equal byte for byte if nothing that is not published
// makes a difference.

import CounterpointModel
import CounterpointRecords
import TestRegistry

/// Everything that the records layer answers to a funder, but for the moment of answering.
struct FunderTranscript: Equatable {
    private(set) var texts: [String] = []

    init(_ world: TestWorld, _ questions: [SummaryQuestion]) async throws {
        let registry = world.registry
        let funder = world.funder
        let everything = PageRequest(limit: PageRequest.maximumLimit)
        for organisation in try await registry.organisations(
            OrganisationFilter(), page: everything, as: funder
        ).items {
            texts.append(organisation.document.text)
            texts.append(
                try await registry.organisation(organisation.id, as: funder).document.text)
        }
        for programme in try await registry.programmes(
            ProgrammeFilter(), page: everything, as: funder
        ).items { texts.append(programme.document.text) }
        for grant in try await registry.grants(GrantFilter(), page: everything, as: funder).items {
            texts.append(try await registry.grant(grant.id, as: funder).document.text)
        }
        for campaign in try await registry.campaigns(
            CampaignFilter(), page: everything, as: funder
        ).items {
            texts.append(try await registry.campaign(campaign.id, as: funder).document.text)
        }
        // In pages of two, so that cursors are part of it.
        var page = PageRequest(limit: 2)
        while true {
            let sets = try await registry.resultSets(ResultSetFilter(), page: page, as: funder)
            for set in sets.items {
                texts.append(set.document.text)
                texts.append(try await registry.resultSet(set.id, as: funder).document.text)
            }
            texts.append(sets.next ?? "the end")
            guard let next = sets.next else { break }
            page.cursor = next
        }
        for question in questions { try await ask(question, world) }
    }

    private mutating func ask(_ question: SummaryQuestion, _ world: TestWorld) async throws {
        let summary = try await world.registry.summary(question, as: world.funder)
        guard case .object(var object) = summary.document else { return }
        object["asOf"] = .null
        texts.append(JSONValue.object(object).text)
        texts.append(String(decoding: summary.csv, as: UTF8.self))
        for group in summary.groups where !group.sets.isEmpty {
            texts.append(
                try await world.registry.receipt(group.receipt, as: world.funder).document.text)
        }
    }

    /// Questions over what a funder can name: by each dimension, and each of its campaigns alone.
    static func questions(_ campaigns: [Campaign.ID], asOf: [Instant] = []) -> [SummaryQuestion] {
        var questions: [SummaryQuestion] = []
        let divisions: [[GroupDimension]] =
            [[], [.month, .channel], [.channel, .campaign]] + GroupDimension.allCases.map { [$0] }
        for division in divisions {
            for moment in [nil] + asOf.map(Optional.some) {
                var question = SummaryQuestion()
                question.groupBy = division
                question.asOf = moment
                question.receipts = true
                questions.append(question)
            }
        }
        for campaign in campaigns {
            var question = SummaryQuestion()
            question.campaigns = [campaign]
            question.from = Day(iso: "2023-02-01")!
            question.to = Day(iso: "2023-03-31")!
            questions.append(question)
        }
        return questions
    }
}
