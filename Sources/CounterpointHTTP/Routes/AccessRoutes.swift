// Who is asking, and who there is. Principals are added and disabled on the host, with the CLI.

import CounterpointModel
import CounterpointRecords

struct AccessRoutes {
    let registry: Registry

    var me: Operation {
        Operation(
            "readMe", "Who am I, and what may I do?", tag: .access,
            answers: [.one(.named("Me"), "The caller.")]
        ) { [registry] exchange in
            .digested(try await registry.me(as: exchange.caller).document)
        }
    }

    var list: Operation {
        Operation(
            "listPrincipals", "List principals", "For managers and auditors.", tag: .access,
            query: [
                .one("role", of: Role.self, "Only with this role."),
                .id("organisation", "Only acting for this organisation."),
            ] + .page,
            answers: [.page(of: "Principal")], problems: [.forbidden]
        ) { [registry] exchange in
            var filter = PrincipalFilter()
            filter.role = exchange.query.choice("role")
            filter.organisation = exchange.query.id("organisation")
            let page = try await registry.principals(
                filter, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var read: Operation {
        Operation(
            "readPrincipal", "Read a principal", tag: .access,
            answers: [.one(.named("Principal"))], problems: [.forbidden]
        ) { [registry] exchange in
            .digested(
                try await registry.principal(exchange.id("principalId"), as: exchange.caller)
                    .document)
        }
    }
}
