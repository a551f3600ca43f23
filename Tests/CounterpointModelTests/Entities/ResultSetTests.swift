// Result sets: what each kind of metric takes, and what readings of one set must be to each other.

import CounterpointModel
import Testing

@Suite struct ResultSetTests {
    private func codes(_ readings: [JSONValue], breakdown: String = "none") -> [String] {
        faultCodes(NewResultSet.self, Sample.resultSet(readings, breakdown: breakdown))
    }

    private func value(_ metric: String, _ value: JSONValue) -> [String] {
        codes([["metric": .string(metric), "value": value]])
    }

    private func number(_ text: String) -> JSONValue { .number(JSONNumber(text)!) }

    @Test func countsAreWholeAndNotBelowZero() {
        #expect(value("impressions", 0) == [])
        #expect(value("impressions", "3159843") == [])
        #expect(value("impressions", -1) == ["/readings/0/value outOfRange"])
        #expect(value("subscribersGained", -10) == [])
        #expect(value("impressions", number("1.5")) == ["/readings/0/value notAWholeNumber"])
        #expect(value("impressions", number("1e3")) == ["/readings/0/value notAWholeNumber"])
        #expect(value("impressions", "1,000") == ["/readings/0/value notAWholeNumber"])
        #expect(value("reach", true) == ["/readings/0/value wrongType"])
        #expect(value("reach", 1_000_000_000_001) == ["/readings/0/value outOfRange"])
    }

