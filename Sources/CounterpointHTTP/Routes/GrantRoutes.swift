// Grants: drafted, decided, activated.

import CounterpointModel
import CounterpointRecords

struct GrantRoutes {
    let registry: Registry

    private static let shape = Schema.named("Grant")

    var list: Operation {
        Operation(
            "listGrants", "List grants", tag: .grants,
            query: [
                .id("programme", "Only of this programme."),
                .id("organisation", "Only held by this organisation."),
                .one("status", of: GrantStatus.self, "Only with this status."),
            ] + .page,
            answers: [.page(of: "Grant")]
        ) { [registry] exchange in
            var filter = GrantFilter()
            filter.programme = exchange.query.id("programme")
            filter.organisation = exchange.query.id("organisation")
            filter.status = exchange.query.choice("status")
            let page = try await registry.grants(filter, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var add: Operation {
        Operation(
            "addGrant", "Draft a grant", "Send an Idempotency-Key: money follows from it.",
            tag: .grants, body: .json(.named("NewGrant")),
            answers: [.created(Self.shape, readBy: "readGrant", parameter: "grantId")]
        ) { [registry] exchange in
            let answer = { @Sendable (made: Grant) in
                Answer.record(made).created(at: "/v1/grants/\(made.id)")
            }
            let outcome = try await registry.addGrant(
                try NewGrant(exchange.json), as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var read: Operation {
        Operation("readGrant", "Read a grant", tag: .grants, answers: [.one(Self.shape)]) {
            [registry] exchange in
            .record(try await registry.grant(exchange.id("grantId"), as: exchange.caller))
        }
    }

    var change: Operation {
        Operation(
            "changeGrant", "Change a grant's terms",
            "They are open until the award; when reports are due, until the grant ends.",
            tag: .grants, body: .change(.named("GrantChange")), needsVersion: true,
            answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: Grant.ID = try exchange.id("grantId")
            let outcome = try await registry.changeGrant(
                id, try GrantChange(exchange.json),
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once { .record($0) })
            return exchange.answer(outcome) { .record($0) }
        }
    }

    var move: Operation {
        Operation(
            "moveGrant", "Move a grant to its next status",
            "No award to an organisation that is not eligible, or beyond the programme's budget; no "
                + "activation without the day of the signature.",
            tag: .grants, body: .json(.named("GrantTransition")), needsVersion: true,
            answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let id: Grant.ID = try exchange.id("grantId")
            let outcome = try await registry.moveGrant(
                id, try Transition<GrantStatus>(exchange.json),
                expecting: try await version(of: id, exchange), as: exchange.caller,
                once: exchange.once { .record($0) })
            return exchange.answer(outcome) { .record($0) }
        }
    }

    private func version(of id: Grant.ID, _ exchange: Exchange) async throws -> Int64? {
        try await exchange.expectedVersion {
            try await registry.grant(id, as: exchange.caller).version
        }
    }
}
