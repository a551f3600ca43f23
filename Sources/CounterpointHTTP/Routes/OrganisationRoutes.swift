// Organisations: registered by managers, shown to each as far as they may see.

import CounterpointModel
import CounterpointRecords

struct OrganisationRoutes {
    let registry: Registry

    private static let view = Schema.named("OrganisationView")
    private static let full = Schema.named("Organisation")

    var list: Operation {
        Operation(
            "listOrganisations", "List organisations",
            "Those that the caller may see; a funder sees public aliases.", tag: .organisations,
            query: [
                .one("kind", of: OrganisationKind.self, "Only of this kind."),
                .country("Only of this country."),
                .one("standing", of: Standing.self, "Only with this standing."),
                .one("safety", of: SafetyLevel.self, "Only of this safety level."),
                .id("programme", "Only with a grant of this programme."),
                QueryParameter(
                    "identifier", .text(longest: 140),
                    "The one with this number in a register, as GB-CHC-1090095."),
                QueryParameter(
                    "name", .text(longest: 200), "Part of a name or an alias, in any case."),
            ] + .page,
            answers: [.page(of: "OrganisationView")], problems: [.refusedInput]
        ) { [registry] exchange in
            let page = try await registry.organisations(
                try Self.filter(exchange.query), page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var register: Operation {
        Operation(
            "registerOrganisation", "Register an organisation",
            "A register number that another organisation has is a conflict.", tag: .organisations,
            body: .json(.named("NewOrganisation")),
            answers: [
                .created(Self.full, readBy: "readOrganisation", parameter: "organisationId")
            ]
        ) { [registry] exchange in
            let new = try NewOrganisation(exchange.json)
            let answer = { @Sendable (made: Organisation) in
                Answer.record(made).created(at: "/v1/organisations/\(made.id)")
            }
            let outcome = try await registry.registerOrganisation(
                new, as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var read: Operation {
        Operation(
            "readOrganisation", "Read an organisation", tag: .organisations,
            answers: [.one(Self.view)]
        ) { [registry] exchange in
            switch try await registry.organisation(
                exchange.id("organisationId"), as: exchange.caller)
            {
            case .full(let organisation): .record(organisation)
            case .published(let organisation): .digested(organisation.document)
            }
        }
    }

    var change: Operation {
        Operation(
            "changeOrganisation", "Change an organisation", tag: .organisations,
            body: .change(.named("OrganisationChange")), needsVersion: true,
            answers: [.changed(Self.full)]
        ) { [registry] exchange in
            let id: Organisation.ID = try exchange.id("organisationId")
            let outcome = try await registry.changeOrganisation(
                id, try OrganisationChange(exchange.json),
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once { .record($0) })
            return exchange.answer(outcome) { .record($0) }
        }
    }

    var move: Operation {
        Operation(
            "moveOrganisation", "Decide on an organisation's standing",
            "registered, eligible, suspended, struckOff; each step says why.", tag: .organisations,
            body: .json(.named("StandingTransition")), needsVersion: true,
            answers: [.changed(Self.full)]
        ) { [registry] exchange in
            let id: Organisation.ID = try exchange.id("organisationId")
            let outcome = try await registry.moveOrganisation(
                id, try StandingTransition(exchange.json),
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once { .record($0) })
            return exchange.answer(outcome) { .record($0) }
        }
    }

    private func version(of id: Organisation.ID, _ exchange: Exchange) async throws -> Int64? {
        try await exchange.expectedVersion {
            let view = try await registry.organisation(id, as: exchange.caller)
            guard case .full(let organisation) = view else { return Exchange.noVersion }
            return organisation.version
        }
    }

    private static func filter(_ query: QueryValues) throws -> OrganisationFilter {
        var filter = OrganisationFilter()
        filter.kind = query.choice("kind")
        filter.country = query.country
        filter.standing = query.choice("standing")
        filter.safety = query.choice("safety")
        filter.programme = query.id("programme")
        filter.name = query.text("name")
        filter.identifier = try query.text("identifier").map(identifier)
        return filter
    }

    /// `GB-CHC-1090095`: the longest register's code that fits wins, as org-id.guide has it.
    private static func identifier(_ text: String) throws -> OrganisationIdentifier {
        let hyphens = text.indices.filter { text[$0] == "-" }
        for hyphen in hyphens.reversed() {
            let scheme = text[..<hyphen]
            let id = text[text.index(after: hyphen)...]
            if let found = try? OrganisationIdentifier(scheme: scheme, id: id) { return found }
        }
        throw InvalidInput(
            "identifier", "unknownScheme",
            "identifier must begin with a register's code of org-id.guide, as GB-CHC-1090095.",
            kind: .malformed)
    }
}
