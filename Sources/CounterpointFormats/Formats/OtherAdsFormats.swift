// LinkedIn Campaign Manager and Snapchat Ads.

import CounterpointModel

extension FileFormat {
    static let linkedin = FileFormat(
        id: "linkedinAds", title: "LinkedIn Campaign Manager", platform: "LinkedIn",
        recognisedBy:
            "a report title with Report Start and Report End, Start Date (in UTC), Total Spent, "
            + "Campaign Group Name",
        daysFrom: "Start Date (a row a day, or with End Date), else Report Start and Report End",
        layout: FormatLayout(
            channel: .fixed(.linkedin), needs: [[.figure]],
            forbids: [.contentId, .permalink], slashes: .monthFirst, isDayWithoutEnd: true,
            marks: ["report start", "(in utc)"]),
        names: NameList(
            """
            .from en Start Date (in UTC)
            .from de Startdatum (in UTC)
            .from fr Date de début (en UTC)
            .to en End Date (in UTC)
            .to de Enddatum (in UTC)
            .account en Account Name
            .account en Account ID
            .campaign en Campaign Group Name
            .campaignId en Campaign Group ID
            .adSet en Campaign Name
            .adSetId en Campaign ID
            .ad en Creative Name
            .ad en Ad Name
            .adId en Creative ID
            .adId en Ad ID
            .currency en Currency
            spend en Total Spent
            spend de Gesamtausgaben
            spend fr Total dépensé
            impressions en Impressions
            impressions de Impressionen
            reach en Reach
            clicks en Clicks
            linkClicks en Clicks to Landing Page
            reactions en Reactions
            comments en Comments
            shares en Shares
            follows en Follows
            engagements en Total Engagements
            leads en Leads
            conversions en Conversions
            views en Video Views
            videoPlays25 en Video Views @ 25%
            videoPlays50 en Video Views @ 50%
            videoPlays75 en Video Views @ 75%
            videoPlays25 en Video Views at 25%
            videoPlays50 en Video Views at 50%
            videoPlays75 en Video Views at 75%
            videoPlays100 en Video Completions
            frequency en Average Frequency
            costPerThousandImpressions en Average CPM
            -noMetric en Total Social Actions
            -noMetric en Viral Impressions
            -noMetric en Viral Clicks
            -noMetric en Lead Forms Opened
            -noMetric en Lead Form Opens
            -noMetric en Other Clicks
            -noMetric en Total Conversion Value
            -noMetric en Video Starts
            -noMetric en Sends
            -noMetric en Opens
            -computed en Click Through Rate
            -computed en Engagement Rate
            -computed en Average CPC
            -computed en Cost per Conversion
            -setting en Campaign Type
            -setting en Campaign Status
            -setting en Campaign Objective
            -setting en Ad Format
            -setting en Ad Introduction Text
            -setting en Campaign Start Date
            -setting en Campaign End Date
            """))

    static let snapchat = FileFormat(
        id: "snapchatAds", title: "Snapchat Ads", platform: "Snapchat",
        recognisedBy:
            "Paid Impressions, Paid eCPM, Swipe Ups or Clicks with eCPSU or eCPC, 2 Second Video Views",
        daysFrom: "the columns Date, Day or Start Time and End Time, else you",
        layout: FormatLayout(
            channel: .fixed(.snapchat), needs: [[.figure]],
            forbids: [.contentId, .permalink]),
        names: NameList(
            """
            .campaignId en Campaign Id
            .campaign en Campaign Name
            .adSetId en Ad Set Id
            .adSetId en Ad Squad Id
            .adSet en Ad Set Name
            .adSet en Ad Squad Name
            .adId en Ad Id
            .ad en Ad Name
            .day en Date
            .day en Day
            .week en Week
            .from en Start Time
            .to en End Time
            .from en Start Date
            .to en End Date
            .currency en Currency
            .age en Age
            .gender en Gender
            .country en Country
            .region en Region
            spend en Amount Spent
            spend en Spend
            impressions en Paid Impressions
            reach en Paid Reach
            clicks en Clicks
            clicks en Swipe Ups
            clicks en Swipe-Ups
            videoViews2s en 2 Second Video Views
            videoViews15s en 15 Second Video Views
            ~views en Video Views
            videoPlays25 en Video Plays at 25%
            videoPlays50 en Video Plays at 50%
            videoPlays75 en Video Plays at 75%
            videoPlays25 en Video Plays 25%
            videoPlays50 en Video Plays 50%
            videoPlays75 en Video Plays 75%
            videoPlays100 en Video Completions
            videoPlays100 en Completions
            shares en Shares
            saves en Saves
            frequency en Paid Frequency
            costPerThousandImpressions en Paid eCPM
            averageViewSeconds:milliseconds en Avg View Time Millis
            -computed en eCPC
            -computed en eCPSU
            -computed en eCPM
            -computed en Click Rate
            -computed en Swipe Up Rate
            -setting en Status
            -setting en Ad Status
            -setting en Campaign Status
            -setting en Budget
            """))
}
