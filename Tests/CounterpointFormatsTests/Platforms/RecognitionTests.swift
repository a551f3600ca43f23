// Files are told apart by what is in them, and where that is not enough, somebody is asked.

import CounterpointModel
import Testing

@testable import CounterpointFormats

@Suite struct RecognitionTests {
    private func report(_ text: String, _ options: PlatformImport.Options = .init()) throws
        -> PlatformReport
    {
        try PlatformImport.read(Array(text.utf8), name: "results.csv", options: options)
    }

    private func period(_ from: String, _ to: String) -> Period {
        Period(from: Day(iso: from)!, to: Day(iso: to)!)!
    }

    @Test func everyLineOfTheDictionariesIsUnderstood() {
        for format in FormatCatalogue.all {
            #expect(format.names.faults.isEmpty, "\(format.id): \(format.names.faults)")
            for column in format.columns {
                #expect(!column.use.isEmpty && !column.languages.isEmpty)
            }
            for column in format.columns {
                #expect(
                    column.languages.allSatisfy {
                        ["en", "de", "fr", "es", "it", "pt"].contains($0)
                    })
            }
        }
        #expect(FileFormat.resultIndicators.faults.isEmpty)
        #expect(Set(FormatCatalogue.all.map(\.id)).count == FormatCatalogue.all.count)
        #expect(
            FormatCatalogue.format("metaAds")?.languages == ["en", "de", "fr", "es", "it", "pt"])
    }

    @Test(arguments: [
        ("Amount spent (EUR)", "Amount\u{A0}Spent ( eur )"),
        ("Website URL (Ad level)", "website url (ad level）"),
        ("Link-Klicks", "Link Klicks"), ("Montant dépensé", "MONTANT DEPENSE"),
        ("Start Date", "Start Date (in UTC)"),
        ("Reactions, Comments and Shares", "reactions comments and shares"),
        ("2-second video views", "2 Second Video Views"),
    ])
    func namesAreComparedAsPeopleReadThem(_ one: String, _ other: String) {
        #expect(Heading.key(of: one) == Heading.key(of: other))
    }

    @Test func currenciesStandInHeadersAndTimeZonesAreNone() {
        #expect(Heading("Amount spent (UAH)").currency?.currency == Currency("UAH"))
        #expect(Heading("Cost EUR").currency?.currency == Currency("EUR"))
        #expect(Heading("Valor gasto (R$)").currency?.currency == Currency("BRL"))
        #expect(Heading("Start Date (in UTC)").currency == nil)
        #expect(
            FileFormat.metaAds.names.meaning(of: Heading("CTR (all)"))?.meaning
                == .unused(.computed))
    }

    @Test func anUnknownFileIsToldWhatCameNearest() throws {
        let report = try report("Campaign name,Opens,Bounces\nA,1,2\n")
        #expect(report.format == nil && report.report.sets.isEmpty && !report.report.isClean)
        let problem = try #require(report.report.problems.first)
        #expect(problem.code == "unknownFile" && problem.effect == .unreadable)
        #expect(problem.detail.contains("Campaign name, Opens, Bounces"))
        #expect(problem.detail.contains("nearest"))
        #expect(report.columns.map(\.header) == ["Campaign name", "Opens", "Bounces"])
        #expect(report.columns.allSatisfy { $0.use == .notUnderstood })
    }

    @Test func aFileOfSeveralKindsIsAskedAbout() throws {
        let text = "Date,Likes,Comments,Shares\n2026-01-01,1,2,3\n"
        let open = try report(text)
        #expect(open.format == nil && open.report.problems.first?.code == "formatAmbiguous")
        let named = try report(text, .init(format: "tiktokDays"))
        #expect(named.format == .tiktokDays && named.report.isClean)
        #expect(named.report.sets.first?.readings.count == 3)
    }

    @Test func aFormatThatIsNoneIsNamed() throws {
        let report = try report("Date,Likes\n", .init(format: "myspace"))
        #expect(report.report.problems.first?.code == "unknownFormat")
    }

    @Test func theWrongKindIsRefused() throws {
        let posts =
            "Tweet id,Tweet permalink,time,impressions,likes\n1,https://twitter.com/a/status/12345678901,2026-01-01,5,1\n"
        let report = try report(posts, .init(format: "xDays"))
        #expect(report.report.sets.isEmpty && report.report.problems.first?.effect == .unreadable)
        #expect(report.report.problems.first?.detail.contains("X, days") == true)
    }

    @Test func postsAndDaysOfOneAccountAreNotBothTaken() {
        func table(_ part: String, _ rows: [[String]]) -> SourceTable {
            SourceTable(
                part: part,
                rows: rows.enumerated().map {
                    SourceRow(number: $0 + 1, cells: $1.map { .text($0) })
                })
        }
        let posts = table(
            "posts.csv",
            [
                ["Post id", "Date", "Post text", "Post Link", "Impressions", "Likes"],
                [
                    "1930000000000000001", "2026-01-02", "Hi",
                    "https://x.com/a/status/1930000000000000001", "50", "5",
                ],
            ])
        let days = table(
            "overview.csv",
            [
                [
                    "Date", "Impressions", "Likes", "Engagements", "New follows", "Unfollows",
                    "Create Post",
                ],
                ["2026-01-02", "70", "6", "9", "1", "0", "1"],
            ])
        let report = PlatformImport.read(
            [posts, days], options: .init(period: period("2026-01-01", "2026-01-31")))
        #expect(
            report.report.problems.contains { $0.code == "countedTwice" && $0.effect == .asked })
        #expect(report.report.sets.map(\.breakdown) == [.content])
        #expect(report.report.accounting.isBalanced && report.report.accounting.rejected == 1)
    }

    @Test func aCutByRegionBesideTheAdsIsABreakdown() {
        func sheet(_ part: String, _ rows: [[String]]) -> SourceTable {
            SourceTable(
                part: part,
                rows: rows.enumerated().map {
                    SourceRow(number: $0 + 1, cells: $1.map { .text($0) })
                })
        }
        let days = ["2024-01-01", "2024-01-31"]
        let report = PlatformImport.read([
            sheet(
                "Ads",
                [
                    ["Reporting starts", "Reporting ends", "Ad name", "Impressions", "Reach"],
                    days + ["A", "30", "20"],
                ]),
            sheet(
                "Regions",
                [
                    ["Reporting starts", "Reporting ends", "Region", "Impressions", "Reach"],
                    days + ["Kyiv", "20", "15"],
                    days + ["Lviv", "10", "9"],
                ]),
        ])
        #expect(report.report.sets.map(\.breakdown) == [.content, .region])
        #expect(report.report.sets.map(\.role) == [nil, .breakdown])
        #expect(report.report.isClean)
    }

    @Test func daysThatCanBeReadInTwoWaysAreAskedAboutOnce() throws {
        let text =
            "Day,Campaign name,Amount spent (EUR),Impressions\n03/04/2026,A,1,10\n05/06/2026,A,1,20\n"
        let open = try report(text)
        #expect(open.report.problems.map(\.code) == ["dayAmbiguous"])
        #expect(open.report.accounting.rejected == 2 && !open.report.isClean)
        let told = try report(text, .init(dayOrder: .dayFirst))
        #expect(told.report.isClean)
        #expect(told.report.sets.first?.period == period("2026-04-03", "2026-06-05"))
        // A value over 12 anywhere in the column decides.
        let decided = try report(text + "31/12/2026,A,1,30\n")
        #expect(
            decided.report.isClean
                && decided.report.sets.first?.period.from == Day(iso: "2026-04-03"))
    }

    @Test func aCurrencyThatIsNotNamedIsAskedForOnce() throws {
        let text =
            "Reporting starts,Reporting ends,Campaign name,Amount spent,Impressions\n2024-01-01,2024-01-31,A,$5.00,10\n2024-01-01,2024-01-31,B,$6.00,20\n"
        let open = try report(text)
        #expect(open.report.problems.map(\.code) == ["currencyNeeded"] && !open.report.isClean)
        #expect(open.report.sets.first?.readings.map(\.metric) == [.impressions, .impressions])
        let told = try report(text, .init(currency: Currency("USD")))
        #expect(told.report.isClean && told.report.sets.first?.readings.count == 4)
        let other = try report(text.replacing("Amount spent", with: "Amount spent (EUR)"))
        #expect(other.report.problems.first?.code == "currenciesContradict")
    }

    @Test func theSpendOfSeveralCurrenciesStaysApart() throws {
        let report = try report(
            "Reporting starts,Reporting ends,Account name,Campaign name,Currency,Amount spent,Reach\n2024-01-01,2024-01-31,X,A,EUR,5.00,10\n2024-01-01,2024-01-31,Y,B,UAH,71.46028505,20\n"
        )
        #expect(report.report.isClean)
        let spends = report.report.sets.flatMap(\.readings).filter { $0.metric == .spend }
        #expect(spends.map { $0.currency?.code } == ["EUR", "UAH"])
        #expect(spends.map { $0.value?.plainText } == ["5", "71.46028505"])
    }

    @Test func aCampaignCalledTotalIsOne() throws {
        let report = try report(
            "Campaign name,Campaign ID,Ad group name,Cost,Impressions,2-second video views,Currency\nTotal,120000000000000001,G,1,10,2,EUR\nTotal Wine,120000000000000002,G,2,20,3,EUR\nTotal,,,3,30,5,EUR\n",
            .init(period: period("2024-01-01", "2024-01-31")))
        #expect(
            report.report.accounting.accepted == 2 && report.report.accounting.totalsSetAside == 1)
        #expect(report.findings.isEmpty)
    }
}

