// Meta Ads Manager: rows of campaigns, ad sets or ads, the account's own total among them.

import CounterpointModel

extension FileFormat {
    static let metaAds = FileFormat(
        id: "metaAds", title: "Meta Ads Manager", platform: "Meta",
        recognisedBy: "columns such as Amount spent, Reach, Results and Result indicator, "
            + "Reporting starts; CSV or XLSX",
        daysFrom: "the columns Day or Month, else Reporting starts and Reporting ends",
        layout: FormatLayout(
            channel: .metaPlatform, needs: [[.figure]], forbids: [.contentId, .content, .library],
            hasBlankTotals: true),
        names: NameList(
            metaAdsEnglish, metaAdsGerman, metaAdsFrench, metaAdsSpanish, metaAdsItalian,
            metaAdsPortuguese))

    private static let metaAdsEnglish = """
        .from en Reporting starts
        .to en Reporting ends
        .day en Day
        .week en Week
        .month en Month
        .account en Account name
        .account en Account ID
        .campaign en Campaign name
        .campaignId en Campaign ID
        .adSet en Ad set name
        .adSetId en Ad set ID
        .ad en Ad name
        .adId en Ad ID
        .channel en Platform
        .channel en Publisher platform
        .cut en Placement
        .cut en Device platform
        .cut en Impression device
        .age en Age
        .gender en Gender
        .region en Region
        .country en Country
        .currency en Currency
        .library en Number of ads in Library
        .indicator en Result indicator
        .indicator en Result type
        results en Results
        impressions en Impressions
        reach en Reach
        reach en Accounts Center accounts reached
        spend en Amount spent
        linkClicks en Link clicks
        uniqueLinkClickers en Unique link clicks
        clicks en Clicks (all)
        landingPageViews en Landing page views
        engagements en Post engagement
        engagements en Post engagements
        reactions en Post reactions
        comments en Post comments
        shares en Post shares
        saves en Post saves
        follows en Follows
        profileVisits en Instagram profile visits
        messages en Messaging conversations started
        leads en Leads
        views en Views
        ~views en Video plays
        videoViews2s en 2-second continuous video plays
        videoViews3s en 3-second video plays
        videoViews3s en 3-second video views
        thruPlays en ThruPlays
        thruPlays en ThruPlay
        videoPlays25 en Video plays at 25%
        videoPlays50 en Video plays at 50%
        videoPlays75 en Video plays at 75%
        videoPlays100 en Video plays at 100%
        videoPlays25 en Video watches at 25%
        videoPlays50 en Video watches at 50%
        videoPlays75 en Video watches at 75%
        videoPlays100 en Video watches at 100%
        frequency en Frequency
        clickThroughRate:percent en CTR (link click-through rate)
        costPerThousandImpressions en CPM (cost per 1,000 impressions)
        averageViewSeconds:duration en Video average play time
        -noMetric en Video plays at 95%
        -noMetric en Unique clicks (all)
        -noMetric en Outbound clicks
        -noMetric en Unique outbound clicks
        -noMetric en Page engagement
        -noMetric en Facebook likes
        -noMetric en Page likes
        -noMetric en Estimated ad recall lift (people)
        -computed en Cost per result
        -computed en Cost per results
        -computed en Cost per 1,000 people reached
        -computed en CPC (cost per link click)
        -computed en CPC (all)
        -computed en CTR (all)
        -computed en Unique CTR (link click-through rate)
        -computed en Unique CTR (all)
        -computed en Cost per ThruPlay
        -computed en Cost per landing page view
        -computed en Result rate
        -setting en Campaign delivery
        -setting en Ad set delivery
        -setting en Ad delivery
        -setting en Delivery status
        -setting en Delivery level
        -setting en Delivery
        -setting en Attribution setting
        -setting en Objective
        -setting en Ends
        -setting en Starts
        -setting en Start
        -setting en End
        -setting en Budget
        -setting en Ad set budget
        -setting en Ad set budget type
        -setting en Campaign budget
        -setting en Campaign budget type
        -setting en Bid
        -setting en Bid type
        -setting en Last significant edit
        -setting en Quality ranking
        -setting en Engagement rate ranking
        -setting en Conversion rate ranking
        -setting en Headline
        -setting en Body
        -setting en Link
        -setting en Page name
        """

    /// Meta's names of results as the metrics they count: a result indicator up to its first full
    /// match, longest first.
    static let resultIndicators = NameList(
        """
        engagements en actions:post_engagement
        linkClicks en actions:link_click
        thruPlays en video_thruplay_watched_actions
        reach en reach
        impressions en impressions
        landingPageViews en actions:landing_page_view
        landingPageViews en actions:omni_landing_page_view
        messages en actions:onsite_conversion.messaging_conversation_started_7d
        leads en actions:lead
        leads en actions:leadgen.other
        leads en actions:onsite_conversion.lead_grouped
        videoViews3s en actions:video_view
        videoViews2s en video_continuous_2_sec_watched_actions
        reactions en actions:post_reaction
        comments en actions:comment
        saves en actions:onsite_conversion.post_save
        profileVisits en profile_visit_view
        profileVisits en actions:profile_visit_view
        thruPlays en ThruPlay
        engagements en Post engagements
        messages en Messaging conversations started
        linkClicks de Link-Klicks
        """)
}
