// One entry a metric: layer, unit, additivity, definition.

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
    }

    var entry: Entry {
        switch self {
        case .impressions, .videoViews2s, .videoViews3s, .videoViews6s, .videoViews15s, .thruPlays,
            .videoPlays25, .videoPlays50, .videoPlays75, .videoPlays100:
            return awarenessCount
        case .reactions, .comments, .shares, .saves, .linkClicks, .landingPageViews, .follows,
            .unfollows, .subscribersGained, .profileVisits, .pageVisits, .leads, .messages:
            return engagementCount
        case .helpSeekingContacts:
            return Entry(
                .count, .impact, .events,
                "Times someone contacted a help or exit service that the campaign pointed to.")
        case .sustainedConversations:
            return Entry(
                .count, .impact, .events,
                "Conversations with one person that went on beyond the first answer (five or more "
                    + "messages from that person, unless the campaign states another threshold).")
        case .eventSessions:
            return Entry(
                .count, .engagement, .events,
                "Workshops, screenings or other meetings that were held.")
        case .views, .clicks, .engagements, .thumbnailImpressions, .sessions:
            return channelCount
        case .watchTimeMinutes:
            return Entry(
                .quantity, .awareness, .minutes,
                "Minutes for which the videos were played, replays included.")
        case .conversions:
            return Entry(
                .quantity, .impact, .conversions,
                "Completed actions that the campaign asked for, as the platform attributes them; "
                    + "it may credit a fraction of one.")
        case .reach, .uniqueViewers, .uniqueLinkClickers, .users, .eventAttendees,
            .surveyRespondents:
            return unique
        case .followers:
            return Entry(
                .stock, .engagement, .accounts,
                "Accounts that follow the page or profile on the last day of the period.")
        case .subscribers:
            return Entry(
                .stock, .engagement, .accounts,
                "Accounts that subscribe to the channel on the last day of the period.")
        case .frequency, .clickThroughRate, .completionRate, .engagementRate, .averageViewSeconds,
            .costPerThousandImpressions:
            return rate
        case .spend:
            return Entry(
                .money, .resources, .currency,
                "What the platform charged for showing the campaign, as it states it, up to 8 "
                    + "decimals.")
        case .inKindCredit:
            return Entry(
                .money, .resources, .currency,
                "Advertising given free of charge by the platform, at its stated value; never "
                    + "added to money.")
        }
    }

    private var awarenessCount: Entry {
        let definition =
            switch self {
            case .impressions:
                "Times the content was shown on a screen; one person may account for many."
            case .videoViews2s: "Times a video played for at least 2 seconds."
            case .videoViews3s: "Times a video played for at least 3 seconds."
            case .videoViews6s: "Times a video played for at least 6 seconds."
            case .videoViews15s: "Times a video played for at least 15 seconds."
            case .thruPlays:
                "Times a video played to its end, or for at least 15 seconds (Meta's ThruPlay)."
            case .videoPlays25: "Times a video played to 25 % of its length."
            case .videoPlays50: "Times a video played to 50 % of its length."
            case .videoPlays75: "Times a video played to 75 % of its length."
            default: "Times a video played to its end."
            }
        return Entry(.count, .awareness, .events, definition)
    }

    private var engagementCount: Entry {
        let definition =
            switch self {
            case .reactions: "Likes and other reactions to the content."
            case .comments: "Comments on and replies to the content."
            case .shares: "Times the content was shared or reposted."
            case .saves: "Times the content was saved or bookmarked."
            case .linkClicks: "Clicks on a link in the content that leads on, on or off platform."
            case .landingPageViews: "Times the page behind the link was loaded after a click."
            case .follows: "Times an account began to follow the page or profile."
            case .unfollows: "Times an account ceased to follow the page or profile."
            case .subscribersGained:
                "Subscriptions won less subscriptions lost; below zero where more were lost."
            case .profileVisits: "Times the profile was opened."
            case .pageVisits: "Times the page on the platform was opened."
            case .leads: "Forms filled in by people who left a way to contact them."
            default: "Messages that people sent to the campaign."
            }
        return Entry(.count, .engagement, .events, definition)
    }

    private var channelCount: Entry {
        switch self {
        case .views:
            Entry(
                .countPerChannel, .awareness, .events,
                "Views as the platform counts them: YouTube's, Meta's and X's are different "
                    + "events.")
        case .clicks:
            Entry(
                .countPerChannel, .engagement, .events,
                "Clicks as the platform counts them: on some all clicks on the content, on others "
                    + "those on its link.")
        case .engagements:
            Entry(
                .countPerChannel, .engagement, .events,
                "Interactions with the content as the platform adds them up.")
        case .thumbnailImpressions:
            Entry(
                .countPerChannel, .awareness, .events,
                "Times a video's still picture was shown (YouTube's impressions, which are no "
                    + "impressions of the video).")
        default:
            Entry(
                .countPerChannel, .engagement, .events,
                "Visits to the website as the measuring tool divides them.")
        }
    }

    private var unique: Entry {
        switch self {
        case .reach:
            Entry(
                .unique, .awareness, .accounts,
                "Distinct accounts that saw the content at least once in the period.")
        case .uniqueViewers:
            Entry(
                .unique, .awareness, .accounts,
                "Distinct accounts that played a video at least once in the period.")
        case .uniqueLinkClickers:
            Entry(
                .unique, .engagement, .accounts,
                "Distinct accounts that clicked a link in the content at least once in the period.")
        case .users:
            Entry(
                .unique, .engagement, .accounts,
                "Distinct visitors of the website in the period, as its measuring tool tells "
                    + "them apart.")
        case .eventAttendees:
            Entry(
                .unique, .engagement, .people, "Distinct people who came to at least one meeting.")
        default:
            Entry(.unique, .impact, .people, "Distinct people who answered the survey.")
        }
    }

    private var rate: Entry {
        switch self {
        case .frequency:
            Entry(.rate, .awareness, .ratio, "Impressions for each account reached.")
        case .clickThroughRate:
            Entry(.rate, .engagement, .ratio, "Link clicks for each impression.")
        case .completionRate:
            Entry(
                .rate, .awareness, .ratio,
                "Plays to the end of a video for each play to a quarter of it.")
        case .engagementRate:
            Entry(.rate, .engagement, .ratio, "Engagements for each impression, within a channel.")
        case .averageViewSeconds:
            Entry(.rate, .awareness, .seconds, "Seconds played for each view, within a channel.")
        default:
            Entry(
                .rate, .resources, .currencyPerThousand, "Spend for each thousand impressions.")
        }
    }
}
