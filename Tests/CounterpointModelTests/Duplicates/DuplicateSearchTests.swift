// The search finds what comparing each with each would find, and nothing that only looks alike.

import TestDice
import Testing

@testable import CounterpointModel

private func candidate(
    _ name: String, _ country: String = "GB", aliases: [String] = [],
    numbers: [(String, String)] = []
) throws -> DuplicateCandidate {
    DuplicateCandidate(
        id: .random(), name: name, kind: .civilSociety, country: Country(country)!,
        standing: .registered, aliases: aliases,
        identifiers: try numbers.map { try OrganisationIdentifier(scheme: $0.0, id: $0.1) })
}

@Suite struct DuplicateSearchTests {
    @Test func similarityIsThatOfTheDatabase() {
        // select similarity(…) of pg_trgm 1.6 in a database with locale C.UTF-8.
        let known: [(String, String, Double)] = [
            ("word", "two words", 0.36363637), ("cat", "cat", 1), ("cat", "dog", 0),
            ("Violence Prevention Network", "Violence Prevention Network e.V.", 0.9032258),
            ("Youth Foundation Kenya", "Women Foundation Kenya", 0.5862069),
            ("Institute for Strategic Dialogue", "Insitute for Strategic Dialogue", 0.85714287),
            ("Стоп Ненависть", "СТОП-ненависть", 1),
        ]
        for (one, other, expected) in known {
            let found = Trigrams(of: one).similarity(to: Trigrams(of: other))
            #expect(abs(found - expected) < 0.000001, "\(one), \(other): \(found)")
        }
        #expect(Trigrams(of: "cat").all == ["  c", " ca", "at ", "cat"])
        #expect(Trigrams(of: "…!").all.isEmpty)
    }

    @Test(arguments: [
        ("Royal Shakespeare Company", "The Royal Shakespeare Company", true),
        ("Violence Prevention Network", "Violence Prevention Network e.V.", true),
        ("Стоп Ненависть", "СТОП-ненависть", true), ("Exit Deutschland", "Exit Norge", false),
        ("Youth Foundation Kenya", "Women Foundation Kenya", false),
        ("Institute for Strategic Dialogue", "Insitute for Strategic Dialogue", true),
    ])
    func namesOfTheField(one: String, other: String, areAlike: Bool) throws {
        let pairs = DuplicateSearch.pairs(
            among: [try candidate(one), try candidate(other)], limit: 10)
        #expect(pairs.isEmpty != areAlike)
        let abroad = DuplicateSearch.pairs(
            among: [try candidate(one), try candidate(other, "FR")], limit: 10)
        #expect(abroad.isEmpty, "names are compared within a country")
    }

    @Test func numbersThatDifferInWritingOnly() throws {
        let found = DuplicateSearch.pairs(
            among: [
                try candidate("Alpha", numbers: [("GB-COH", "07076251")]),
                try candidate("Beta", numbers: [("GB-COH", "7076251")]),
                // A company number typed as a charity's.
                try candidate("Gamma", numbers: [("GB-CHC", "7076251")]),
                try candidate("Delta", "KE", numbers: [("KE-NCB", "7076251")]),
            ], limit: 10)
        #expect(
            found.map { [$0.first.name, $0.second.name, $0.reason.rawValue] } == [
                ["Alpha", "Beta", "sameIdentifier"], ["Alpha", "Gamma", "sameNumber"],
                ["Beta", "Gamma", "sameNumber"],
            ])
        #expect(found[0].document.text.hasPrefix(#"{"score":1,"#))
        #expect(found[1].document.text.hasPrefix(#"{"score":0.900,"#))
    }

    @Test func aliasesCountAndAPairComesOnce() throws {
        let found = DuplicateSearch.pairs(
            among: [
                try candidate("Counter Voices", aliases: ["Voices Against Hate"]),
                try candidate("Voices against Hate!", aliases: ["Counter Voices Ltd"]),
            ], limit: 10)
        #expect(found.count == 1 && found[0].score == 1)
        #expect(found[0].evidence == ["Voices Against Hate", "Voices against Hate!"])
    }

    @Test func nothingIsMissedByComparingLess() throws {
        let words = [
            "voices", "voice", "hope", "youth", "network", "netwrok", "the", "for", "peace",
            "trust",
        ]
        try forWorlds(60) { dice, hint in
            let candidates = try (0..<dice.within(2...60)).map { _ in
                let name = (0..<dice.within(1...4)).map { _ in words[dice.upTo(words.count - 1)] }
                return try candidate(name.joined(separator: " "))
            }
            let found = DuplicateSearch.pairs(among: candidates, limit: .max)
            var expected = 0
            for (place, one) in candidates.enumerated() {
                for other in candidates[(place + 1)...]
                where Trigrams(of: one.name).similarity(to: Trigrams(of: other.name))
                    >= DuplicateSearch.similarityMinimum
                {
                    expected += 1
                }
            }
            #expect(found.count == expected, "\(hint)")
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score }, "\(hint)")
            #expect(DuplicateSearch.pairs(among: candidates, limit: 3).count == min(3, expected))
        }
    }
}
