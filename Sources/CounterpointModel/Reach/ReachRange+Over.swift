// Reach, honestly: the range of distinct people over campaigns × channels × days, from readings
// that a platform de-duplicated itself.
//
// The rule. Let f(S) be the people reached by a set S of campaigns, channels, contents and days. f
// grows with S, and f(S ∪ T) ≤ f(S) + f(T). So the largest reading inside the scope bounds f from
// below; from above it is bounded by any readings that together cover the scope (they may overlap
// and stick out), added; by events, since nobody is reached without one; and a campaign's own part
// by its stated audience. No reading spans two channels or two campaigns, so over several *lower =
// max over pairs; upper = Σ over campaigns of min(U, Σ over channels)*.

extension ReachRange {
    /// The range over `scope`. Never fails: what is unknown leaves an end open, and what cannot be
    /// is a finding.
    public static func over(_ scope: ReachScope, from evidence: ReachEvidence) -> ReachRange {
        let question = ReachQuestion(scope, evidence)
        var ends = ReachEnds(lower: nil, upper: ReachBound.none)
        for campaign in question.campaigns {
            let part = campaign.ends()
            ends.lower = greater(ends.lower, part.lower)
            ends.upper = sum(ends.upper, part.upper)
            ends.isContradicted = ends.isContradicted || part.isContradicted
            ends.findings += part.findings
        }
        if question.campaigns.isEmpty { ends.upper = nil }
        // Something is recorded, though nothing that bounds from below: nobody, at least.
        if ends.lower == nil, ends.upper != nil || question.isAnythingRecorded {
            ends.lower = ReachBound.none
        }
        return ReachRange(ends, question)
    }

    private init(_ ends: ReachEnds, _ question: ReachQuestion) {
        lower = ends.lower?.value
        upper = ends.upper?.value
        let inexact = (ends.lower?.inexact ?? 0) + (ends.upper?.inexact ?? 0)
        exact = lower != nil && lower == upper && inexact == 0 && !ends.isContradicted
        method = ReachMethod(ends)
        used = Set((ends.lower?.used ?? []) + (ends.upper?.used ?? [])).sorted()
        straddling = question.straddling
        unreported = question.unreported
        scenario = ReachScenario(beside: ends, question)
        findings = ends.findings
    }
}

extension ReachMethod {
    fileprivate init(_ ends: ReachEnds) {
        guard let lower = ends.lower else {
            self = .noReading
            return
        }
        guard !ends.isContradicted else {
            self = .simpleAfterContradiction
            return
        }
        guard let upper = ends.upper else {
            self = lower.sources.contains(.weighing) ? .weighedTogether : .largestToOpen
            return
        }
        if lower.sources.union(upper.sources).contains(.weighing) {
            self = .weighedTogether
        } else if upper.sources.contains(.audience) {
            self = .largestToAudience
        } else if upper.sources.contains(.counts) {
            self = upper.sources.contains(.readings) ? .largestToMixedCover : .largestToEvents
        } else if upper.used.count > 1 {
            self = .largestToSum
        } else {
            self = lower.used == upper.used ? .singleReading : .largestToContaining
        }
    }
}
