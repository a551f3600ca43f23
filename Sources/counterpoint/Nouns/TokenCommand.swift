// counterpoint token: what principals sign in with over HTTP.

import ArgumentParser
import CounterpointModel
import CounterpointRecords

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Bearer tokens for the HTTP interface.",
        discussion: """
            A token's secret is shown once, when it is issued; only its hash is kept. Tokens end by themselves after \
            \(TokenLife.days) days unless --expires-at says otherwise. Give a program only the scopes that it needs.

              counterpoint token issue --principal "Edith Editor" --label laptop
              counterpoint token issue --principal "Edith Editor" --label upload --scope logResults
              counterpoint token rotate 0d3c… --overlap-hours 48
              counterpoint token list --principal "Edith Editor"
              counterpoint token revoke 0d3c…
            """,
        subcommands: [Issue.self, Rotate.self, List.self, Revoke.self])

    static let columns = [
        Column("ID", "id"), Column("PRINCIPAL", "principalId"), Column("LABEL", "label"),
        Column("SCOPES", "scopes"), Column("EXPIRES", "expiresAt", .instant),
        Column("REVOKED", "revokedAt", .instant),
        Column("LAST USED", "lastUsedAt", .instant),
    ]

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Issue a token and show its secret.")

        @Option(help: "Whose token it is, by id or name.") var principal: String
        @Option(help: "What it is for, to know it again.") var label: String
        @Option(help: ArgumentHelp("When it ends, as 2027-01-01T00:00:00Z.", valueName: "instant"))
        var expiresAt: Instant?
        @Option(
            help: ArgumentHelp(
                """
                What it may be used for, beside reading; may be repeated (default: all that the principal's role has a \
                use for).
                """, valueName: "scope"))
        var scope: [TokenScope] = []
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id = try await session.principal(principal)
                // No key: keeping the answer would keep the secret. Whoever loses the answer issues another.
                let issued = try await session.registry.issueToken(
                    NewToken(
                        principalId: id, label: label, expiresAt: expiresAt,
                        scopes: scope.isEmpty ? nil : scope),
                    as: session.caller
                ).made()
                show(issued, output)
            }
        }
    }

    static func show(_ issued: IssuedToken, _ output: OutputOptions) {
        output.show(
            record: issued.token.document(secret: issued.secret),
            in: columns + [Column("SECRET", "secret")])
        if output.format == .table {
            Surroundings.console.complain(
                "The secret is shown this once. Send it as: Authorization: Bearer cpt_…")
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a token a new secret; the old one goes on working for a while.",
            discussion: """
                The new one has the same scopes. The old one ends after the overlap, one from before it at once.
                """)

        @Argument(help: "The token's id (not its secret).") var token: String
        @Option(
            help: ArgumentHelp(
                "How long the old secret goes on working, 0 to \(TokenLife.overlapHoursMax).",
                valueName: "hours"))
        var overlapHours = TokenLife.overlapHours
        @Option(
            help: ArgumentHelp(
                "When the new one ends, as 2027-01-01T00:00:00Z.", valueName: "instant"))
        var expiresAt: Instant?
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (0...TokenLife.overlapHoursMax).contains(overlapHours) else {
                throw ValidationError(
                    "--overlap-hours is from 0 (at once) to \(TokenLife.overlapHoursMax).")
            }
        }

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id: Token.ID = try session.id(token, of: "token")
                let issued = try await session.registry.rotateToken(
                    id, TokenRotation(overlapHours: overlapHours, expiresAt: expiresAt),
                    as: session.caller
                ).made()
                show(issued, output)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List tokens, without their secrets.")

        @Option(help: "Only those of this principal, by id or name.") var principal: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                var filter = TokenFilter()
                if let principal { filter.principal = try await session.principal(principal) }
                let list = try await page.read(\.document) { [filter] in
                    try await session.registry.tokens(filter, page: $0, as: session.caller)
                }
                output.show(
                    page: list, in: columns,
                    empty:
                        "There are none. Issue one: counterpoint token issue --principal … --label …"
                )
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a token at once.",
            discussion:
                "It opens nothing from the next request on. Revoking a revoked one changes nothing."
        )

        @Argument(help: "The token's id (not its secret).") var token: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var actor: ActorOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await Session.acting(as: actor.principal) { session in
                let id: Token.ID = try session.id(token, of: "token")
                let ended = try await session.once(
                    "token revoke", .string(id.text), write, document: \.document
                ) { try await session.registry.revokeToken(id, as: session.caller, once: $0) }
                output.show(record: ended, in: columns)
            }
        }
    }
}
