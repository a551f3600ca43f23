// Files as officers hand them in, each with one trap that was once answered wrongly: the figures that must come out, or
// the question that must be asked.

import CounterpointFormats
import CounterpointModel
import Testing

@Suite struct OfficerFileTests {
    private func read(
        _ text: String, _ name: String = "results.csv",
        _ options: PlatformImport.Options = .init()
    ) throws -> PlatformReport {
        try PlatformImport.read(Array(text.utf8), name: name, options: options)
    }

    private var september: PlatformImport.Options {
        .init(period: Period(from: Day(iso: "2026-09-01")!, to: Day(iso: "2026-09-30")!))
    }

    private func values(_ report: PlatformReport, _ metric: Metric) -> [String] {
        report.report.sets.flatMap(\.readings).filter { $0.metric == metric }
            .compactMap { $0.value?.plainText }
    }

    private func codes(_ report: PlatformReport) -> [String] { report.report.problems.map(\.code) }

    // MARK: - Totals

    /// Google and LinkedIn leave the currency of their totals blank; nobody is to be asked for what the rows say.
    @Test(arguments: [
        """
        Campaign report
        "July 8, 2025 - July 31, 2025"
        Campaign,Campaign type,Currency code,Impr.,Cost
        A,Search,EUR,100,7.05
        B,Search,EUR,200,8.00
        Total: Campaigns, --, --,300,15.05
        Total: Account,,,300,15.05
        """,
        """
        Campaign Performance Report (in UTC)
        "Report Start: 09/01/2026, Report End: 09/30/2026"

        Start Date (in UTC),Account Name,Campaign Name,Total Spent,Impressions,Currency
        Total,,,15.05,300,
        09/14/2026,NGO,Voices,7.05,100,EUR
        09/15/2026,NGO,Voices,8.00,200,EUR
        """,
    ])
    func aTotalWithoutCurrencyAsksNothing(_ text: String) throws {
        let report = try read(text)
        #expect(report.report.isClean, "\(report.report.problems)")
        #expect(report.findings.isEmpty)
        #expect(values(report, .spend) == ["7.05", "8"])
    }

    @Test func aTotalWithoutCurrencyIsCheckedAllTheSame() throws {
        let report = try read(
            """
            Campaign report
            "July 8, 2025 - July 31, 2025"
            Campaign,Campaign type,Currency code,Impr.,Cost
            A,Search,EUR,100,7.05
            B,Search,EUR,200,8.00
            Total: Account, --, --,300,25.05
            """)
        #expect(report.report.isClean)
        #expect(report.findings.map(\.code) == [.partsDoNotAdd])
    }

    /// One row that lost its currency beside others that have one is still a question.
    @Test func aRowWithoutCurrencyIsAskedAbout() throws {
        let report = try read(
            """
            Campaign name,Impressions,Amount spent,Currency,Reporting starts,Reporting ends
            A,100,7.05,EUR,2026-09-01,2026-09-30
            B,100,8.05,,2026-09-01,2026-09-30
            """)
        #expect(codes(report) == ["currencyNeeded"])
        #expect(values(report, .spend) == ["7.05"])
    }

    // MARK: - Rows

    /// Cells that a broken row has lost say nothing about whether two columns are the same.
    @Test func aShortRowDoesNotMakeTwinColumnsDiffer() throws {
        let report = try read(
            """
            Post ID,Page ID,Permalink,Publish time,Date,Views,Reach,Reactions,Views
            122101234567890123,1,https://www.facebook.com/1/posts/122101234567890123,02/17/2025 18:00,Lifetime,500,400,10,500
            122101234567890124,1,https://www.facebook.com/1/posts/122101234567890124,02/18/2025 18:00,Lifetime,600,410
            """, "posts.csv", september)
        #expect(codes(report) == ["wrongCellCount"])
        #expect(report.report.problems[0].detail.contains("partial=true"))
        #expect(values(report, .views) == ["500"])
    }

