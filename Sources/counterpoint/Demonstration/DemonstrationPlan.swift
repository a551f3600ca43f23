// What the demonstration is made of: the words that it adds to the published figures. Whatever is invented says so.

import CounterpointModel

/// The demonstration's organisations, people, grants and campaigns.
enum DemonstrationPlan {
    static let programmeName = "Civil Society Empowerment Programme (demonstration)"
    static let currency = Currency("EUR")!
    static let startsOn = Day(iso: "2016-01-01")!
    static let endsOn = Day(iso: "2024-12-31")!
    /// Invented, like all money of the demonstration but the advertising spend.
    static let budget = Money(text: "250000.00", currency)!

    static let funder = NewOrganisation(
        name: "Demonstration Fund (invented)", kind: .funder, country: Country("BE")!,
        safety: .public)

    /// Both have published these figures themselves: they may be named.
    static let pilotPartners = NewOrganisation(
        name: "Redirect Method pilot partners", kind: .civilSociety, country: Country("GB")!,
        aliases: ["Jigsaw with Moonshot CVE and Quantum Communications"],
        languages: [Language("ar")!, Language("en")!], safety: .public)
    static let mentalHealth = NewOrganisation(
        name: "Mental Health for Ukraine", kind: .civilSociety, country: Country("UA")!,
        aliases: ["MH4U"],
        languages: [Language("uk")!], safety: .public)

    static let managerName = "Demonstration manager"
    static let mentalHealthEditorName = "Demonstration editor, Mental Health for Ukraine"
    static let pilotEditorName = "Demonstration editor, Redirect Method pilot"
    static let funderMemberName = "Demonstration funder"
    static let auditorName = "Demonstration auditor"

    static let tokenLabel = "demonstration (.local/demo.env)"

    static let clearance = "Invented for the demonstration: nobody has checked this organisation."
    static let decision = "Invented for the demonstration."

    struct GrantPlan {
        var title: String
        var amount: Money
        var startsOn: Day
        var endsOn: Day
        var signedOn: Day
    }

    static let pilotGrant = GrantPlan(
        title: "Invented for the demonstration: redirecting searches for extremist content",
        amount: Money(text: "60000.00", currency)!, startsOn: Day(iso: "2016-01-01")!,
        endsOn: Day(iso: "2016-12-31")!, signedOn: Day(iso: "2016-01-04")!)
    static let mentalHealthGrant = GrantPlan(
        title: "Invented for the demonstration: mental health on social media",
        amount: Money(text: "45000.00", currency)!, startsOn: Day(iso: "2023-04-01")!,
        endsOn: Day(iso: "2024-12-31")!, signedOn: Day(iso: "2023-04-03")!)

    static func pilotCampaign(of organisation: Organisation.ID, grant: Grant.ID) -> NewCampaign {
        NewCampaign(
            organisationId: organisation, grantIds: [grant], name: "Redirect Method pilot",
            startsOn: PilotFigures.period.from, endsOn: PilotFigures.period.to,
            languages: [Language("ar")!, Language("en")!], channels: [.googleSearch, .youtube],
            brief: Brief(
                goal: "Offer people who search for ISIS content videos that refute it.",
                audience: "People whose searches show interest in ISIS, in Arabic and English.",
                message: "Existing videos by others, curated in playlists.",
                messenger: "Makers of videos whom the audience already watches.",
                media: "Search advertisements that lead to YouTube playlists.",
                action: "Watch a playlist."))
    }

    static func mentalHealthCampaign(of organisation: Organisation.ID, grant: Grant.ID)
        -> NewCampaign
    {
        NewCampaign(
            organisationId: organisation, grantIds: [grant],
            name: "MH4U Facebook and Instagram ads",
            startsOn: MentalHealthFigures.period.from, endsOn: MentalHealthFigures.period.to,
            countries: [Country("UA")!], languages: [Language("uk")!], channels: [.meta],
            brief: Brief(
                goal: "Make help with mental health known and easy to ask for.",
                audience: "Adults in Ukraine.", media: "Paid posts on Facebook and Instagram."))
    }
}
