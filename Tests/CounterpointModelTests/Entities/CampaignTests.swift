// Campaigns: lists, the brief, and a patch of the brief member by member.

import CounterpointModel
import Testing

@Suite struct CampaignTests {
    private func campaign() throws -> Campaign {
        Campaign(
            id: .random(), details: try NewCampaign(Sample.campaign), status: .planned,
            createdAt: Sample.now, updatedAt: Sample.now, version: 1)
    }

    @Test func everyFaultIsNamed() {
        var body = Sample.with(Sample.campaign, "channels", ["youtube", "FaceBook", "youtube"])
        body = Sample.with(body, "countries", ["DE", "DE"])
        body = Sample.with(body, "audienceSize", 0)
        body = Sample.with(body, "brief", ["goal": 7, "gaol": "x"])
        #expect(
            faultCodes(NewCampaign.self, body) == [
                "/countries/1 duplicate", "/channels/1 unknownChannel", "/brief/goal wrongType",
                "/brief/gaol unknownMember", "/audienceSize outOfRange",
            ])
    }

    @Test func anUnknownChannelIsAnsweredWithTheNearest() throws {
        let body = Sample.with(Sample.campaign, "channels", ["FaceBook"])
        do {
            _ = try NewCampaign(body)
            Issue.record("taken")
        } catch {
            #expect(error.faults[0].detail.contains("Did you mean facebook?"))
        }
    }

    @Test func aBriefIsPatchedMemberByMember() throws {
        let old = try campaign()
        let new = try CampaignChange(["brief": ["goal": nil, "media": "video"]]).applied(to: old)
        #expect(new.brief == Brief(audience: "16 to 24", media: "video"))
        #expect(try CampaignChange(["brief": nil]).applied(to: old).brief == Brief())
        #expect(try CampaignChange(["audienceSize": nil]).applied(to: old).audienceSize == nil)
        #expect(try CampaignChange([:]).applied(to: old) == old)
    }

    @Test func theDocumentCanBeSentBack() throws {
        let document = try campaign().document
        var sent = JSONObject()
        for name in Sample.campaign.object!.names { sent[name] = document[name] }
        #expect(try NewCampaign(.object(sent)) == NewCampaign(Sample.campaign))
    }

    @Test func theLifeOfACampaign() {
        let table: [CampaignStatus: [CampaignStatus]] = [
            .planned: [.running, .cancelled], .running: [.ended, .cancelled], .ended: [.evaluated],
        ]
        for from in CampaignStatus.allCases {
            for to in CampaignStatus.allCases {
                let code = refusalCode {
                    _ = try from.moved(by: Transition(to: to, reason: "r"), today: Sample.today)
                }
                let isAllowed = table[from]?.contains(to) == true
                #expect(code == (isAllowed ? nil : "transitionNotPossible"))
            }
        }
    }
}
