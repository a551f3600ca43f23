// X, TikTok, LinkedIn and Snapchat.

import CounterpointModel

extension FileFormat {
    static let xPosts = FileFormat(
        id: "xPosts", title: "X, posts", platform: "X",
        recognisedBy: "Tweet id or Post id, permalink, and figures of each post",
        daysFrom: "you: the column time or Date is when the post went out",
        layout: FormatLayout(
            channel: .fixed(.x),
            needs: [[.dimension(.contentId), .dimension(.permalink)], [.figure]],
            forbids: [.campaign, .campaignId]),
        names: NameList(
            """
            .contentId en Tweet id
            .contentId en Post id
            .permalink en Tweet permalink
            .permalink en Post Link
            .content en Tweet text
            .content en Post text
            .published en time
            .published en Date
            impressions en impressions
            engagements en engagements
            reactions en likes
            reactions en favorites
            shares en retweets
            shares en Reposts
            comments en replies
            saves en Bookmarks
            follows en follows
            follows en New follows
            profileVisits en user profile clicks
            profileVisits en Profile visits
            linkClicks en url clicks
            views en media views
            views en Video views
            engagementRate en engagement rate
            -noMetric en Shares
            -noMetric en hashtag clicks
            -noMetric en detail expands
            -noMetric en permalink clicks
            -noMetric en media engagements
            -noMetric en app opens
            -noMetric en app installs
            -noMetric en email tweet
            -noMetric en dial phone
            -noMetric en promoted impressions
            -noMetric en promoted engagements
            -noMetric en promoted engagement rate
            -noMetric en promoted retweets
            -noMetric en promoted replies
            -noMetric en promoted likes
            -noMetric en promoted favorites
            -noMetric en promoted user profile clicks
            -noMetric en promoted url clicks
            -noMetric en promoted hashtag clicks
            -noMetric en promoted detail expands
            -noMetric en promoted permalink clicks
            -noMetric en promoted app opens
            -noMetric en promoted app installs
            -noMetric en promoted follows
            -noMetric en promoted email tweet
            -noMetric en promoted dial phone
            -noMetric en promoted media views
            -noMetric en promoted media engagements
            """))

    static let xDays = FileFormat(
        id: "xDays", title: "X, days", platform: "X",
        recognisedBy: "Date and the account's figures of the day: Impressions, Engagements, New follows",
        daysFrom: "the column Date",
        layout: FormatLayout(
            channel: .fixed(.x), needs: [[.dimension(.day)], [.figure]],
            forbids: [.contentId, .permalink, .content, .campaign]),
        names: NameList(
            """
            .contentId en Post id
            .contentId en Tweet id
            .permalink en Post Link
            .day en Date
            impressions en Impressions
            engagements en Engagements
            reactions en Likes
            shares en Reposts
            shares en Retweets
            comments en Replies
            saves en Bookmarks
            follows en New follows
            unfollows en Unfollows
            profileVisits en Profile visits
            linkClicks en URL clicks
            views en Video views
            -noMetric en Shares
            -noMetric en Media views
            -noMetric en Create Post
            -noMetric en Tweets published
            """))

    static let xVideo = FileFormat(
        id: "xVideo", title: "X, video overview", platform: "X",
        recognisedBy: "a line Video overview above the header; watch time in milliseconds",
        daysFrom: "the column Date",
        layout: FormatLayout(
            channel: .fixed(.x), needs: [[.dimension(.day)], [.figure]],
            forbids: [.contentId, .permalink, .campaign], marks: ["video overview"]),
        names: NameList(
            """
            .day en Date
            views en Views
            views en Video views
            watchTimeMinutes:milliseconds en Watch time (ms)
            watchTimeMinutes:milliseconds en Watch time (in ms)
            watchTimeMinutes:milliseconds en Watch time in ms
            watchTimeMinutes:milliseconds en Watch time (milliseconds)
            watchTimeMinutes:milliseconds en View time (ms)
            watchTimeMinutes:milliseconds en Minutes viewed (ms)
            -share en Completion rate
            -share en View completion rate
            -computed en Average watch time (ms)
            -computed en Average watch time
            -noMetric en Estimated revenue
            -noMetric en Watch time
            """))

    static let tiktokAds = FileFormat(
        id: "tiktokAds", title: "TikTok Ads", platform: "TikTok",
        recognisedBy: "Cost, Clicks (destination), 2-second video views, Video views at 25%; XLSX or CSV",
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
            needs: [[.dimension(.contentId), .dimension(.permalink), .dimension(.published)], [.figure]],
            forbids: [.campaign, .campaignId], isSnapshot: true),
        names: NameList(tiktokStudioNames))

    static let linkedin = FileFormat(
        id: "linkedinAds", title: "LinkedIn Campaign Manager", platform: "LinkedIn",
        recognisedBy: "a report title with Report Start and Report End, Start Date (in UTC), Total Spent, "
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
        recognisedBy: "Paid Impressions, Paid eCPM, Swipe Ups or Clicks with eCPSU or eCPC, 2 Second Video Views",
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
            ~impressions en Impressions
            reach en Paid Reach
            ~reach en Reach
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
            frequency en Frequency
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