    @Test func decimalsKeepEightPlaces() {
        #expect(value("watchTimeMinutes", "500070.12345678") == [])
        #expect(value("watchTimeMinutes", number("0.5")) == [])
        #expect(value("frequency", "2.60887905") == [])
        #expect(value("watchTimeMinutes", "0.123456789") == ["/readings/0/value notANumber"])
        #expect(value("spend", ["amount": "12.34567891", "currency": "UAH"]) == [])
        #expect(value("spend", "12.34") == ["/readings/0/value wrongType"])
        #expect(
            value("spend", ["amount": "12,34", "currency": "UAX"]) == [
                "/readings/0/value/currency unknownCurrency"
            ])
        #expect(
            value("spend", ["amount": "12,34", "currency": "UAH"]) == [
                "/readings/0/value/amount notANumber"
            ])
    }

    @Test func fourStatesAreKeptApart() throws {
        for state in ["missing", "masked", "notApplicable"] {
            let metric: JSONValue = "reach"
            #expect(codes([["metric": metric, "state": .string(state)]]) == [])
            #expect(codes([["metric": metric, "state": .string(state), "value": nil]]) == [])
            #expect(
                codes([["metric": metric, "state": .string(state), "value": 0]]) == [
                    "/readings/0/value valueNotExpected"
                ])
        }
        #expect(codes([["metric": "reach"]]) == ["/readings/0/value required"])
        #expect(codes([["metric": "reach", "value": nil]]) == ["/readings/0/value required"])
    }

    @Test func anUnknownMetricIsAnsweredWithTheNearest() throws {
        do {
            _ = try NewResultSet(Sample.resultSet([["metric": "link_click", "value": 3]]))
            Issue.record("taken")
        } catch {
            #expect(error.faults.map(\.code) == ["unknownMetric"])
            #expect(error.faults[0].detail.contains("Did you mean linkClicks?"))
        }
    }

    @Test func everyFaultOfABodyIsNamed() {
        let body: JSONValue = [
            "channel": "myspace", "from": "2017-03-01", "to": "2017-03-31", "role": "breakdown",
            "readings": [
                ["metric": "impressions", "value": 10, "from": "2017-02-28"],
                ["metric": "impressions", "value": "x"],
                ["metric": "reach", "value": 1, "to": "2017-02-01"], 7,
            ], "sourc": 1,
        ]
        #expect(
            faultCodes(NewResultSet.self, body) == [
                "/channel unknownChannel", "/readings/1/value notAWholeNumber",
                "/readings/2/to endsBeforeStart", "/readings/3 wrongType",
                "/breakdown breakdownNotNamed", "/sourc unknownMember",
            ])
        #expect(
            faultCodes(
                NewResultSet.self,
                Sample.resultSet([["metric": "impressions", "value": 10, "from": "2017-02-28"]]))
                == ["/readings/0 outsidePeriod"])
        #expect(codes([]) == ["/readings noReadings"])
        let many = Array(repeating: JSONValue.integer(1), count: 5_001)
        #expect(codes(many) == ["/readings tooMany"])
    }

    @Test func aSetComesBackAsItWasSent() throws {
        let readings: [JSONValue] = [
            ["metric": "impressions", "value": 10, "content": "ad 1", "note": "n"],
            ["metric": "impressions", "value": 5, "content": "ad 2", "qualifier": "atLeast"],
            ["metric": "reach", "state": "masked", "from": "2017-03-02", "to": "2017-03-03"],
            [
                "metric": "spend", "value": ["amount": "12.30", "currency": "UAH"],
                "content": "ad 1",
            ],
            [
                "metric": "spend", "value": ["amount": "12.34567891", "currency": "UAH"],
                "content": "ad 2",
            ],
            ["metric": "watchTimeMinutes", "value": "7.5", "content": "ad 1"],
        ]
        let new = try NewResultSet(Sample.resultSet(readings, breakdown: "content"))
        let set = ResultSet(
            id: .random(), campaignId: .random(), organisationId: .random(), details: new,
            readingCount: 6,
            createdAt: Sample.now, updatedAt: Sample.now, version: 1)
        let shown = set.document(readings: new.readings)
        #expect(shown["readings"]?[0]?["value"] == 10)
        #expect(shown["readings"]?[2]?["value"] == .null)
        #expect(shown["readings"]?[3]?["value"]?["amount"] == "12.30")
        #expect(shown["readings"]?[4]?["value"]?["amount"] == "12.34567891")
        #expect(shown["readings"]?[5]?["value"] == "7.5")
        var sent = JSONObject()
        for name in ["channel", "from", "to", "method", "role", "breakdown", "readings"] {
            sent[name] = shown[name]
        }
        #expect(try NewResultSet(.object(sent)) == new)
    }

    @Test func aPatchIsCheckedAgainstTheReadingsThatStand() throws {
        let new = try NewResultSet(
            Sample.resultSet([["metric": "impressions", "value": 10, "content": "ad 1"]]))
        let set = ResultSet(
            id: .random(), campaignId: .random(), organisationId: .random(), details: new,
            readingCount: 1,
            createdAt: Sample.now, updatedAt: Sample.now, version: 1)
        func codes(_ patch: JSONValue) throws -> [String] {
            let change = try ResultSetChange(patch, of: set)
            do {
                _ = try change.applied(to: set, readings: new.readings)
                return []
            } catch {
                return error.faults.map { "\($0.pointer) \($0.code)" }
            }
        }
        #expect(try codes(["note": "x", "breakdown": "content", "role": "breakdown"]) == [])
        #expect(try codes(["from": "2017-03-02"]) == ["/readings/0 outsidePeriod"])
        #expect(try codes(["to": "2017-02-01"]).first == "/to endsBeforeStart")
        #expect(try codes(["role": "breakdown"]) == ["/breakdown breakdownNotNamed"])
        let change = try ResultSetChange(
            ["from": "2017-03-05", "readings": [["metric": "reach", "value": 4]]], of: set)
        let changed = try change.applied(to: set, readings: new.readings)
        #expect(changed.readings.map(\.period) == [Sample.period("2017-03-05", "2017-03-31")])
        #expect(changed.set.readingCount == 1)
        #expect(try !ResultSetChange(["note": nil], of: set).concernsReadings)
    }

    @Test func theLifeOfASet() {
        let table: [ResultSetStatus: [ResultSetStatus]] = [
            .draft: [.submitted, .withdrawn], .submitted: [.accepted, .returned, .withdrawn],
            .returned: [.submitted, .withdrawn], .accepted: [.withdrawn],
        ]
        for from in ResultSetStatus.allCases {
            for to in ResultSetStatus.allCases {
                let code = refusalCode {
                    _ = try from.moved(by: Transition(to: to, reason: "r"), today: Sample.today)
                }
                let wanted: String? =
                    to == .superseded
                    ? "setBySuccessor"
                    : table[from]?.contains(to) == true ? nil : "transitionNotPossible"
                #expect(code == wanted, "\(from) \(to)")
            }
        }
        #expect(!ResultSetStatus.submitted.permits(.ngoEditor, to: .accepted))
        #expect(!ResultSetStatus.accepted.permits(.ngoEditor, to: .withdrawn))
        #expect(ResultSetStatus.submitted.permits(.ngoEditor, to: .withdrawn))
        #expect(ResultSetStatus.submitted.permits(.programmeManager, to: .accepted))
        #expect(!ResultSetStatus.submitted.permits(.funder, to: .accepted))
    }
}
