// Organisations that were registered twice: likely pairs, merging them, taking a merge back.

import CounterpointModel
import CounterpointRecords

struct MergeRoutes {
    let registry: Registry

    private static let merge = Schema.named("OrganisationMerge")

    var duplicates: Operation {
        Operation(
            "listLikelyDuplicates", "List organisations that are likely the same",
            "Pairs among those that the caller may see: the same register number, or names and aliases in one "
                + "country that share most of their trigrams. Most alike first.",
            tag: .organisations,
            query: [.country("Only of this country.")] + .page,
            answers: [.page(of: "LikelyDuplicate")]
        ) { [registry] exchange in
            let page = try await registry.likelyDuplicates(
                in: exchange.query.country, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var list: Operation {
        Operation(
            "listOrganisationMerges", "List what was merged into an organisation",
            "In the order of its happening, undone merges included.", tag: .organisations,
            query: .page, answers: [.page(of: "OrganisationMerge")], problems: [.forbidden]
        ) { [registry] exchange in
            let page = try await registry.organisationMerges(
                into: exchange.id("organisationId"), page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var make: Operation {
        Operation(
            "mergeOrganisations", "Merge an organisation into this one",
            "Everything of the organisation in the body moves to the one in the address; its names and numbers stay "
                + "as aliases and identifiers. Its id answers 404 from then on, with the code mergedInto and the "
                + "survivor's id in inTheWay for those who may see the survivor.",
            tag: .organisations,
            body: .json(.named("NewOrganisationMerge")),
            answers: [
                .created(Self.merge, readBy: "readOrganisationMerge", parameter: "mergeId")
            ]
        ) { [registry] exchange in
            let new = try NewOrganisationMerge(exchange.json)
            let survivor: Organisation.ID = try exchange.id("organisationId")
            let answer = { @Sendable (made: OrganisationMerge) in
                Answer.digested(made.document).created(at: "/v1/organisation-merges/\(made.id)")
            }
            let outcome = try await registry.mergeOrganisations(
                new, into: survivor, as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var read: Operation {
        Operation(
            "readOrganisationMerge", "Read a merge", tag: .organisations,
            answers: [.one(Self.merge)], problems: [.forbidden]
        ) { [registry] exchange in
            let id: OrganisationMerge.ID = try exchange.id("mergeId")
            return .digested(
                try await registry.organisationMerge(id.uuid, as: exchange.caller).document)
        }
    }

    var undo: Operation {
        Operation(
            "undoOrganisationMerge", "Take a merge back",
            "What moved goes back, with the results added to its campaigns since; what was added to the survivor "
                + "itself stays there and is listed. Later merges into the same organisation are undone first.",
            tag: .organisations, body: .json(.named("MergeUndoing")),
            answers: [.changed(Self.merge)]
        ) { [registry] exchange in
            let id: OrganisationMerge.ID = try exchange.id("mergeId")
            let undoing = try MergeUndoing(exchange.json)
            let outcome = try await registry.undoMerge(
                id.uuid, reason: undoing.reason, as: exchange.caller,
                once: exchange.once { .digested($0.document) })
            return exchange.answer(outcome) { .digested($0.document) }
        }
    }
}