    /// Instagram's links have no number, but the code in them is the post's own.
    @Test func idsOfInstagramPostsAreTakenFromTheirLinks() throws {
        let report = try read(
            """
            Post ID;Account ID;Account username;Publish time;Permalink;Date;Views;Reach;Likes
            1,80123E+16;1,78414E+16;ngo;02/20/2025 10:00;https://www.instagram.com/p/CxyzAbc_1-/;Lifetime;500;400;30
            1,80123E+16;1,78414E+16;ngo;02/21/2025 10:00;https://www.instagram.com/reel/CabcDef/?x=1;Lifetime;700;600;31
            """, "posts.csv", september)
        #expect(codes(report) == ["idsRecovered"])
        #expect(
            Set(report.report.sets.flatMap(\.readings).compactMap(\.content)) == [
                "CxyzAbc_1-", "CabcDef",
            ])
    }

    @Test func whatIsLeftOfADestroyedIdNamesNothing() throws {
        let report = try read(
            """
            Reporting starts,Reporting ends,Campaign name,Ad ID,Ad name,Impressions
            2024-03-01,2024-03-31,C1,1.20E+17,Ad B,3100
            2024-03-01,2024-03-31,C1,1.20E+17,Ad B,310
            """)
        let names = Set(report.report.sets.flatMap(\.readings).compactMap(\.content))
        #expect(names.count == 2 && !names.contains { $0.contains("E+17") }, "\(names)")
    }

    // MARK: - The canonical form, saved again by a spreadsheet

    @Test func theCanonicalFormIsReadAsAGermanSpreadsheetSavesIt() throws {
        let report = try read(
            """
            channel;metric;from;to;value;currency
            youtube;views;01.01.2026;31.01.2026;12.345;
            youtube;spend;01.01.2026;31.01.2026;1.012,50;EUR
            """)
        #expect(report.report.isClean, "\(report.report.problems)")
        #expect(values(report, .views) == ["12345"] && values(report, .spend) == ["1012.5"])
        #expect(report.report.sets.map(\.period.to) == [Day(iso: "2026-01-31")])
    }

    @Test func aMetricThatIsNoneIsToldHowMetricsAreCalled() throws {
        let report = try read(
            "channel,metric,from,to,value\nyoutube,people reached,2026-01-01,2026-01-31,5\n")
        let problem = try #require(report.report.problems.first)
        #expect(problem.code == "unknownMetric")
        #expect(
            problem.detail.contains("impressions, ") && problem.detail.contains("/openapi.json"))
    }

    @Test func daysOfTheCanonicalFormThatCanBeReadTwoWaysAreAskedAbout() throws {
        let text = """
            channel;metric;from;to;value
            youtube;views;01/02/2026;03/02/2026;12
            """
        #expect(try codes(read(text)) == ["dayAmbiguous", "dayAmbiguous"])
        let told = try read(text, "a.csv", .init(dayOrder: .dayFirst))
        #expect(told.report.isClean)
        #expect(told.report.sets.map(\.period.from) == [Day(iso: "2026-02-01")])
    }

    // MARK: - Which kind of file

    @Test func figuresByCountryAreReadAsYouTubeExportsThem() throws {
        let report = try read(
            """
            Geography,Views,Watch time (hours),Unique viewers
            Total,1000,12.5,800
            KE,600,7.5,500
            UG,400,5.0,310
            """, "Table data.csv", september)
        #expect(report.report.isClean, "\(report.report.problems)")
        #expect(report.report.sets.first?.breakdown == .country)
        #expect(values(report, .views) == ["600", "400"])
        #expect(Set(values(report, .uniqueViewers)) == ["800", "500", "310"])
    }

    @Test func sharesOfAgesAreSaidToBeShares() throws {
        let report = try read(
            """
            Viewer age,Views (%),Watch time (hours) (%)
            18–24 years,10.6,9.9
            """, "Table data.csv", september)
        #expect(report.report.sets.isEmpty)
        #expect(report.report.problems.first?.detail.contains("shares") == true)
    }

    @Test func aFileOfAnotherKindThanWasSaidIsToldItsOwn() throws {
        let report = try read(
            """
            Date,Impressions,Likes,Engagements,Bookmarks,New follows,Unfollows,Create Post
            "Fri, Jun 5, 2026",100,5,9,1,0,0,1
            """, "x.csv", .init(format: "xPosts"))
        let problem = try #require(report.report.problems.first)
        #expect(problem.code == "otherFormat" && problem.effect == .unreadable)
        #expect(problem.detail.contains("format=xDays"))
    }

    /// The Ad Library lists what any advertiser spent; it is nobody's results.
    @Test func theAdLibraryIsNoAccountOfACampaign() throws {
        let report = try read(
            """
            Page ID,Page name,Disclaimer,Amount Spent (EUR),Number of Ads in Library
            1033990000,NGO,NGO,≤100,3
            """, "report.csv", september)
        #expect(report.format == nil && report.report.sets.isEmpty)
        #expect(report.report.problems.first?.effect == .unreadable)
    }

    // MARK: - What a file's name says

    /// A file that is called Visits and headed Mentions Likes was really seen.
    @Test func aNameThatContradictsTheColumnIsAskedAbout() throws {
        let text = "Date,Mentions Likes\n2021-05-01,3\n2021-05-02,4\n"
        for name in ["Visits.csv", "visits (2).csv", "Facebook visits_2021.csv"] {
            let report = try read(text, name)
            #expect(codes(report) == ["nameContradictsColumn"], "\(name)")
            #expect(report.report.sets.isEmpty && report.report.accounting.rejected == 2)
            #expect(report.report.problems[0].detail.contains("metric=follows"))
        }
        let settled = try read(text, "Visits.csv", .init(metric: .follows))
        #expect(settled.report.isClean && values(settled, .follows) == ["3", "4"])
        for name in ["Follows.csv", "our page.csv", "results.csv"] {
            #expect(try read(text, name).report.isClean, "\(name)")
        }
    }

    @Test func aFileOfSeveralMetricsIsNamedAfterOne() throws {
        let text = """
            "Facebook visits"
            "Date","Primary"
            "2025-01-01T00:00:00","5"

            "Instagram profile visits"
            "Date","Primary"
            "2025-01-01T00:00:00","7"
            """
        #expect(try read(text, "Visits.csv").report.isClean)
        #expect(try codes(read(text, "Reach.csv")).allSatisfy { $0 == "nameContradictsColumn" })
    }

    @Test func aColumnWithoutAMetricIsAskedAboutWithWhatTheNameSays() throws {
        let text = "Date,Primary\n2025-01-01,5\n2025-01-02,8\n"
        let open = try read(text, "Facebook reach.csv")
        let problem = try #require(open.report.problems.first)
        #expect(problem.code == "metricNeeded" && problem.effect == .asked)
        #expect(problem.detail.contains("metric=reach&channel=facebook"))
        let told = try read(text, "x.csv", .init(channel: .facebook, metric: .reach))
        #expect(told.report.isClean && values(told, .reach) == ["5", "8"])
    }

    // MARK: - What was noticed on the way

    @Test func whatAWorkbookHidesIsSaid() throws {
        func row(_ number: Int, _ cells: [String], hidden: Bool = false) -> String {
            let inner = cells.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
            return "<row r=\"\(number)\"\(hidden ? " hidden=\"1\"" : "")>\(inner)</row>"
        }
        let header = row(1, ["Campaign name", "Impressions", "Reporting starts", "Reporting ends"])
        var book = SampleWorkbook(
            header + row(2, ["A", "100", "2026-09-01", "2026-09-30"])
                + row(3, ["B", "50", "2026-09-01", "2026-09-30"], hidden: true))
        book.sheets.append(
            ("Old", "hidden", header + row(2, ["C", "9", "2026-08-01", "2026-08-31"])))
        let report = try PlatformImport.read(book.bytes, name: "a.xlsx")
        #expect(report.report.isClean)
        #expect(Set(codes(report)) == ["hiddenRows", "hiddenSheetNotTaken"])
        #expect(values(report, .impressions) == ["100", "50"])

        book.sheets.removeFirst()
        let alone = try PlatformImport.read(book.bytes, name: "a.xlsx")
        #expect(codes(alone) == ["hiddenSheetTaken"] && values(alone, .impressions) == ["9"])
    }

    @Test func anAssumedEncodingIsSaid() throws {
        let bytes =
            Array("Kampagnenname;Impressionen;Berichtsstart;Berichtsende\nGr".utf8) + [0xF6, 0xDF]
            + Array("e;100;2026-09-01;2026-09-30\n".utf8)
        let report = try PlatformImport.read(bytes, name: "a.csv")
        #expect(report.report.isClean && codes(report) == ["windows1252Taken"])
        #expect(report.report.sets.flatMap(\.readings).map(\.content) == ["Größe"])
    }

    @Test func figuresOfACutAloneAreExplained() throws {
        let report = try read(
            """
            Age,Impressions,Reporting starts,Reporting ends
            18-24,900,2024-03-01,2024-03-31
            25-34,600,2024-03-01,2024-03-31
            """)
        #expect(report.report.isClean && codes(report) == [ImportProblem.cutTakenAsWhole])
        #expect(report.report.problems[0].detail.contains("role=breakdown"))
    }

    // MARK: - Around the table

    /// The note of who made the file is no campaign.
    @Test(arguments: [",,,", ""])
    func aLineBelowTheTableIsNoRow(_ rest: String) throws {
        let report = try read(
            """
            Campaign name,Impressions,Reporting starts,Reporting ends
            A,100,2026-09-01,2026-09-30

            Prepared by Anna on 2 October\(rest)
            """)
        #expect(report.report.isClean && codes(report) == ["remarkSetAside"])
        #expect(report.report.accounting.rowsRead == 2 && report.report.accounting.isBalanced)
        #expect(report.report.accounting.totalsSetAside == 1)
    }

    /// A day without a figure is a row: what is missing is kept as missing.
    @Test func theLastDayMayHaveNoFigure() throws {
        let report = try read("Date,Facebook Page reach\n2022-03-01,112\n2022-03-02,\n")
        #expect(report.report.isClean && codes(report).isEmpty)
        #expect(
            report.report.sets.flatMap(\.readings).map(\.state) == [.value, .missing])
    }

    @Test func analyticsLeavesTheNameOfItsTotalBlank() throws {
        let report = try read(
            """
            # Start date: 20230708
            # End date: 20230714
            Session primary channel group (Default channel group),Sessions,Total users
            ,100,80
            Direct,60,50
            Organic Search,40,35
            """)
        #expect(report.report.isClean && report.findings.isEmpty)
        #expect(values(report, .sessions) == ["60", "40"])
        #expect(values(report, .users).contains("80"))
    }

    @Test func theCanonicalFormIsKnownWithCapitalsAndWithoutAColumn() throws {
        let capitals = try read(
            "Channel,Metric,From,To,Value\nyoutube,views,2026-01-01,2026-01-31,5\n")
        #expect(capitals.report.isClean && values(capitals, .views) == ["5"])
        let lacking = try read("channel,metric,from,value\nyoutube,views,2026-01-01,5\n")
        #expect(lacking.report.problems.first?.code == "missingColumn")
        #expect(lacking.report.problems.first?.column == "to")
    }

    @Test func aNameBreaksNoTieButSaysWhatToTry() throws {
        let report = try read(
            "Date,Cost,Clicks\n\"Thu, 5 Feb 2026\",US$50.00,10\n",
            "Time_series(2026.02.05-2026.02.10).csv")
        let problem = try #require(report.report.problems.first)
        #expect(problem.code == "formatAmbiguous" && problem.detail.hasSuffix("format=googleAds."))
    }

    /// A masked part is at most four: thirty of them all cannot be.
    @Test func aCombinedColumnIsCheckedAgainstMaskedPartsToo() throws {
        func report(_ combined: Int) throws -> PlatformReport {
            try read(
                """
                Post ID,Page ID,Permalink,Publish time,Date,Reach,"Reactions, Comments and Shares",Reactions,Comments,Shares
                122101234567890123,1,https://www.facebook.com/1/posts/122101234567890123,02/17/2025 18:00,Lifetime,400,\(combined),10,5,<5
                """, "posts.csv", september)
        }
        #expect(try report(18).findings.isEmpty)
        let finding = try #require(try report(30).findings.first)
        #expect(finding.code == .partsDoNotAdd && finding.first.lines == [2])
        #expect(finding.first.channel == .facebook && finding.first.set == nil)
    }
}
