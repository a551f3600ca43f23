// Organisations as they are sent and shown.

import CounterpointModel

extension Schemas {
    static let organisations: [(String, Schema)] = [
        ("OrganisationIdentifier", identifier), ("ContactPoint", contactPoint),
        ("Clearance", clearance), ("Organisation", organisation),
        ("PublishedOrganisation", publishedOrganisation),
        ("OrganisationView", .either([.named("Organisation"), .named("PublishedOrganisation")])),
        page(of: "OrganisationView"), ("NewOrganisation", newOrganisation),
        ("OrganisationChange", organisationChange), ("StandingTransition", standingTransition),
    ]

    private static let identifier = Schema.object(
        "A number in a register of org-id.guide's list.",
        required: [
            ("scheme", .text("The register's code.", longest: 40, pattern: "^[A-Z0-9-]+$")),
            (
                "id",
                .text(
                    "The number there, in visible characters.",
                    longest: OrganisationIdentifier.maximumLocalCharacters,
                    pattern: "^[^\\s\\u0000-\\u0020\\u007f-\\u00a0\\ufeff]+$")
            ),
        ], example: ["scheme": "GB-CHC", "id": "1090095"])

    private static let contactPoint = Schema.object(
        "A person or office to turn to. Restricted: funders never see it.",
        required: [("name", .text(.name, "Who."))],
        optional: [
            ("role", Schema.text(.name, "Their role.").orNull),
            (
                "email",
                Schema.text(
                    "An address such as name@example.org.", longest: 254,
                    pattern: "^[!-?A-~]+@[!-?A-~]+$"
                ).orNull
            ),
            ("phone", Schema.text(.phone, "With the country's code.").orNull),
            ("note", Schema.text(.note, "A remark.").orNull),
        ])

    private static let clearance = Schema.object(
        "The due diligence behind a standing of eligible.",
        required: [
            ("checked", .text("What was checked.")),
            ("source", Schema.text("Where.").orNull), ("on", .day("When.")),
            ("expiresOn", .day("The last day on which it holds.")),
        ])

    private static let kind = words(OrganisationKind.self, "What sort of body it is.")
    private static let safety = words(
        SafetyLevel.self,
        "public: may be named; alias: shown under its alias; withheld: never shown.")

    private static let organisation = Schema.object(
        "An organisation as those who manage or belong to it see it.",
        required: [
            ("id", .id("Its id.")), ("name", .text("Its legal name.")), ("kind", kind),
            ("country", .named("Country")),
            ("identifiers", .list(of: .named("OrganisationIdentifier"))),
            ("aliases", .list(of: .text("Another name."))),
            ("publicAlias", Schema.text("The name it is published under.").orNull),
            ("languages", .list(of: .named("Language"))), ("safety", safety),
            ("contacts", .list(of: .named("ContactPoint"))),
            ("standing", words(Standing.self, "Whether it may be given money.")),
            ("clearance", Schema.named("Clearance").orNull),
        ] + times)

    private static let publishedOrganisation = Schema.object(
        "An organisation as a funder sees it: under its alias unless it may be named.",
        required: [
            ("id", .id("Its id.")), ("name", .text("Its name, or its alias.")), ("kind", kind),
            ("country", Schema.named("Country").orNull),
        ])

    private static let lists: [(String, Schema)] = [
        (
            "identifiers",
            Schema.list(of: .named("OrganisationIdentifier"), atMost: 20, isSet: true).orNull
        ),
        (
            "aliases",
            Schema.list(of: .text(.name, "Another name."), atMost: 20, isSet: true).orNull
        ),
        (
            "publicAlias",
            Schema.text(.name, "The name to publish it under; none of its own names.").orNull
        ),
        ("languages", Schema.list(of: .named("Language"), atMost: 60, isSet: true).orNull),
        ("contacts", Schema.list(of: .named("ContactPoint"), atMost: 20).orNull),
    ]

    private static let newOrganisation = Schema.object(
        "An organisation to register. Its safety is alias unless stated.",
        required: [
            ("name", .text(.name, "Its legal name.")), ("kind", kind),
            ("country", .named("Country")),
        ],
        optional: lists + [("safety", safety.orNull)],
        example: [
            "name": "Counter Voices Nairobi", "kind": "civilSociety", "country": "KE",
            "identifiers": [["scheme": "KE-NCB", "id": "218051"]], "languages": ["en", "sw"],
            "safety": "public",
        ])

    private static let organisationChange = Schema.object(
        "What changes, by RFC 7396: null clears. The standing changes by a transition.",
        optional: [
            ("name", .text(.name, "Its legal name.")), ("kind", kind),
            ("country", .named("Country")), ("safety", safety),
        ] + lists,
        example: ["aliases": ["CVN"]])

    private static let standingTransition = transition(
        Standing.self, "A decision on an organisation's standing.",
        more: [
            ("source", Schema.text(.note, "Where it was checked; for eligible.").orNull),
            ("expiresOn", Schema.day("Until when it holds; two years if left out.").orNull),
        ],
        example: [
            "to": "eligible", "reason": "Registration and sanctions lists checked",
            "source": "NGO Board register", "on": "2017-03-30",
        ])
}
