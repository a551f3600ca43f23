// Bearer tokens: issued once, shown without their secret, ended early.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

struct TokenRoutes {
    let registry: Registry

    private static let shape = Schema.named("Token")

    var list: Operation {
        Operation(
            "listTokens", "List tokens", "One's own, and those of the people one answers for.",
            tag: .access,
            query: [.id("principal", "Only of this principal.")] + .page,
            answers: [.page(of: "Token")]
        ) { [registry] exchange in
            var filter = TokenFilter()
            filter.principal = exchange.query.id("principal")
            let page = try await registry.tokens(filter, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }

    var issue: Operation {
        Operation(
            "issueToken", "Issue a token",
            "The secret is in this answer and nowhere else, and with an Idempotency-Key in its "
                + "replays. A token never outlives the one it is made with.",
            tag: .access, body: .json(.named("NewToken")),
            answers: [.created(.named("IssuedToken"), readBy: "readToken", parameter: "tokenId")],
            problems: [.notFound]
        ) { [registry] exchange in
            let answer = { @Sendable (issued: IssuedToken) in
                // Tagged as it will be read, without its secret.
                var answer = Answer.json(issued.token.document(secret: issued.secret))
                answer.headers[.eTag] = Answer.digested(issued.token.document).headers[.eTag]
                return answer.created(at: "/v1/tokens/\(issued.token.id)")
            }
            let outcome = try await registry.issueToken(
                try NewToken(exchange.json), as: exchange.caller, once: exchange.once(answer))
            return exchange.answer(outcome, answer)
        }
    }

    var read: Operation {
        Operation("readToken", "Read a token", tag: .access, answers: [.one(Self.shape)]) {
            [registry] exchange in
            .digested(
                try await registry.token(exchange.id("tokenId"), as: exchange.caller).document)
        }
    }

    var revoke: Operation {
        Operation(
            "revokeToken", "End a token",
            "It opens nothing from the next request on. Ending it again changes nothing.",
            tag: .access, answers: [.changed(Self.shape)]
        ) { [registry] exchange in
            let outcome = try await registry.revokeToken(
                exchange.id("tokenId"), as: exchange.caller,
                once: exchange.once { .digested($0.document) })
            return exchange.answer(outcome) { .digested($0.document) }
        }
    }
}