/// What may cost much, and must not.
@Suite struct HostileTableTests {
    private func rows(_ count: Int, _ row: (Int) -> [String]) -> [SourceRow] {
        (0..<count).map { SourceRow(number: $0 + 2, cells: row($0).map { .text($0) }) }
    }

    private func table(_ header: [String], _ rows: [SourceRow]) -> SourceTable {
        SourceTable(rows: [SourceRow(number: 1, cells: header.map { .text($0) })] + rows)
    }

    @Test func nothingButTotalsIsOneTotal() {
        let header = [
            "Reporting starts", "Reporting ends", "Campaign name", "Amount spent (EUR)", "Reach",
        ]
        let one = PlatformImport.read([
            table(header, rows(3) { ["2024-01-01", "2024-01-31", "Total", "\($0 + 1)", "5"] })
        ])
        #expect(one.report.accounting.accepted == 1 && one.report.accounting.totalsSetAside == 2)
        #expect(
            one.report.sets.first?.readings.first { $0.metric == .spend }?.value == ExactDecimal(1))
    }

    /// Each as many steps as rows, not as rows times rows.
    @Test func thousandsOfTotalsAndBlanksEndSoon() {
        let header = [
            "Reporting starts", "Reporting ends", "Campaign name", "Region", "Amount spent (EUR)",
            "Reach",
        ]
        let report = PlatformImport.read([
            table(
                header,
                rows(2_000) { number in
                    let name = number % 3 == 0 ? "Total" : number % 3 == 1 ? "" : "C \(number)"
                    return [
                        "2024-01-01", "2024-01-31", name, number % 2 == 0 ? "" : "R \(number)",
                        "\(number)", "\(number)",
                    ]
                })
        ])
        #expect(report.report.accounting.isBalanced && report.report.accounting.rowsRead == 2_000)
    }

    @Test func aHeaderOfThousandsOfColumnsIsNoHeader() {
        let wide = (0..<3_000).map { "Column \($0)" }
        let report = PlatformImport.read([table(wide, rows(70) { _ in wide })])
        #expect(report.report.problems.first?.code == "unknownFile")
        #expect(report.columns.count <= 200)
    }
}

@Suite struct LinkTests {
    @Test(arguments: [
        ("https://x.com/ours/status/654321987654321987?s=20", "654321987654321987"),
        ("https://x.com/ours/status/654321987654321987/photo/1", "654321987654321987"),
        ("https://www.facebook.com/61550000000001/posts/122100000000000001/", "122100000000000001"),
        // The page's id is not the post's.
        ("https://www.facebook.com/61550000000001/posts/pfbid02abc", "pfbid02abc"),
        ("https://www.facebook.com/61550000000001/", "61550000000001"),
        ("https://www.instagram.com/reel/DAbc123/", "DAbc123"),
        ("https://www.instagram.com/ours/", nil),
    ])
    func aLinkGivesThePostsIdOrNone(_ link: String, _ id: String?) {
        #expect(BlockContent.idInLink(.text(link)) == id)
    }
}
