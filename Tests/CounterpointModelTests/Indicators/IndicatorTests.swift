import Testing

@testable import CounterpointModel

private func whole(_ number: Int64) -> ExactDecimal { ExactDecimal(number) }

@Suite struct IndicatorProgressTests {
    private func terms(
        _ metric: Metric = .impressions, _ direction: IndicatorDirection = .ascending,
        from baseline: String?, to target: String?
    ) -> IndicatorTerms {
        IndicatorTerms(
            metric: metric, direction: direction,
            baseline: IndicatorAim(value: baseline.flatMap { ExactDecimal($0) }),
            target: IndicatorAim(value: target.flatMap { ExactDecimal($0) }))
    }

    private func counted(
        _ value: Int64, _ qualifier: Qualifier = .exact, missing: Int = 0, masked: Int = 0,
        straddling: Int = 0
    ) -> IndicatorActual {
        var group = SummaryGroup(key: [])
        group.counts = [
            SummaryGroup.MetricTotal(
                metric: .impressions, value: whole(value), qualifier: qualifier, readings: 3,
                missing: missing, masked: masked)
        ]
        if straddling > 0 {
            group.straddling = [
                SummaryGroup.Straddler(
                    metric: .impressions, campaign: .random(), channel: .x,
                    period: Notebook.months(1, 2), readings: straddling)
            ]
        }
        return IndicatorActual(of: .impressions, in: nil, from: group)
    }

    private func people(_ lower: Int64?, _ upper: Int64?) -> IndicatorActual {
        var group = SummaryGroup(key: [])
        let known = [lower, upper].compactMap(\.self).map { value in
            UniqueReading(
                id: Int(value), campaign: 1, channel: .x, period: Notebook.months(1, 1), set: 1,
                qualifier: value == lower ? .atLeast : .atMost, value: value)
        }
        let evidence = ReachEvidence(
            metric: Metric.Unique(.reach)!, readings: known, counts: [])
        group.uniques = [
            SummaryGroup.UniqueAnswer(
                metric: .reach, range: ReachRange.over(ReachScope(), from: evidence), readings: 2)
        ]
        return IndicatorActual(of: .reach, in: nil, from: group)
    }

    private func shown(_ progress: IndicatorProgress?) -> [String] {
        [progress?.lower, progress?.upper].map { end in
            end.map { "\($0.numerator)/\($0.denominator)" } ?? "–"
        } + [progress?.reached.rawValue ?? "", progress?.gap?.rawValue ?? ""]
    }

    @Test func theWayIsAFractionWithBothItsNumbers() {
        let up = terms(from: "1000", to: "5000")
        #expect(
            shown(IndicatorProgress(up, counted(3000))) == ["2000/4000", "2000/4000", "no", ""])
        #expect(
            shown(IndicatorProgress(up, counted(5000))) == ["4000/4000", "4000/4000", "yes", ""])
        #expect(shown(IndicatorProgress(up, counted(500))) == ["-500/4000", "-500/4000", "no", ""])
        #expect(
            shown(IndicatorProgress(up, counted(9000))) == ["8000/4000", "8000/4000", "yes", ""])
    }

    /// Fewer is better: the way down counts as the way up does.
    @Test func aDescendingTargetIsReachedFromAbove() {
        let down = terms(.impressions, .descending, from: "100", to: "20")
        #expect(shown(IndicatorProgress(down, counted(60))) == ["40/80", "40/80", "no", ""])
        #expect(shown(IndicatorProgress(down, counted(20))) == ["80/80", "80/80", "yes", ""])
        #expect(shown(IndicatorProgress(down, counted(120))) == ["-20/80", "-20/80", "no", ""])
        // At most 60: at least 40 of 80 were gone, and no more than all of 100.
        #expect(
            shown(IndicatorProgress(down, counted(60, .atMost))) == [
                "40/80", "100/80", "unknown", "",
            ])
    }

    @Test func peopleAreARangeAndSoIsTheWay() {
        let reach = terms(.reach, from: "0", to: "100")
        #expect(shown(IndicatorProgress(reach, people(40, 70))) == ["40/100", "70/100", "no", ""])
        #expect(
            shown(IndicatorProgress(reach, people(40, 120))) == [
                "40/100", "120/100", "unknown", "",
            ])
        #expect(
            shown(IndicatorProgress(reach, people(100, 120))) == ["100/100", "120/100", "yes", ""])
        #expect(shown(IndicatorProgress(reach, people(40, nil))) == ["40/100", "–", "unknown", ""])
    }

    @Test func whatIsMaskedMissingOrLeftOutOpensTheRange() {
        let up = terms(from: "0", to: "10")
        #expect(
            shown(IndicatorProgress(up, counted(6, masked: 1))) == ["6/10", "10/10", "unknown", ""])
        #expect(shown(IndicatorProgress(up, counted(5, masked: 1))) == ["5/10", "9/10", "no", ""])
        #expect(
            shown(IndicatorProgress(up, counted(6, missing: 1))) == ["6/10", "–", "unknown", ""])
        #expect(shown(IndicatorProgress(up, counted(12, missing: 1))) == ["12/10", "–", "yes", ""])
        #expect(
            shown(IndicatorProgress(up, counted(6, straddling: 2))) == ["6/10", "–", "unknown", ""])
        #expect(shown(IndicatorProgress(up, counted(6, .atLeast))) == ["6/10", "–", "unknown", ""])
        #expect(!counted(6, .about).exact && counted(6).exact && !counted(6, masked: 1).exact)
    }

    @Test func withoutAWayThereIsAReasonAndNoNumber() {
        let gap = { (terms: IndicatorTerms, actual: IndicatorActual) in
            IndicatorProgress(terms, actual)?.gap
        }
        let unknown = IndicatorActual(of: .impressions, in: nil, from: nil)
        #expect(gap(terms(from: nil, to: "5"), counted(3)) == .noBaseline)
        #expect(gap(terms(from: "1", to: nil), counted(3)) == .noTarget)
        #expect(gap(terms(from: "1", to: "5"), unknown) == .noActual)
        let level = IndicatorProgress(terms(from: "5", to: "5"), counted(7))
        #expect(level?.gap == .targetIsBaseline && level?.reached == .yes)
        #expect(IndicatorProgress(terms(from: nil, to: "5"), counted(7))?.reached == .yes)
        #expect(IndicatorProgress(IndicatorTerms(), unknown) == nil, "told in words")
    }

    @Test func amountsInTwoCurrenciesAreNoFigure() {
        let (euro, hryvnia) = (Currency("EUR")!, Currency("UAH")!)
        var group = SummaryGroup(key: [])
        group.money = [
            .init(metric: .spend, amount: Money(text: "10.00", euro)!, qualifier: .exact),
            .init(metric: .spend, amount: Money(text: "90.00", hryvnia)!, qualifier: .exact),
        ]
        #expect(IndicatorActual(of: .spend, in: euro, from: group).lower == whole(10))
        #expect(IndicatorActual(of: .spend, in: nil, from: group).lower == nil)
    }
}

