// TikTok: ads, and what TikTok Studio says of days and of videos.

import CounterpointModel

extension FileFormat {
    static let tiktokAds = FileFormat(
        id: "tiktokAds", title: "TikTok Ads", platform: "TikTok",
        recognisedBy:
            "Cost, Clicks (destination), 2-second video views, Video views at 25%; XLSX or CSV",
        daysFrom: "the column By Day, else you",
        layout: FormatLayout(
            channel: .fixed(.tiktok), needs: [[.figure]],
            forbids: [.contentId, .from, .to]),
        names: NameList(
            """
            .campaign en Campaign name
            .campaignId en Campaign ID
            .adSet en Ad group name
            .adSetId en Ad group ID
            .ad en Ad name
            .adId en Ad ID
            .account en Account name
            .account en Account ID
            .day en By Day
            .day en Date
            .day en Day
            .week en By Week
            .month en By Month
            .age en Age
            .gender en Gender
            .country en Country/Region
            .country en Country
            .region en Region
            .currency en Currency
            spend en Cost
            spend en Total cost
            impressions en Impressions
            reach en Reach
            clicks en Clicks (all)
            ~clicks en Clicks
            linkClicks en Clicks (destination)
            landingPageViews en Landing page views
            conversions en Conversions
            views en Video views
            videoViews2s en 2-second video views
            videoViews6s en 6-second video views
            videoPlays25 en Video views at 25%
            videoPlays50 en Video views at 50%
            videoPlays75 en Video views at 75%
            videoPlays100 en Video views at 100%
            reactions en Paid likes
            reactions en Likes
            comments en Paid comments
            comments en Comments
            shares en Paid shares
            shares en Shares
            follows en Paid follows
            follows en Paid followers
            follows en Follows
            profileVisits en Paid profile visits
            profileVisits en Profile visits
            frequency en Frequency
            costPerThousandImpressions en CPM
            averageViewSeconds en Average play time per video view
            -noMetric en Average play time per user
            -computed en CPC
            -computed en CPC (destination)
            -computed en CPC (all)
            -computed en CTR
            -computed en CTR (destination)
            -computed en CTR (all)
            -computed en Cost per 1,000 people reached
            -computed en Cost per conversion
            -computed en Cost per result
            -computed en Result rate
            -computed en Conversion rate (CVR)
            -noMetric en Results
            -noMetric en Result
            -setting en Primary status
            -setting en Secondary status
            -setting en Campaign budget
            -setting en Budget
            -setting en Bid
            -setting en Objective
            -setting en Advertising objective
            -setting en Website URL (Ad level)
            """))

    private static let tiktokStudioNames = """
        .day en Date
        .day de Datum
        .day es Fecha
        .day it,pt Data
        .contentId en Video ID
        .content en Video title
        .content es Título del video
        .content es Título del vídeo
        .content pt Título do vídeo
        .permalink en Video link
        .permalink es Enlace del video
        .permalink pt Link do vídeo
        .published en Post time
        .published es Hora de publicación
        .published pt Horário da postagem
        views en Video Views
        views en Post views
        views en Total views
        views es Visualizaciones totales
        views es Visualizaciones de videos
        profileVisits en Profile Views
        reactions en Likes
        reactions en Total likes
        reactions es Me gusta
        reactions es Me gusta totales
        comments en Comments
        comments en Total comments
        comments es Comentarios
        comments es Comentarios totales
        shares en Shares
        shares en Total shares
        shares es Veces compartido
        saves en Add to favorites
        saves en Favorites
        saves en Total saves
        saves en Total bookmarks
        saves pt Adicionar aos Favoritos
        reach en Reached audience
        uniqueViewers en Total Viewers
        uniqueViewers en Viewers
        followers en Followers
        averageViewSeconds en Average watch time
        watchTimeMinutes:seconds en Total play time
        -noMetric en Difference in followers from previous day
        -noMetric en Net followers
        -noMetric en New Viewers
        -noMetric en Returning Viewers
        -noMetric en New followers
        -share en Watched full video
        -share en Watched full video (%)
        -setting en Video duration
        -setting en Duration
        -setting en Video description
        """

    static let tiktokDays = FileFormat(
        id: "tiktokDays", title: "TikTok Studio, days", platform: "TikTok",
        recognisedBy: "Overview, Viewers or FollowerHistory: Date and Video Views, Profile Views, "
            + "Total Viewers or Followers",
        daysFrom: "the column Date; its year, which TikTok leaves out, from you",
        layout: FormatLayout(
            channel: .fixed(.tiktok), needs: [[.dimension(.day)], [.figure]],
            forbids: [.contentId, .permalink, .content, .published],
            marks: ["followerhistory", "viewers.csv"]),
        names: NameList(tiktokStudioNames))

    static let tiktokPosts = FileFormat(
        id: "tiktokPosts", title: "TikTok Studio, videos", platform: "TikTok",
        recognisedBy: "Content: Video title, Video link, Post time, Total views",
        daysFrom: "you: the figures are those of the video's life so far",
        layout: FormatLayout(
            channel: .fixed(.tiktok),
            needs: [
                [.dimension(.contentId), .dimension(.permalink), .dimension(.published)], [.figure],
            ],
            forbids: [.campaign, .campaignId], isSnapshot: true),
        names: NameList(tiktokStudioNames))
}
