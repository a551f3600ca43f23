// Programmes and grants: sums, currencies, and what must be true before money is promised.

import CounterpointModel
import Testing

@Suite struct ProgrammeTests {
    @Test func theBudgetIsInTheCurrency() throws {
        #expect(faultCodes(NewProgramme.self, Sample.programme) == [])
        let body = Sample.with(Sample.programme, "currency", "UAH")
        #expect(faultCodes(NewProgramme.self, body) == ["/budget/currency currencyMismatch"])
        let reversed = Sample.with(Sample.programme, "endsOn", "2016-12-31")
        #expect(faultCodes(NewProgramme.self, reversed) == ["/endsOn endsBeforeStart"])
    }

    @Test func aPatchKeepsTheWholeSound() throws {
        let old = Programme(
            id: .random(), details: try NewProgramme(Sample.programme), createdAt: Sample.now,
            updatedAt: Sample.now, version: 1)
        let open = try ProgrammeChange(["budget": nil]).applied(to: old)
        #expect(open.budget == nil && open.name == old.name)
        let change = try ProgrammeChange(["startsOn": "2019-01-01"])
        #expect(throws: InvalidInput.self) { try change.applied(to: old) }
        #expect(
            faultCodes(ProgrammeChange.self, ["currency": "USD"]) == ["/currency notChangeable"])
    }
}

@Suite struct GrantTests {
    private func grant() throws -> Grant {
        Grant(
            id: .random(), details: try NewGrant(Sample.grant), agreementSignedOn: nil,
            status: .draft, createdAt: Sample.now, updatedAt: Sample.now, version: 1)
    }

    private func instalment(_ amount: String, _ currency: String = "EUR") -> JSONValue {
        [
            "dueOn": "2017-03-01",
            "amount": ["amount": .string(amount), "currency": .string(currency)],
        ]
    }

    @Test func instalmentsAddToTheAmount() {
        #expect(faultCodes(NewGrant.self, Sample.grant) == [])
        let none = Sample.with(Sample.grant, "instalments", [])
        #expect(faultCodes(NewGrant.self, none) == [])
        let short = Sample.with(Sample.grant, "instalments", [instalment("12499.99")])
        #expect(faultCodes(NewGrant.self, short) == ["/instalments sumMismatch"])
        let mixed = Sample.with(
            Sample.grant, "instalments", [instalment("12500"), instalment("1", "USD")])
        #expect(
            faultCodes(NewGrant.self, mixed) == [
                "/instalments/1/amount/currency currencyMismatch"
            ])
    }

    @Test func changingTheAmountAloneBreaksTheInstalments() throws {
        let change = try GrantChange(["amount": ["amount": "13000", "currency": "EUR"]])
        let old = try grant()
        do {
            _ = try change.applied(to: old)
            Issue.record("taken")
        } catch {
            #expect(error.faults.map(\.code) == ["sumMismatch"])
        }
    }

    @Test func theDocumentCanBeSentBack() throws {
        let document = try grant().document
        var sent = JSONObject()
        for name in Sample.grant.object!.names { sent[name] = document[name] }
        #expect(try NewGrant(.object(sent)) == NewGrant(Sample.grant))
    }
}

@Suite struct GrantStatusTests {
    private var facts: GrantFacts {
        GrantFacts(
            organisationStanding: .eligible, clearanceExpiresOn: Sample.today,
            agreementSignedOn: nil, committedMinor: 0, budgetMinor: 1_250_000,
            today: Sample.today)
    }

    private func refusal(
        _ from: GrantStatus, _ to: GrantStatus, _ facts: GrantFacts, reason: String? = "r",
        on: Day? = nil
    ) -> String? {
        refusalCode {
            _ = try from.moved(
                by: Transition(to: to, reason: reason, on: on), amount: Sample.euros("12500.00"),
                facts: facts)
        }
    }

    @Test func theTableIsThatOfTheDomain() {
        let table: [GrantStatus: Set<GrantStatus>] = [
            .draft: [.submitted, .cancelled], .submitted: [.underReview, .rejected, .cancelled],
            .underReview: [.awarded, .rejected, .cancelled], .awarded: [.active, .cancelled],
            .active: [.suspended, .closed, .terminated],
            .suspended: [.active, .closed, .terminated],
        ]
        for from in GrantStatus.allCases {
            for to in GrantStatus.allCases {
                let code = refusal(from, to, facts, on: Sample.today)
                let isAllowed = table[from]?.contains(to) == true
                #expect(code == (isAllowed ? nil : "transitionNotPossible"), "\(from) \(to)")
            }
        }
    }

    @Test func theRefusalSaysWhereToGoFromHere() {
        do {
            try GrantStatus.draft.checkStep(to: .awarded, reason: nil)
            Issue.record("a step was skipped")
        } catch {
            #expect(error.detail.contains("submitted, cancelled"))
        }
    }

    @Test func awardsGoToTheEligibleWithinTheBudget() {
        var changed = facts
        changed.organisationStanding = .suspended
        #expect(refusal(.underReview, .awarded, changed) == "organisationNotEligible")
        changed = facts
        changed.clearanceExpiresOn = Sample.today.adding(days: -1)
        #expect(refusal(.underReview, .awarded, changed) == "clearanceExpired")
        changed.clearanceExpiresOn = nil
        #expect(refusal(.underReview, .awarded, changed) == "clearanceExpired")
        changed = facts
        changed.committedMinor = 1
        #expect(refusal(.underReview, .awarded, changed) == "beyondBudget")
        changed.committedMinor = .max
        #expect(refusal(.underReview, .awarded, changed) == "beyondBudget")
        changed.budgetMinor = nil
        #expect(refusal(.underReview, .awarded, changed) == nil)
    }

    @Test func activationNeedsTheDayOfTheSignature() throws {
        #expect(refusal(.awarded, .active, facts) == "agreementNotSigned")
        let signedOn = Sample.day("2017-06-01")
        let moved = try GrantStatus.awarded.moved(
            by: Transition(to: .active, on: signedOn), amount: Sample.euros("1"), facts: facts)
        #expect(moved.agreementSignedOn == signedOn)
        var recorded = facts
        recorded.agreementSignedOn = signedOn
        #expect(refusal(.awarded, .active, recorded) == nil)
        #expect(refusal(.suspended, .active, facts) == nil)
    }

    @Test func takingMoneyAwayNeedsAReason() {
        #expect(refusal(.active, .terminated, facts, reason: nil) == "reasonNeeded")
        #expect(refusal(.active, .closed, facts, reason: nil) == nil)
    }

    @Test func applicantsHandInAndDoNotDecide() {
        #expect(GrantStatus.draft.permits(.ngoEditor, to: .submitted))
        #expect(GrantStatus.submitted.permits(.ngoEditor, to: .cancelled))
        #expect(!GrantStatus.underReview.permits(.ngoEditor, to: .awarded))
        #expect(!GrantStatus.awarded.permits(.ngoEditor, to: .cancelled))
        for role in [Role.ngoViewer, .funder, .auditor] {
            #expect(!GrantStatus.draft.permits(role, to: .submitted))
        }
    }
}
