// Organisations: what is taken, how a patch works, and how the standing moves.

import CounterpointModel
import Testing

@Suite struct OrganisationTests {
    private func organisation() throws -> Organisation {
        Organisation(
            id: .random(), details: try NewOrganisation(Sample.organisation), standing: .registered,
            clearance: nil, createdAt: Sample.now, updatedAt: Sample.now, version: 1)
    }

    @Test func isSafeUnlessStatedOtherwise() throws {
        #expect(try NewOrganisation(Sample.organisation).safety == .alias)
        let open = Sample.with(Sample.organisation, "safety", "public")
        #expect(try NewOrganisation(open).safety == .public)
    }

    @Test func everyFaultIsNamed() {
        let body: JSONValue = [
            "name": "  ", "kind": "ngo", "identifiers": [["scheme": "DE-XX", "id": "1"]],
            "aliases": ["a", "a"], "contacts": [["name": "x", "email": "no at"]], "colour": 1,
        ]
        #expect(
            faultCodes(NewOrganisation.self, body) == [
                "/name blank", "/kind notAChoice", "/country required",
                "/identifiers/0/scheme unknownScheme", "/aliases/1 duplicate",
                "/contacts/0/email notAnEmail", "/colour unknownMember",
            ])
    }

    @Test func anAliasMustNotGiveTheNameAway() throws {
        let body = Sample.with(Sample.organisation, "publicAlias", "exit NORD")
        #expect(faultCodes(NewOrganisation.self, body) == ["/publicAlias aliasGivesNameAway"])
        #expect(faultCodes(NewOrganisation.self, Sample.with(body, "safety", "public")) == [])
        let change = try OrganisationChange(["publicAlias": "EN"])
        #expect(throws: InvalidInput.self) { try change.applied(to: organisation()) }
    }

    @Test func aPatchChangesWhatItNames() throws {
        let old = try organisation()
        let change = try OrganisationChange([
            "name": "Exit Nord e.V.", "languages": nil, "publicAlias": "A partner",
        ])
        let new = try change.applied(to: old)
        #expect(new.name == "Exit Nord e.V." && new.languages == [])
        #expect(new.publicAlias == "A partner" && new.contacts == old.contacts)
        #expect(
            faultCodes(OrganisationChange.self, ["name": nil, "standing": "eligible"]) == [
                "/name required", "/standing notChangeable",
            ])
    }

    @Test func theDocumentCanBeSentBack() throws {
        let old = try organisation()
        var sent = JSONObject()
        for name in Sample.organisation.object!.names { sent[name] = old.document[name] }
        #expect(try NewOrganisation(.object(sent)) == NewOrganisation(Sample.organisation))
        #expect(
            old.document.object?.names == [
                "id", "name", "kind", "country", "identifiers", "aliases", "publicAlias",
                "languages", "safety", "contacts", "standing", "clearance", "createdAt",
                "updatedAt",
            ])
    }
}

@Suite struct StandingTests {
    private func move(_ from: Standing, _ body: JSONValue) throws -> (Standing, Clearance?) {
        let moved = try from.moved(by: StandingTransition(body), today: Sample.today)
        return (moved.standing, moved.clearance)
    }

    @Test func aClearanceHoldsTwoYearsUnlessStated() throws {
        let (standing, clearance) = try move(
            .registered, ["to": "eligible", "reason": "statutes, accounts", "on": "2016-02-29"])
        #expect(standing == .eligible)
        #expect(clearance?.expiresOn == Sample.day("2018-02-28"))
        #expect(clearance?.checked == "statutes, accounts")
        #expect(clearance?.holds(on: Sample.day("2018-02-28")) == true)
        #expect(clearance?.holds(on: Sample.day("2018-03-01")) == false)
    }

    @Test func stepsAreThoseOfTheTable() {
        let allowed: Set<String> = [
            "registered eligible", "eligible eligible", "eligible suspended",
            "suspended eligible", "suspended struckOff",
        ]
        for from in Standing.allCases {
            for to in Standing.allCases {
                let code = refusalCode {
                    _ = try move(from, ["to": .string(to.rawValue), "reason": "r"])
                }
                let isAllowed = allowed.contains("\(from.rawValue) \(to.rawValue)")
                #expect(code == (isAllowed ? nil : "transitionNotPossible"), "\(from) \(to)")
            }
        }
    }

    @Test func whatMakesNoSenseIsRefused() {
        #expect(refusalCode { _ = try move(.registered, ["to": "eligible"]) } == "reasonNeeded")
        #expect(
            refusalCode {
                _ = try move(
                    .registered, ["to": "eligible", "reason": "r", "expiresOn": "2017-06-14"])
            } == "alreadyExpired")
        #expect(
            refusalCode {
                _ = try move(.registered, ["to": "eligible", "reason": "r", "on": "2017-06-16"])
            } == "dayInFuture")
        #expect(
            refusalCode {
                _ = try move(.eligible, ["to": "suspended", "reason": "r", "source": "s"])
            } == "onlyForEligible")
    }

    @Test func onlyThoseWhoManageDecide() {
        for role in Role.allCases {
            let may = Standing.registered.permits(role, to: .eligible)
            #expect(may == (role == .administrator || role == .programmeManager))
        }
    }
}
