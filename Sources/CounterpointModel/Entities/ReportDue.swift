// What a campaign owes a grant for one reporting period, and how far that is answered. Pure: the day it is, is handed in.

/// How a report stands.
public enum ReportStatus: String, CaseIterable, Hashable, Sendable {
    /// Not handed in, or not for all days, and the due day is not over.
    case due
    /// The same when the due day is over.
    case late
    /// The same two weeks later.
    case veryLate
    /// All days are handed in, and not all are accepted yet.
    case submitted
    /// All days are accepted.
    case accepted
}

/// By what reports are picked out: their status, or that nothing at all was handed in when it was due.
public enum ReportPick: String, CaseIterable, Hashable, Sendable {
    case due, late, veryLate, missing, submitted, accepted
}

/// A report that is due from one campaign under one grant for one reporting period.
public struct ReportDue: Sendable, Hashable {
    public var grantId: Grant.ID
    public var campaignId: Campaign.ID
    public var organisationId: Organisation.ID
    public var programmeId: Programme.ID
    /// The grant's reporting period.
    public var period: Period
    /// The campaign's days in it: what the report has to cover.
    public var needed: Period
    public var dueOn: Day
    /// Where the campaign says that it runs.
    public var channels: [Channel]
    /// The primary sets that were handed in for some of those days, those replaced since included.
    public var answers: [Answer]

    /// A set that answers some of it.
    public struct Answer: Sendable, Hashable {
        public var set: ResultSet.ID
        public var status: ResultSetStatus
        public var channel: Channel
        public var period: Period
        /// The day, in UTC, on which it was handed in last.
        public var handedInOn: Day

        public init(
            set: ResultSet.ID, status: ResultSetStatus, channel: Channel, period: Period,
            handedInOn: Day
        ) {
            self.set = set
            self.status = status
            self.channel = channel
            self.period = period
            self.handedInOn = handedInOn
        }

        /// Whether it counts as handed in: a returned one is the NGO's again.
        var isHandedIn: Bool { status == .submitted || status == .accepted }
        /// Whether it was handed in and replaced by a later one: it tells when the report was made.
        var isReplaced: Bool { status == .superseded }
    }

    /// After so many days a late report is very late: two weeks, as funders' systems have it.
    public static let veryLateAfterDays = 14

    public init(
        grantId: Grant.ID, campaignId: Campaign.ID, organisationId: Organisation.ID,
        programmeId: Programme.ID, period: Period, needed: Period, dueOn: Day, channels: [Channel],
        answers: [Answer]
    ) {
        self.grantId = grantId
        self.campaignId = campaignId
        self.organisationId = organisationId
        self.programmeId = programmeId
        self.period = period
        self.needed = needed
        self.dueOn = dueOn
        self.channels = channels
        self.answers = answers
    }
}

extension ReportDue {
    private func days(_ isCounted: (Answer) -> Bool) -> DaySet {
        DaySet(answers.filter(isCounted).map { DaySpan($0.period) }).intersection(DaySpan(needed))
    }

    public var daysNeeded: Int { needed.dayCount }
    public var daysHandedIn: Int { days(\.isHandedIn).dayCount }
    public var daysAccepted: Int { days { $0.status == .accepted }.dayCount }

    /// The days that nothing was handed in for.
    public var gaps: [Period] {
        DaySet([DaySpan(needed)]).subtracting(days(\.isHandedIn)).spans.compactMap { Period($0) }
    }

    /// Declared channels from which nothing was handed in for any of the days. A platform may have
    /// been left out on purpose: it does not keep a report from being complete.
    public var silentChannels: [Channel] {
        channels.filter { channel in
            !answers.contains { $0.isHandedIn && $0.channel.sharesFigures(with: channel) }
        }
    }

    public func status(today: Day) -> ReportStatus {
        if daysAccepted == daysNeeded { return .accepted }
        if daysHandedIn == daysNeeded { return .submitted }
        if today <= dueOn { return .due }
        return dueOn.days(to: today) > Self.veryLateAfterDays ? .veryLate : .late
    }

    /// Whether the due day is over and nothing was handed in.
    public func isMissing(today: Day) -> Bool {
        today > dueOn && !answers.contains { $0.isHandedIn }
    }

    /// How many days after the due day all was handed in, or how many have gone by; 0: in time.
    public func daysLate(today: Day) -> Int { max(0, dueOn.days(to: handedInOn ?? today)) }

    /// The day on which the last of the days was handed in, nil while some are missing. A set that
    /// was corrected since counts from its own day.
    public var handedInOn: Day? {
        guard daysHandedIn == daysNeeded else { return nil }
        var covered = DaySet()
        let inOrder = answers.filter { $0.isHandedIn || $0.isReplaced }
            .sorted { $0.handedInOn < $1.handedInOn }
        for answer in inOrder {
            covered = covered.union(DaySet([DaySpan(answer.period)]))
            if covered.contains(DaySpan(needed)) { return answer.handedInOn }
        }
        return nil
    }

    public func isPicked(by picks: Set<ReportPick>, today: Day) -> Bool {
        guard !picks.isEmpty else { return true }
        let status = status(today: today)
        return picks.contains { pick in
            pick == .missing ? isMissing(today: today) : pick.rawValue == status.rawValue
        }
    }

    public func document(today: Day) -> JSONValue {
        [
            "grantId": .string(grantId.text), "campaignId": .string(campaignId.text),
            "organisationId": .string(organisationId.text),
            "programmeId": .string(programmeId.text),
            "period": ["from": .text(period.from), "to": .text(period.to)],
            "needed": ["from": .text(needed.from), "to": .text(needed.to)], "dueOn": .text(dueOn),
            "status": .string(status(today: today).rawValue),
            "missing": .bool(isMissing(today: today)),
            "daysLate": .integer(Int64(daysLate(today: today))),
            "daysNeeded": .integer(Int64(daysNeeded)),
            "daysHandedIn": .integer(Int64(daysHandedIn)),
            "daysAccepted": .integer(Int64(daysAccepted)),
            "gaps": .array(gaps.map { ["from": .text($0.from), "to": .text($0.to)] }),
            "silentChannels": .codes(silentChannels),
            "resultSets": .array(
                answers.filter { !$0.isReplaced }.map { answer in
                    [
                        "id": .string(answer.set.text), "status": .string(answer.status.rawValue),
                        "channel": .string(answer.channel.rawValue),
                        "from": .text(answer.period.from), "to": .text(answer.period.to),
                        "handedInOn": .text(answer.handedInOn),
                    ]
                }),
        ]
    }
}

/// How many reports stand how; those that are missing are counted as late or very late too.
public struct ReportTotals: Sendable, Hashable {
    /// The day by which they were counted, in UTC.
    public var today: Day
    private var counts: [ReportPick: Int64] = [:]

    public init(today: Day) { self.today = today }

    public subscript(pick: ReportPick) -> Int64 { counts[pick] ?? 0 }

    public mutating func count(_ report: ReportDue) {
        for pick in ReportPick.allCases where report.isPicked(by: [pick], today: today) {
            counts[pick, default: 0] += 1
        }
    }

    public var document: JSONValue {
        var object: JSONObject = ["today": .text(today)]
        for pick in ReportPick.allCases { object[pick.rawValue] = .integer(self[pick]) }
        return .object(object)
    }
}
