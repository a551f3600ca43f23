// One entry a metric: additivity, layer, unit, definition. No default case: a metric without an
// entry does not compile.

extension Metric {
    struct Entry {
        var additivity: Additivity
        var layer: Layer
        var unit: Unit
        var definition: String

        init(_ additivity: Additivity, _ layer: Layer, _ unit: Unit, _ definition: String) {
            self.additivity = additivity
            self.layer = layer
            self.unit = unit
            self.definition = definition
        }

        static func count(_ layer: Layer, _ definition: String) -> Entry {
            Entry(.count, layer, .events, definition)
        }

        static func perChannel(_ layer: Layer, _ definition: String) -> Entry {
            Entry(.countPerChannel, layer, .events, definition)
        }

        static func unique(_ layer: Layer, _ unit: Unit, _ definition: String) -> Entry {
            Entry(.unique, layer, unit, definition)
        }

        static func rate(_ layer: Layer, _ unit: Unit, _ definition: String) -> Entry {
            Entry(.rate, layer, unit, definition)
        }
    }

    var entry: Entry {
        switch self {
        case .impressions:
            .count(
                .awareness,
                "Times the content was shown on a screen; one person may account for many.")
        case .reactions:
            .count(.engagement, "Likes and other reactions to the content.")
        case .comments:
            .count(.engagement, "Comments on and replies to the content.")
        case .shares:
            .count(.engagement, "Times the content was shared or reposted.")
        case .saves:
            .count(.engagement, "Times the content was saved or bookmarked.")
        case .linkClicks:
            .count(.engagement, "Clicks on a link in the content, on or off the platform.")
        case .landingPageViews:
            .count(.engagement, "Times the page behind the link was loaded after a click.")
        case .follows:
            .count(.engagement, "Times an account began to follow the page or profile.")
        case .unfollows:
            .count(.engagement, "Times an account ceased to follow the page or profile.")
        case .subscribersGained:
            .count(
                .engagement,
                "Subscriptions won less subscriptions lost; below zero where more were lost.")
        case .profileVisits:
            .count(.engagement, "Times the profile was opened.")
        case .pageVisits:
            .count(.engagement, "Times the page on the platform was opened.")
        case .leads:
            .count(.engagement, "Forms filled in by people who left a way to contact them.")
        case .messages:
            .count(.engagement, "Messages that people sent to the campaign.")
        case .videoViews2s:
            .count(.awareness, "Times a video played for at least 2 seconds.")
        case .videoViews3s:
            .count(.awareness, "Times a video played for at least 3 seconds.")
        case .videoViews6s:
            .count(.awareness, "Times a video played for at least 6 seconds.")
        case .videoViews15s:
            .count(.awareness, "Times a video played for at least 15 seconds.")
        case .thruPlays:
            .count(
                .awareness,
                "Times a video played to its end, or for at least 15 seconds (Meta's ThruPlay).")
        case .videoPlays25:
            .count(.awareness, "Times a video played to 25 % of its length.")
        case .videoPlays50:
            .count(.awareness, "Times a video played to 50 % of its length.")
        case .videoPlays75:
            .count(.awareness, "Times a video played to 75 % of its length.")
        case .videoPlays100:
            .count(.awareness, "Times a video played to its end.")
        case .helpSeekingContacts:
            .count(
                .impact,
                "Times someone contacted a help or exit service that the campaign pointed to.")
        case .sustainedConversations:
            .count(
                .impact,
                "Conversations with one person that went on beyond a first exchange, as the "
                    + "campaign defines it.")
        case .eventSessions:
            .count(.engagement, "Workshops, screenings or other meetings that were held.")
        case .views:
            .perChannel(
                .awareness,
                "Views as the platform counts them; YouTube's, Meta's and X's are different "
                    + "events.")
        case .clicks:
            .perChannel(
                .engagement,
                "Clicks as the platform counts them: all on the content, or only those on its "
                    + "link.")
        case .engagements:
            .perChannel(
                .engagement, "Interactions with the content, as the platform adds them up.")
        case .thumbnailImpressions:
            .perChannel(
                .awareness,
                "Times a video's still picture was shown (what YouTube Studio calls impressions).")
        case .sessions:
            .perChannel(
                .engagement, "Visits to the website, as the measuring tool divides them.")
        case .watchTimeMinutes:
            Entry(
                .quantity, .awareness, .minutes,
                "Minutes for which the videos were played, replays included.")
        case .conversions:
            Entry(
                .quantity, .impact, .conversions,
                "Completed actions that the campaign asked for, as the platform attributes them; "
                    + "it may credit a fraction of one.")
        case .reach:
            .unique(
                .awareness, .accounts,
                "Distinct accounts that saw the content at least once in the period.")
        case .uniqueViewers:
            .unique(
                .awareness, .accounts,
                "Distinct accounts that played a video at least once in the period.")
        case .uniqueLinkClickers:
            .unique(
                .engagement, .accounts,
                "Distinct accounts that clicked a link in the content at least once in the period.")
        case .users:
            .unique(
                .engagement, .accounts,
                "Distinct visitors of the website in the period, as its measuring tool tells "
                    + "them apart.")
        case .eventAttendees:
            .unique(
                .engagement, .people, "Distinct people who came to at least one of the meetings.")
        case .surveyRespondents:
            .unique(.impact, .people, "Distinct people who answered the survey.")
        case .followers:
            Entry(
                .stock, .engagement, .accounts,
                "Accounts that follow the page or profile on the last day of the period.")
        case .subscribers:
            Entry(
                .stock, .engagement, .accounts,
                "Accounts that subscribe to the channel on the last day of the period.")
        case .frequency:
            .rate(.awareness, .ratio, "Impressions for each account reached.")
        case .clickThroughRate:
            .rate(.engagement, .ratio, "Link clicks for each impression.")
        case .completionRate:
            .rate(
                .awareness, .ratio,
                "Plays to the end of a video for each play to a quarter of it.")
        case .engagementRate:
            .rate(.engagement, .ratio, "Engagements for each impression, within one channel.")
        case .averageViewSeconds:
            .rate(.awareness, .seconds, "Seconds played for each view, within one channel.")
        case .costPerThousandImpressions:
            .rate(.resources, .currencyPerThousand, "Spend for each thousand impressions.")
        case .spend:
            Entry(
                .money, .resources, .currency,
                "What the platform charged for showing the campaign, with up to 8 decimals.")
        case .inKindCredit:
            Entry(
                .money, .resources, .currency,
                "Advertising given free of charge by the platform, at its stated value; shown "
                    + "beside money, never added to it.")
        }
    }
}