@Suite struct IndicatorIntakeTests {
    private func faults(_ body: JSONValue) -> [String] {
        do {
            _ = try NewIndicator(body)
            return []
        } catch { return error.faults.map { "\($0.pointer) \($0.code)" } }
    }

    private func body(_ more: JSONObject) -> JSONValue {
        var object: JSONObject = ["code": "R1", "title": "T"]
        for member in more.members { object[member.name] = member.value }
        return .object(object)
    }

    @Test func figuresAreThoseOfTheMetric() throws {
        let spend = try NewIndicator(
            body([
                "metric": "spend", "direction": "descending",
                "baseline": ["value": ["amount": "500.00", "currency": "EUR"]],
                "target": ["value": ["amount": "250.00", "currency": "EUR"], "on": "2024-12-31"],
            ]))
        #expect(spend.terms.currency == Currency("EUR") && spend.terms.measure == .metric)
        #expect(spend.terms.target.value == whole(250))
        let words = try NewIndicator(
            body(["target": ["statement": "Most comments engage"], "measure": "qualitative"]))
        #expect(words.terms.measure == .qualitative)
        #expect(
            faults(body(["metric": "reach", "target": ["value": "1.5"]]))
                == ["/target/value notAWholeNumber"])
        #expect(
            faults(body(["metric": "spend", "target": ["value": 5]])) == ["/target/value notMoney"])
        #expect(faults(body(["target": ["value": 5]])) == ["/target/value figureInWords"])
        #expect(
            faults(
                body([
                    "metric": "spend",
                    "baseline": ["value": ["amount": "1.00", "currency": "EUR"]],
                    "target": ["value": ["amount": "2.00", "currency": "UAH"]],
                ])) == ["/target/value currencyMismatch"])
    }

    @Test func whatDoesNotFitTogetherIsRefused() {
        #expect(faults(["title": "T"]) == ["/code required"])
        #expect(faults(["code": "-1", "title": "T"]) == ["/code notACode"])
        #expect(faults(body(["metric": "views"])) == ["/channels oneChannelNeeded"])
        #expect(faults(body(["metric": "views", "channels": ["x"]])) == [])
        #expect(faults(body(["metric": "engagementRate"])) == ["/channels oneChannelNeeded"])
        #expect(
            faults(body(["metric": "reach", "baseline": ["value": 9], "target": ["value": 5]]))
                == ["/target/value againstDirection"])
        #expect(faults(body(["metric": "reach", "from": "2024-01-01"])) == ["/to required"])
        #expect(
            faults(body(["metric": "reach", "actual": ["statement": "s", "on": "2024-01-01"]]))
                == ["/actual actualIsComputed"])
        #expect(
            faults(body(["metric": "reach", "target": ["statement": "many"]]))
                == ["/target/statement wordsForAFigure"])
        #expect(faults(body(["measure": "metric"])) == ["/metric required"])
        #expect(
            faults(body(["measure": "qualitative", "metric": "reach"]))
                == ["/metric notWithQualitative"])
    }
}
