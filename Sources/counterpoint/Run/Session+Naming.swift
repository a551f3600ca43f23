// People name things; the record knows ids. A name that fits one thing stands for it, one that fits several is asked
// back with the ids.

import CounterpointModel
import CounterpointRecords

extension Session {
    func organisation(_ text: String) async throws -> Organisation.ID {
        if let id = Organisation.ID(text) { return id }
        var filter = OrganisationFilter()
        // A funder's list takes no filters, and is short.
        let isFunder = try await registry.me(as: caller).principal.role == .funder
        if !isFunder { filter.name = text }
        let found = try await everything { [filter] in
            try await registry.organisations(filter, page: $0, as: caller)
        }
        return try pick(text, "organisation", among: found.map { ($0.id, $0.name) })
    }

    func organisation(orNil text: String?) async throws -> Organisation.ID? {
        guard let text else { return nil }
        return try await organisation(text)
    }

    func programme(_ text: String) async throws -> Programme.ID {
        if let id = Programme.ID(text) { return id }
        var filter = ProgrammeFilter()
        filter.name = text
        let found = try await everything { [filter] in
            try await registry.programmes(filter, page: $0, as: caller)
        }
        return try pick(text, "programme", among: found.map { ($0.id, $0.name) })
    }

    func programme(orNil text: String?) async throws -> Programme.ID? {
        guard let text else { return nil }
        return try await programme(text)
    }

    func grant(_ text: String) async throws -> Grant.ID {
        if let id = Grant.ID(text) { return id }
        let found = try await everything {
            try await registry.grants(GrantFilter(), page: $0, as: caller)
        }
        return try pick(text, "grant", among: found.map { ($0.id, $0.title) })
    }

    func campaign(_ text: String) async throws -> Campaign.ID {
        if let id = Campaign.ID(text) { return id }
        let found = try await everything {
            try await registry.campaigns(CampaignFilter(), page: $0, as: caller)
        }
        return try pick(text, "campaign", among: found.map { ($0.id, $0.name) })
    }

    func principal(_ text: String) async throws -> Principal.ID {
        if let id = Principal.ID(text) { return id }
        let found = try await everything {
            try await registry.principals(PrincipalFilter(), page: $0, as: caller)
        }
        return try pick(text, "principal", among: found.map { ($0.id, $0.name) })
    }

    /// An id that has no name.
    func id<Subject>(_ text: String, of kind: String) throws -> Identifier<Subject> {
        guard let id = Identifier<Subject>(text) else {
            throw CommandFailure(
                .usage, "“\(text)” is no id of a \(kind). `counterpoint … list` shows the ids.")
        }
        return id
    }

    /// As many as a person looks through.
    private static let candidatesShown = 10

    private func pick<Subject>(
        _ text: String, _ kind: String, among all: [(id: Identifier<Subject>, name: String)]
    ) throws -> Identifier<Subject> {
        let wanted = text.lowercased()
        let exact = all.filter { $0.name.lowercased() == wanted }
        let near = exact.isEmpty ? all.filter { $0.name.lowercased().contains(wanted) } : exact
        if near.count == 1 { return near[0].id }
        guard !near.isEmpty else {
            throw CommandFailure(
                .dataRefused,
                "There is no \(kind) named “\(text)” that the principal you act as may see. `counterpoint \(kind) list` "
                    + "shows them.")
        }
        let candidates = near.prefix(Self.candidatesShown).map { "\n  \($0.id)  \($0.name)" }
        throw CommandFailure(
            .dataRefused, "“\(text)” fits \(near.count) of them; name the id:\(candidates.joined())"
        )
    }
}
