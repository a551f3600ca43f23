// Bodies and records that several suites start from.

import CounterpointModel
import Testing

enum Sample {
    static let programmeId = "0e3f2a6c-0000-4000-8000-000000000001"
    static let organisationId = "0e3f2a6c-0000-4000-8000-000000000002"
    static let today = day("2017-06-15")
    static let now = Instant(rfc3339: "2017-06-15T10:00:00Z")!
    static let eur = Currency("EUR")!

    static func day(_ iso: String) -> Day { Day(iso: iso)! }

    static func euros(_ amount: String) -> Money { Money(text: amount, eur)! }

    static func period(_ from: String, _ to: String) -> Period {
        Period(from: day(from), to: day(to))!
    }

    static let organisation: JSONValue = [
        "name": "Exit Nord", "kind": "civilSociety", "country": "DE",
        "identifiers": [["scheme": "DE-CR", "id": "VR1234"]], "aliases": ["EN"],
        "languages": ["de", "ar"],
        "contacts": [["name": "Office", "email": "office@example.org"]],
    ]

    static let programme: JSONValue = [
        "name": "Voices", "currency": "EUR",
        "budget": ["amount": "100000.00", "currency": "EUR"],
        "startsOn": "2017-01-01", "endsOn": "2018-12-31", "funderIds": [.string(organisationId)],
    ]

    static let grant: JSONValue = [
        "programmeId": .string(programmeId), "organisationId": .string(organisationId),
        "title": "Videos", "amount": ["amount": "12500.00", "currency": "EUR"],
        "startsOn": "2017-03-01", "endsOn": "2017-12-31",
        "instalments": [
            ["dueOn": "2017-03-01", "amount": ["amount": "10000.00", "currency": "EUR"]],
            [
                "dueOn": "2017-12-31", "amount": ["amount": "2500.00", "currency": "EUR"],
                "afterReport": true,
            ],
        ],
    ]

    static let campaign: JSONValue = [
        "organisationId": .string(organisationId), "grantIds": [], "name": "Summer",
        "startsOn": "2017-05-01", "endsOn": "2017-08-31", "countries": ["DE"],
        "languages": ["de"], "channels": ["youtube", "facebook"],
        "brief": ["goal": "Doubt", "audience": "16 to 24"], "audienceSize": 250_000,
    ]

    /// A result set on Facebook in March 2017 with these readings.
    static func resultSet(_ readings: [JSONValue], breakdown: String = "none") -> JSONValue {
        [
            "channel": "facebook", "from": "2017-03-01", "to": "2017-03-31",
            "breakdown": .string(breakdown), "readings": .array(readings),
        ]
    }

    /// The value with one member replaced, added or (nil) left out.
    static func with(_ body: JSONValue, _ name: String, _ value: JSONValue?) -> JSONValue {
        var object = body.object!
        object[name] = value
        return .object(object)
    }
}

/// The faults of a body as `pointer code`, none if it is taken.
func faultCodes<Body: BodyReadable>(_ type: Body.Type, _ body: JSONValue) -> [String] {
    do {
        _ = try Body(body)
        return []
    } catch {
        return error.faults.map { "\($0.pointer) \($0.code)" }
    }
}

/// The code of the refusal that `body` ends in, nil if it ends well.
func refusalCode(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch let refusal as Refusal {
        return refusal.code
    } catch {
        Issue.record("\(error) is no refusal")
        return nil
    }
}
