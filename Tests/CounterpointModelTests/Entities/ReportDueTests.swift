import TestDice
import Testing

@testable import CounterpointModel

private func day(_ text: String) -> Day { Day(iso: text)! }
private func days(_ from: String, _ to: String) -> Period { Period(from: day(from), to: day(to))! }

@Suite struct ReportingRuleTests {
    private func periods(_ months: Int, _ from: String, _ to: String) -> [ReportingPeriod] {
        ReportingRule(everyMonths: months, dueAfterDays: 60).periods(from: day(from), to: day(to))
    }

    @Test func periodsFollowEachOtherAndTheLastEndsWithTheGrant() {
        #expect(
            periods(6, "2024-02-01", "2025-03-15") == [
                ReportingPeriod(days("2024-02-01", "2024-07-31"), dueOn: day("2024-09-29")),
                ReportingPeriod(days("2024-08-01", "2025-01-31"), dueOn: day("2025-04-01")),
                ReportingPeriod(days("2025-02-01", "2025-03-15"), dueOn: day("2025-05-14")),
            ])
        #expect(periods(12, "2024-01-01", "2024-12-31").count == 1)
        #expect(periods(12, "2024-01-01", "2025-01-01").map(\.period.dayCount) == [366, 1])
    }

    /// From the 31st every month: no day is lost or doubled.
    @Test func shortMonthsShiftNothing() {
        let made = periods(1, "2024-01-31", "2024-06-30")
        #expect(
            made.map(\.period.from.description) == [
                "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31", "2024-06-30",
            ])
        forWorlds(300) { dice, hint in
            let first = Day(daysSince2000: Int32(dice.upTo(20_000)))!
            let last = first.adding(days: dice.upTo(3_000))!
            let rule = ReportingRule(everyMonths: dice.within(1...24), dueAfterDays: 0)
            let periods = rule.periods(from: first, to: last)
            #expect(
                periods.first?.period.from == first && periods.last?.period.to == last, "\(hint)")
            for (one, next) in zip(periods, periods.dropFirst()) {
                #expect(one.period.isFollowedDirectly(by: next.period), "\(hint)")
            }
        }
    }

    @Test func bodiesGiveARuleOrThePeriods() throws {
        func grant(_ more: String) throws -> NewGrant {
            try NewGrant(
                bytes: Array(
                    """
                    {"programmeId":"6e0fb2a7-3c0f-4a63-9b7e-0a3a3f0f9a01","title":"T",
                     "organisationId":"b7b8c1de-5d6f-4b8e-8d5c-4f5b1c2d3e02",
                     "amount":{"amount":"1.00","currency":"EUR"},"startsOn":"2024-01-01","endsOn":"2024-12-31"\(more)}
                    """.utf8))
        }
        func codes(_ more: String) -> [String] {
            do {
                _ = try grant(more)
                return []
            } catch let input as InvalidInput {
                return input.faults.map { "\($0.pointer) \($0.code)" }
            } catch { return ["\(error)"] }
        }
        let plain = try grant("")
        #expect(plain.reporting == .standard && plain.reportingPeriods.count == 1)
        #expect(plain.reportingPeriods[0].dueOn == day("2025-03-01"))
        let halves = try grant(#","reporting":{"everyMonths":6}"#)
        #expect(halves.reportingPeriods.map(\.dueOn.description) == ["2024-08-29", "2025-03-01"])
        let own = try grant(#","reportingPeriods":[{"from":"2024-02-01","to":"2024-03-31"}]"#)
        #expect(own.reporting == nil && own.reportingPeriods[0].dueOn == day("2024-05-30"))
        #expect(try grant(#","reportingPeriods":[]"#).reportingPeriods == [])
        #expect(
            codes(#","reporting":{"everyMonths":6},"reportingPeriods":[]"#) == [
                "/reportingPeriods eitherOr"
            ])
        #expect(
            codes(
                #","reportingPeriods":[{"from":"2024-02-01","to":"2024-03-31"},{"from":"2024-03-31","to":"2025-01-31"}]"#
            )
                == ["/reportingPeriods/1 outsideGrant", "/reportingPeriods/1 overlappingPeriods"])
        #expect(
            codes(
                #","reportingPeriods":[{"from":"2024-02-01","to":"2024-03-31","dueOn":"2024-03-30"}]"#
            )
                == ["/reportingPeriods/0/dueOn dueBeforeEnd"])
    }

    @Test func aPatchMovesTheDaysOfARule() throws {
        var old = Grant(
            id: .random(),
            details: NewGrant(
                programmeId: .random(), organisationId: .random(), title: "T",
                amount: Money(text: "1.00", Currency("EUR")!)!, startsOn: day("2024-01-01"),
                endsOn: day("2024-12-31")),
            agreementSignedOn: nil, status: .active, createdAt: Instant(startOf: day("2024-01-01")),
            updatedAt: Instant(startOf: day("2024-01-01")), version: 1)
        var change = GrantChange()
        change.endsOn = .set(day("2025-12-31"))
        #expect(try change.applied(to: old).reportingPeriods.count == 2)
        change = GrantChange()
        change.reporting = .set(ReportingRule(everyMonths: 3, dueAfterDays: 30))
        let quarters = try change.applied(to: old)
        #expect(quarters.reportingPeriods.count == 4)
        #expect(!change.concernsTerms && change.concernsReporting)
        change = GrantChange()
        change.reportingPeriods = .set([
            ReportingPeriod(days("2024-01-01", "2024-12-31"), dueOn: day("2024-12-31"))
        ])
        old = try change.applied(to: old)
        #expect(old.reporting == nil && old.reportingPeriods.count == 1)
        change = GrantChange()
        change.endsOn = .set(day("2024-06-30"))
        let shortened = try? change.applied(to: old)
        #expect(shortened == nil, "a period given by hand would stick out")
    }
}

