import CounterpointModel
import Testing

@Suite struct MetricTests {
    /// The codes of the field, as clients rely on them.
    @Test func theCatalogueHasTheCodesOfTheField() {
        func codes(_ additivity: Metric.Additivity) -> String {
            Metric.all.filter { $0.additivity == additivity }.map(\.code).joined(separator: " ")
        }
        #expect(
            codes(.count)
                == "impressions reactions comments shares saves linkClicks landingPageViews follows "
                + "unfollows subscribersGained profileVisits pageVisits leads messages videoViews2s "
                + "videoViews3s videoViews6s videoViews15s thruPlays videoPlays25 videoPlays50 "
                + "videoPlays75 videoPlays100 helpSeekingContacts sustainedConversations eventSessions"
        )
        #expect(codes(.countPerChannel) == "views clicks engagements thumbnailImpressions sessions")
        #expect(codes(.quantity) == "watchTimeMinutes conversions")
        #expect(
            codes(.unique)
                == "reach uniqueViewers uniqueLinkClickers users eventAttendees surveyRespondents")
        #expect(codes(.stock) == "followers subscribers")
        #expect(
            codes(.rate)
                == "frequency clickThroughRate completionRate engagementRate averageViewSeconds "
                + "costPerThousandImpressions")
        #expect(codes(.money) == "spend inKindCredit")
    }

    @Test func everyMetricIsDefinedOnceInASentence() {
        #expect(Set(Metric.all.map(\.definition)).count == Metric.all.count)
        for metric in Metric.all {
            #expect(metric.definition.hasSuffix("."), "\(metric.code)")
            #expect(Metric(code: metric.code) == metric)
        }
        #expect(Metric(code: "Reach") == nil)
    }

    @Test func typedMetricsAreOfTheirKind() {
        #expect(Metric.Count(.reach) == nil)
        #expect(Metric.Unique(.impressions) == nil)
        #expect(Metric.Unique.all.map(\.metric) == Metric.all.filter { $0.additivity == .unique })
        #expect(Metric.Count.all.count == 26)
    }

    @Test func whatMayAddAddsExactly() throws {
        let clicks = try #require(Metric.Count(.linkClicks))
        let shares = try #require(Metric.Count(.shares))
        #expect(try [CountFigure(clicks, 2), CountFigure(clicks, 3)].total()?.value == 5)
        #expect(try [CountFigure]().total() == nil)
        #expect(throws: FigureFault.metricMismatch) {
            try CountFigure(clicks, 2) + CountFigure(shares, 3)
        }
        #expect(throws: FigureFault.overflow) {
            try CountFigure(clicks, Int64.max) + CountFigure(clicks, 1)
        }
        let views = try #require(Metric.ChannelCount(.views))
        #expect(throws: FigureFault.channelMismatch) {
            try ChannelCountFigure(views, .init(1, .youtube))
                + ChannelCountFigure(views, .init(1, .x))
        }
        let spend = try #require(Metric.Money(.spend))
        let hryvnia = try #require(Currency("UAH"))
        let euro = try #require(Currency("EUR"))
        let cell = try #require(ExactDecimal("0.005"))
        let two = [
            MoneyFigure(spend, .init(cell, hryvnia)), MoneyFigure(spend, .init(cell, hryvnia)),
        ]
        #expect(try two.total()?.value.rounded().text == "0.01")
        #expect(throws: FigureFault.currencyMismatch) {
            try two[0] + MoneyFigure(spend, .init(cell, euro))
        }
    }

    @Test func theLatestLevelStands() throws {
        let followers = try #require(Metric.Stock(.followers))
        let levels = [(5, 3), (9, 1), (7, 3), (2, 2)].map {
            StockFigure(followers, .init(Int64($0.0), on: day($0.1)))
        }
        #expect(levels.latest()?.value.level == 7)
        #expect(levels.reversed().latest()?.value.level == 7)
    }

    @Test func channelsOfMetaShareItsFigures() {
        #expect(Channel.meta.sharesFigures(with: .facebook))
        #expect(Channel.instagram.sharesFigures(with: .meta))
        #expect(!Channel.instagram.sharesFigures(with: .facebook))
        #expect(Channel.allCases.count == 17)
        for channel in Channel.allCases {
            #expect(channel.parts.allSatisfy { $0.whole == channel })
        }
    }
}
