// Bodies that are right but for whose ids are in them: from the description's examples, and by hand where the state of
// the world decides what is right.

import CounterpointModel
import TestRegistry

enum Bodies {
    /// Bodies to try on an operation, each with the name it has in routes.txt.
    static func variants(of operation: String, schema: JSONValue) -> [(String, JSONValue?)] {
        if let own = byHand[operation] { return own.map { ($0.0, $0.1) } }
        return [("", schema["examples"]?[0] ?? .object(JSONObject()))]
    }

    private static let byHand: [String: [(String, JSONValue)]] = [
        "moveResultSet": [
            ("to=submitted", ["to": "submitted"]), ("to=accepted", ["to": "accepted"]),
            ("to=returned", ["to": "returned", "reason": "Look again"]),
            ("to=withdrawn", ["to": "withdrawn", "reason": "A mistake"]),
        ],
        "moveGrant": [("", ["to": "suspended", "on": "2024-01-01", "reason": "Report is late"])],
        "moveCampaign": [("", ["to": "running", "on": "2023-02-01"])],
        "moveOrganisation": [
            ("", ["to": "suspended", "reason": "Checked again", "on": "2024-01-01"])
        ],
        "changeResultSet": [("", ["note": "Figures as exported"])],
        "changeProgramme": [("", ["name": "Voices again"])],
        "changeCampaign": [("", ["name": "Our street"])],
        "changeGrant": [("", ["title": "Films for young people"])],
        "logResultSet": [
            (
                "",
                [
                    "channel": "youtube", "from": "2024-05-01", "to": "2024-05-31",
                    "readings": [["metric": "impressions", "value": 500]],
                ]
            )
        ],
        "addGrant": [
            (
                "",
                [
                    "programmeId": "", "organisationId": "", "title": "More films",
                    "amount": ["amount": "100.00", "currency": "EUR"], "startsOn": "2024-01-01",
                    "endsOn": "2024-12-31",
                ]
            )
        ],
        "addCampaign": [
            (
                "",
                [
                    "organisationId": "", "grantIds": [""], "name": "Our street",
                    "startsOn": "2024-03-01", "endsOn": "2024-05-31",
                ]
            )
        ],
        "addProgramme": [
            (
                "",
                [
                    "name": "Voices", "currency": "EUR", "startsOn": "2024-01-01",
                    "endsOn": "2024-12-31", "funderIds": [""],
                ]
            )
        ],
        "issueToken": [("", ["principalId": "", "label": "Laptop"])],
        "mergeOrganisations": [("", ["organisationId": "other", "reason": "One body"])],
    ]

    /// A file that an operation takes as it is.
    static func file(for operation: String) -> String {
        operation == "addEvidence"
            ? "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
            : "channel,from,to,metric,value\r\nyoutube,2024-06-01,2024-06-30,impressions,70\r\n"
    }

    // MARK: Ids in bodies

    /// What a body may name, for one tenant.
    struct Named {
        var values: [String: String]
        var ids: [String] { Array(values.values) }
    }

    private static let references: Set<String> = [
        "organisationId", "grantIds", "programmeId", "principalId", "funderIds", "campaignId",
    ]

    static func namesOthers(_ body: JSONValue) -> Bool {
        body.object?.names.contains(where: references.contains) ?? false
    }

    static func holdings(for body: JSONValue, _ world: IsolationWorld) -> [(String, Named)] {
        let names = Set(body.object?.names ?? [])
        func all(_ values: [String: String], _ reference: String) -> [(String, Named)] {
            values.sorted { $0.key < $1.key }.map { ($0.key, Named(values: [reference: $0.value])) }
                + [("absent", Named(values: [reference: RouteQuestion.absent]))]
        }
        if names.contains("principalId") { return all(world.people, "principalId") }
        if names.contains("funderIds") {
            return all(world.organisations.filter { "FG".contains($0.key) }, "funderIds")
        }
        let own = world.holdings.sorted { $0.key < $1.key }.map { name, holding in
            (
                name,
                Named(values: [
                    "organisationId": holding.organisation, "programmeId": holding.programme,
                    "grantIds": holding.grant, "campaignId": holding.campaign,
                ])
            )
        }
        let nothing = Dictionary(
            uniqueKeysWithValues: references.map { ($0, RouteQuestion.absent) })
        return own + [("absent", Named(values: nothing))]
    }

    static func filling(_ body: JSONValue, _ named: Named, _ world: IsolationWorld) -> JSONValue {
        guard let object = body.object else { return body }
        return .object(
            JSONObject(
                object.members.map { member in
                    guard let id = named.values[member.name] else {
                        return (member.name, member.value)
                    }
                    return (
                        member.name,
                        member.value.array == nil ? .string(id) : .array([.string(id)])
                    )
                }))
    }

    /// Where the address says whose it is, the body names another: B beside A, A beside everything else.
    static func naming(other name: String, in body: JSONValue, _ world: IsolationWorld) -> JSONValue
    {
        guard body["organisationId"] == "other" else { return body }
        let other = world.organisations[name == "A" ? "B" : "A"] ?? ""
        return filling(body, Named(values: ["organisationId": other]), world)
    }
}