@Suite struct ReportDueTests {
    private func report(_ answers: [ReportDue.Answer], _ channels: [Channel] = []) -> ReportDue {
        ReportDue(
            grantId: .random(), campaignId: .random(), organisationId: .random(),
            programmeId: .random(), period: days("2024-01-01", "2024-12-31"),
            needed: days("2024-03-01", "2024-03-10"), dueOn: day("2025-03-01"), channels: channels,
            answers: answers)
    }

    private func answer(
        _ status: ResultSetStatus, _ from: String, _ to: String, on handedIn: String = "2025-01-10",
        _ channel: Channel = .youtube
    ) -> ReportDue.Answer {
        ReportDue.Answer(
            set: .random(), status: status, channel: channel, period: days(from, to),
            handedInOn: day(handedIn))
    }

    @Test func theDueDayIsOverWhenItIsOver() {
        let nothing = report([])
        func status(_ today: String) -> ReportStatus { nothing.status(today: day(today)) }
        #expect(status("2025-03-01") == .due)
        #expect(status("2025-03-02") == .late)
        #expect(status("2025-03-15") == .late)
        #expect(status("2025-03-16") == .veryLate)
        #expect(!nothing.isMissing(today: day("2025-03-01")))
        #expect(nothing.isMissing(today: day("2025-03-02")))
        #expect(nothing.daysLate(today: day("2025-03-16")) == 15)
        #expect(nothing.daysLate(today: day("2025-02-01")) == 0)
    }

    @Test func whatCoversTheDaysAnswersTheReport() {
        let today = day("2025-03-20")
        let half = report([answer(.submitted, "2024-01-01", "2024-03-04")])
        #expect(half.status(today: today) == .veryLate && !half.isMissing(today: today))
        #expect(half.daysHandedIn == 4 && half.gaps == [days("2024-03-05", "2024-03-10")])
        let whole = report([
            answer(.submitted, "2024-03-04", "2024-12-31", on: "2025-03-05"),
            answer(.accepted, "2024-02-01", "2024-03-03", on: "2025-01-10"),
        ])
        #expect(whole.status(today: today) == .submitted)
        #expect(whole.handedInOn == day("2025-03-05") && whole.daysLate(today: today) == 4)
        #expect(whole.daysAccepted == 3 && whole.gaps == [])
        let accepted = report([answer(.accepted, "2024-03-01", "2024-03-10")])
        #expect(accepted.status(today: today) == .accepted)
        #expect(accepted.daysLate(today: today) == 0)
        let returned = report([answer(.returned, "2024-03-01", "2024-03-10")])
        #expect(returned.status(today: today) == .veryLate)
        #expect(returned.isMissing(today: today), "it is the NGO's again")
    }

    /// A report that was made in time stays in time when it is corrected.
    @Test func aCorrectionDoesNotMakeItLate() {
        let corrected = report([
            answer(.superseded, "2024-03-01", "2024-03-10", on: "2025-02-01"),
            answer(.accepted, "2024-03-01", "2024-03-10", on: "2025-06-01"),
        ])
        #expect(corrected.daysLate(today: day("2025-07-01")) == 0)
        let replaced = report([answer(.superseded, "2024-03-01", "2024-03-10")])
        #expect(
            replaced.status(today: day("2025-02-01")) == .due, "what was replaced does not count")
    }

    @Test func silentChannelsAreNamed() {
        let found = report(
            [answer(.submitted, "2024-03-01", "2024-03-10", .meta)], [.facebook, .youtube, .meta])
        #expect(found.silentChannels == [.youtube])
        #expect(found.status(today: day("2024-05-01")) == .submitted)
    }

    @Test func missingIsPickedBesideItsStatus() {
        let today = day("2025-03-02")
        let missing = report([])
        #expect(missing.isPicked(by: [.missing], today: today))
        #expect(missing.isPicked(by: [.late], today: today))
        #expect(!missing.isPicked(by: [.veryLate, .due], today: today))
        #expect(missing.isPicked(by: [], today: today))
        var totals = ReportTotals(today: today)
        totals.count(missing)
        totals.count(report([answer(.submitted, "2024-03-01", "2024-03-04")]))
        #expect(totals[.late] == 2 && totals[.missing] == 1 && totals[.due] == 0)
    }
}
