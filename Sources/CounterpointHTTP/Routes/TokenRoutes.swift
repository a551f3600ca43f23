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
                + "replays. A token has no scope that the one it is made with lacks, and does not "
                + "outlive it.",
            tag: .access, body: .json(.named("NewToken")),
            answers: [.created(.named("IssuedToken"), readBy: "readToken", parameter: "tokenId")],
            problems: [.notFound]
        ) { [registry] exchange in
            let outcome = try await registry.issueToken(
                try NewToken(exchange.json), as: exchange.caller, once: exchange.once(Self.issued))
            return exchange.answer(outcome, Self.issued)
        }
    }

    var rotate: Operation {
        Operation(
            "rotateToken", "Give a token a new secret",
            "Issues its successor, with the same scopes and a secret of its own. The old one goes on "
                + "working for overlapHours, one from before it ends at once: at most two of a line "
                + "are live. A token is rotated once; after that, its successor is.",
            tag: .access, body: .json(.named("TokenRotation")),
            answers: [.created(.named("IssuedToken"), readBy: "readToken", parameter: "tokenId")]
        ) { [registry] exchange in
            let outcome = try await registry.rotateToken(
                exchange.id("tokenId"), try TokenRotation(exchange.json), as: exchange.caller,
                once: exchange.once(Self.issued))
            return exchange.answer(outcome, Self.issued)
        }
    }

    /// Tagged as it will be read, without its secret.
    private static func issued(_ issued: IssuedToken) -> Answer {
        var answer = Answer.json(issued.token.document(secret: issued.secret))
        answer.headers[.eTag] = Answer.digested(issued.token.document).headers[.eTag]
        return answer.created(at: "/v1/tokens/\(issued.token.id)")
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
