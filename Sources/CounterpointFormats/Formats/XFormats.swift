// X: posts, days, and videos by day.

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
        recognisedBy:
            "Date and the account's figures of the day: Impressions, Engagements, New follows",
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
}
