// Campaigns as they are sent and shown.

import CounterpointModel

extension Schemas {
    static let campaigns: [(String, Schema)] = [
        ("Brief", brief), ("Campaign", campaign), page(of: "Campaign"),
        ("NewCampaign", newCampaign), ("CampaignChange", campaignChange),
        (
            "CampaignTransition",
            transition(
                CampaignStatus.self, "A campaign's next step.",
                example: ["to": "running", "on": "2017-03-30"])
        ),
    ]

    private static let sections = [
        ("goal", "What it should achieve."), ("audience", "For whom."),
        ("message", "What it says."),
        ("messenger", "Who says it."), ("media", "Where and how."),
        ("action", "What people are asked to do."),
    ]

    private static let brief = Schema.object(
        "The GAMMMA+ brief.",
        optional: sections.map { ($0.0, Schema.text(.section, $0.1).orNull) })

    private static let audienceSize = Schema.whole(
        "How many people it is meant for; bounds what its reach can be.",
        from: Campaign.audienceSizes.lowerBound, to: Campaign.audienceSizes.upperBound
    ).orNull

    private static let campaign = Schema.object(
        "What an organisation does with its grants, for whom, where.",
        required: [
            ("id", .id("Its id.")), ("organisationId", .id("Whose it is.")),
            ("grantIds", .list(of: .id("A grant that pays for it."))),
            ("name", .text("Its name.")), ("startsOn", .day("First day.")),
            ("endsOn", .day("Last day.")), ("countries", .list(of: .named("Country"))),
            ("languages", .list(of: .named("Language"))),
            ("channels", .list(of: .named("Channel"))), ("brief", .named("Brief")),
            ("audienceSize", audienceSize),
            ("status", words(CampaignStatus.self, "Where it stands.")),
            ("publicName", publicName),
        ] + shownTimes)

    private static let publicName = Schema.text(
        .name, "Under which funders read of it; null: its name, or a neutral one under an alias."
    ).orNull

    private static let lists: [(String, Schema)] = [
        ("grantIds", Schema.list(of: .id("A grant of its own."), atMost: 50, isSet: true).orNull),
        ("countries", Schema.list(of: .named("Country"), atMost: 60, isSet: true).orNull),
        ("languages", Schema.list(of: .named("Language"), atMost: 60, isSet: true).orNull),
        ("channels", Schema.list(of: .named("Channel"), atMost: 17, isSet: true).orNull),
        ("brief", Schema.named("Brief").orNull), ("audienceSize", audienceSize),
        ("publicName", publicName),
    ]

    private static let newCampaign = Schema.object(
        "A campaign to plan.",
        required: [
            ("organisationId", .id("Whose it is.")), ("name", .text(.name, "Its name.")),
            ("startsOn", .day("First day.")), ("endsOn", .day("Last day, not before the first.")),
        ],
        optional: lists,
        example: [
            "organisationId": "b7b8c1de-5d6f-4b8e-8d5c-4f5b1c2d3e02", "name": "Our street",
            "startsOn": "2017-03-01", "endsOn": "2017-05-31", "countries": ["KE"],
            "languages": ["sw"], "channels": ["youtube", "meta"],
            "brief": ["goal": "Show what leaving cost", "audience": "Men of 16 to 24"],
            "audienceSize": 180_000,
        ])

    private static let campaignChange = Schema.object(
        "What changes, by RFC 7396: null clears, a brief changes member by member.",
        optional: [
            ("name", .text(.name, "Its name.")), ("startsOn", .day("First day.")),
            ("endsOn", .day("Last day.")),
        ] + lists,
        example: ["endsOn": "2017-06-30"])
}
