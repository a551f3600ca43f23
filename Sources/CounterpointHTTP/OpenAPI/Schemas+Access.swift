// Principals, tokens and the audit log as they are sent and shown.

import CounterpointModel

extension Schemas {
    static let access: [(String, Schema)] = [
        ("Principal", principal), page(of: "Principal"), ("Me", me),
        ("Token", .object("A token, without its secret.", required: tokenMembers)),
        (
            "IssuedToken",
            .object(
                "A token with its secret, which is never shown again.",
                required: tokenMembers + [
                    (
                        "secret",
                        .text("Send it as a bearer token.", pattern: "^cpt_[0-9A-Za-z]{36}$")
                    )
                ])
        ),
        page(of: "Token"), ("NewToken", newToken), ("TokenRotation", tokenRotation),
    ]

    private static let role = words(Role.self, "What the principal is.")

    private static let principal = Schema.object(
        "Somebody or something that holds tokens.",
        required: [
            ("id", .id("Its id.")), ("name", .text("Its name.")), ("role", role),
            ("organisationId", Schema.id("Whom it acts for.").orNull),
            (
                "disabledAt",
                Schema.instant("From when on its tokens open nothing.").orNull
            ),
        ])

    private static let me = Schema.object(
        "Who is asking.",
        required: [
            ("principal", .named("Principal")),
            ("organisation", Schema.named("OrganisationView").orNull),
            ("programmes", .list(of: .id("A programme it manages or funds."))),
            ("tokenId", Schema.id("The token in use.").orNull),
            ("scopes", scopes("What it may be used for.")),
            ("may", .list(of: words(Act.self, "Something it may do."))),
        ])

    private static let tokenMembers: [(String, Schema)] = [
        ("id", .id("Its id.")), ("principalId", .id("Whose it is.")),
        ("label", .text("What it is for.")), ("scopes", scopes("What it may be used for.")),
        ("createdAt", .instant("When it was issued.")),
        ("expiresAt", .instant("When it ends.")),
        ("revokedAt", Schema.instant("When it was ended early.").orNull),
        ("lastUsedAt", Schema.instant("When it was last used, to the minute.").orNull),
        ("replaces", Schema.id("The token that it took over from.").orNull),
    ]

    private static let newToken = Schema.object(
        "A token to issue; it is good for \(TokenLife.days) days unless stated, and for "
            + "\(TokenLife.daysMax) at most.",
        required: [
            ("principalId", .id("Whose it is to be.")), ("label", .text(.name, "What it is for.")),
        ],
        optional: [
            (
                "expiresAt",
                Schema.instant("When it is to end; not after the token it is made with.").orNull
            ),
            (
                "scopes",
                Schema.either([
                    scopes(
                        "What it may be used for; by default what the holder's role needs, as far as "
                            + "the token it is made with has it. `read` is part of every token, named "
                            + "or not."), Schema(["type": "null"]),
                ])
            ),
        ],
        example: [
            "principalId": "0d4c7b1e-2f55-4a0d-9d52-5f7f7f0a6b03", "label": "Nairobi office laptop",
            "scopes": ["read", "logResults"],
        ])

    private static let tokenRotation = Schema.object(
        "A new secret for a token.",
        optional: [
            (
                "overlapHours",
                .whole(
                    "How long the old secret goes on working, \(TokenLife.overlapHours) by default; "
                        + "0 ends it at once.", from: 0, to: TokenLife.overlapHoursMax)
            ),
            (
                "expiresAt",
                Schema.instant("When the new one is to end, as for a token to issue.").orNull
            ),
        ], example: ["overlapHours": 24])

    /// `read`: see; `logResults`: log, hand in and take back results; `review`: accept and return them; `manage`: the rest.
    private static func scopes(_ help: String) -> Schema {
        .list(
            of: words(
                TokenScope.self,
                "read: see what the holder may see. logResults: log, hand in and take back results. "
                    + "review: accept and return them. manage: change everything else, tokens included."
            ), help, atMost: TokenScope.allCases.count)
    }

    static let audit: [(String, Schema)] = [
        (
            "AuditEntry",
            .object(
                "Who did what, by which token, and when; chained by hash.",
                required: [
                    (
                        "number",
                        Schema.whole(
                            "Place in its chain, from 1; null to who sees only some of the chain.",
                            from: 1
                        ).orNull
                    ),
                    ("programmeId", Schema.id("The programme whose chain it is in.").orNull),
                    ("at", .instant("When.")), ("principalId", Schema.id("Who.").orNull),
                    ("tokenId", Schema.id("By which token.").orNull),
                    ("action", .text("What was done, as grant.awarded.")),
                    ("subject", .text("The sort of record.")), ("subjectId", .text("Its id.")),
                    ("before", anything("The record before; null for a new one.")),
                    ("after", anything("The record after.")),
                    ("previousHash", Schema.text("Of the entry before it.").orNull),
                    ("hash", Schema.text("Of this entry and the one before it.").orNull),
                    (
                        "erased",
                        .flag(
                            "Whether before and after were destroyed, because somebody is to be forgotten."
                        )
                    ),
                ])
        ),
        page(of: "AuditEntry"),
    ]

    private static func anything(_ description: String) -> Schema {
        Schema(["type": ["object", "null"], "description": .string(description)])
    }
}
