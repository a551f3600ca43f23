// An attacker with a funder's token: asks many summaries, reads every set as it comes and as it was, and subtracts.
//
// What it learns are equations: an exact total is the sum of the smallest things in its scope. The attacker is given more
// than a funder has: it knows which readings every set brings, what each is a sum of, and which figure a correction touched.
// A hidden small number holds if there are other worlds, each with all the same answers, in which it is another number.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import TestCluster
import TestDice
import TestRegistry
import Testing

/// How many summaries are asked at random of each world, beside those aimed at what is hidden; ATTACK_QUERIES asks for more.
private let randomQueries =
    ProcessInfo.processInfo.environment["ATTACK_QUERIES"].flatMap { Int($0) } ?? 60
private let firstSeed = runSeed

@Suite struct FunderAttackTests {
    @Test(arguments: [UInt64(0), 1])
    func noHiddenNumberIsFound(_ number: UInt64) async throws {
        try await TestWorld.with { test in
            var attack = try await FunderAttack(AttackWorld(test, seed: firstSeed &+ number))
            try await attack.run(random: randomQueries)
            print(
                "funder attack: \(attack.queries) queries, \(attack.equations.count) equations, "
                    + "\(attack.hidden.count) hidden readings (SEED=\(firstSeed &+ number))")
            #expect(attack.hidden.count > 5, "there must be something to find")
            #expect(attack.untrue.isEmpty, "SEED=\(firstSeed &+ number): \(attack.untrue)")
            #expect(attack.findings.isEmpty, "SEED=\(firstSeed &+ number): \(attack.findings)")
        }
    }

    /// The same attack finds numbers as soon as any part of the rule is left out.
    @Test(arguments: [
        // Nothing is small.
        "create or replace function sec.smallest_shown() returns integer language sql immutable as $$ select 1 $$",
        // Small figures are hidden, and nothing that gives them away.
        """
        create or replace function sec.level_of_sums(one result_sets, series text, own integer) returns integer
            language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$ select own $$
        """,
        // Of people as well.
        """
        create or replace function sec.level_of_people(one result_sets, series text, own integer) returns integer
            language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$ select 0 $$
        """,
        // The funder's role reads the record's own side.
        """
        alter policy accepted on result_figures using (campaign_id = any ((select sec.campaigns())::uuid[])
            and stage = 'accepted' and side <> 'published')
        """,
    ])
    func theAttackFindsWhatIsNotHidden(_ hole: String) async throws {
        var found = 0
        for seed in UInt64(1)...6 where found == 0 {
            found += try await TestWorld.with { test in
                try await test.test.database.run(hole)
                var attack = try await FunderAttack(AttackWorld(test, seed: seed))
                try await attack.run(random: 40)
                return attack.findings.count
            }
        }
        #expect(found > 0, "not found: \(hole)")
    }
}

/// One attack on one world.
struct FunderAttack {
    let world: AttackWorld
    private(set) var queries = 0
    /// Atoms that add to a number which a funder was told.
    private(set) var equations: [[Int]] = []
    private(set) var findings: [String] = []
    /// Totals that say to be exact and are not the sum of what is in their scope.
    private(set) var untrue: [String] = []
    /// Small readings about people, of organisations that the funder sees.
    private(set) var hidden: [KnownReading] = []
    private var known: Set<[Int]> = []
    private var dice: Dice
    private let published: [ResultSet.ID: KnownSet]

    init(_ world: AttackWorld) {
        self.world = world
        dice = Dice(seed: 4)
        published = Dictionary(
            uniqueKeysWithValues: world.sets.filter(\.isPublished).map { ($0.id, $0) })
    }

    mutating func run(random: Int) async throws {
        readSets()
        for reading in hidden { try await aim(at: reading) }
        for _ in 0..<random { try await ask(randomQuestion()) }
        for reading in hidden where reading.metric != .reach { tryOtherWorlds(reading) }
        for reading in hidden where reading.metric == .reach { boundPeople(reading) }
    }

    // MARK: Reading sets

    private mutating func readSets() {
        for reading in world.readings where published[reading.set] != nil {
            let told = world.seen[reading.set]?[reading.place]
            if (1...9).contains(reading.value) {
                hidden.append(reading)
                if let told { findings.append("reading shows \(told) \(reading.metric)") }
            }
            if let told {
                if told != reading.value {
                    untrue.append("reading says \(told), not \(reading.value)")
                }
                if reading.metric != .reach { learn(reading.atoms) }
            }
        }
    }

    private mutating func learn(_ atoms: [Int]) {
        let sum = atoms.sorted()
        if known.insert(sum).inserted { equations.append(sum) }
    }

    // MARK: Asking

    /// Just what the hidden reading is about, alone and with each thing beside it.
    private mutating func aim(at reading: KnownReading) async throws {
        guard let set = published[reading.set] else { return }
        for moment in [nil] + world.moments.map(Optional.some) {
            var question = SummaryQuestion()
            question.campaigns = [set.campaign]
            question.channels = [set.channel]
            question.asOf = moment?.at
            (question.from, question.to) = (reading.days.from, reading.days.to)
            try await ask(question, aimedAt: reading)
        }
    }

    private mutating func randomQuestion() -> SummaryQuestion {
        var question = SummaryQuestion()
        let campaigns = world.campaigns.map(\.id).shuffled(using: &dice)
        if dice.oneIn(2) { question.campaigns = Array(campaigns.prefix(dice.within(1...3))) }
        if dice.oneIn(3) { question.channels = [dice.oneIn(2) ? .meta : .youtube] }
        let first = dice.within(0...2)
        if dice.oneIn(2) {
            question.from = AttackWorld.months[first].from
            question.to = AttackWorld.months[dice.within(first...2)].to
        }
        question.groupBy = Array(
            [GroupDimension.channel, .month, .campaign].shuffled(using: &dice).prefix(
                dice.within(0...3)))
        if dice.oneIn(3) {
            question.asOf = world.moments[dice.within(0...(world.moments.count - 1))].at
        }
        return question
    }

    private mutating func ask(
        _ question: SummaryQuestion, aimedAt target: KnownReading? = nil
    ) async throws {
        queries += 1
        let summary = try await world.world.registry.summary(question, as: world.world.funder)
        for group in summary.groups {
            let scope = GroupScope(question, group, world)
            for total in group.counts {
                let isExact =
                    total.qualifier == .exact && total.missing == 0 && total.masked == 0
                let sticksOut = group.straddling.contains { $0.metric == total.metric }
                guard isExact, !sticksOut else { continue }
                let atoms = scope.atoms(of: total.metric)
                let truth = atoms.reduce(0) { $0 + world.atoms[$1].value }
                guard total.value.wholeNumber == Int64(truth) else {
                    untrue.append("\(total.metric) \(total.value) is not \(truth)")
                    continue
                }
                if (1...9).contains(truth) { findings.append("shows \(truth) \(total.metric)") }
                learn(atoms)
            }
            for unique in group.uniques {
                if let upper = unique.range.upper, (1...9).contains(upper) {
                    findings.append("people are at most \(upper)")
                }
                guard let target, !target.isPart, unique.metric == target.metric else { continue }
                // Nine numbers must stay possible: those that masking says.
                let lower = unique.range.lower ?? 0
                if lower > 1 || (unique.range.upper ?? 9) < 9 {
                    findings.append(
                        "range \(lower)…\(unique.range.upper ?? -1) of a hidden reading")
                }
            }
        }
    }

    // MARK: Other worlds

    /// Moves between atoms of one metric, campaign and channel after which every known sum is the same, one after the other
    /// as far as nothing becomes negative.
    private mutating func tryOtherWorlds(_ reading: KnownReading) {
        let block = world.atoms[reading.atoms[0]].block
        let atoms = world.atoms.indices.filter { world.atoms[$0].block == block }
        let sums = equations.filter { sum in sum.contains { world.atoms[$0].block == block } }
        /// Each with what it adds to the reading; those that add nothing lead to no other number.
        var moves: [(up: [Int], down: [Int], adds: Int)] = []
        func consider(_ up: [Int], _ down: [Int]) {
            func change(of sum: [Int]) -> Int {
                sum.reduce(0) { $0 + (up.contains($1) ? 1 : 0) - (down.contains($1) ? 1 : 0) }
            }
            if sums.allSatisfy({ change(of: $0) == 0 }) {
                let adds = change(of: reading.atoms)
                if adds != 0 { moves.append((up, down, adds)) }
            }
        }
        for first in atoms {
            consider([first], [])
            consider([], [first])
            for second in atoms where second != first {
                consider([first], [second])
                for third in atoms where third != first && third != second {
                    for fourth in atoms where fourth != first && fourth != second && fourth > third
                    {
                        if first < second { consider([first, fourth], [second, third]) }
                        if first < second { consider([first, third], [second, fourth]) }
                    }
                }
            }
        }
        var possible: Set<Int> = [reading.value]
        for direction in [1, -1] {
            var left = Dictionary(uniqueKeysWithValues: atoms.map { ($0, world.atoms[$0].value) })
            var now = reading.value
            while abs(now - reading.value) < 10,
                let move = moves.first(where: { move in
                    move.adds.signum() == direction && move.down.allSatisfy { left[$0]! > 0 }
                })
            {
                for atom in move.up { left[atom]! += 1 }
                for atom in move.down { left[atom]! -= 1 }
                now += move.adds
                possible.insert(now)
            }
        }
        if possible.count < 9 {
            findings.append(
                "\(reading.metric) \(reading.value) is one of \(possible.sorted()) "
                    + "(\(reading.breakdown), \(reading.isPrimary ? "primary" : "breakdown"))")
        }
    }

    /// A whole is no more than its parts together, so a whole less the others is a lower bound.
    private mutating func boundPeople(_ reading: KnownReading) {
        guard let own = published[reading.set] else { return }
        let told = world.readings.filter {
            $0.metric == .reach && published[$0.set]?.campaign == own.campaign
                && published[$0.set]?.channel == own.channel
                && world.seen[$0.set]?[$0.place] != nil
        }
        for whole in told where !whole.isPart && whole.days.overlaps(reading.days) {
            // The cells beside it in its set, or the other days of the whole.
            let besides = world.readings.filter {
                $0.metric == .reach && $0.set == reading.set && $0.place != reading.place
                    && ($0.days == reading.days) == reading.isPart && $0.isPart == reading.isPart
            }
            let months = AttackWorld.months.filter {
                whole.days.contains($0) && !reading.days.contains($0)
            }
            let others =
                reading.isPart
                ? besides.map { $0 }
                : months.compactMap { month in told.first { $0.days == month && !$0.isPart } }
            let isCovered =
                reading.isPart
                ? others.allSatisfy { world.seen[$0.set]?[$0.place] != nil }
                    && whole.days == reading.days
                : others.count == months.count
            guard isCovered else { continue }
            let bound = whole.value - others.reduce(0) { $0 + $1.value }
            if bound > 1 { findings.append("at least \(bound) people of \(reading.value)") }
        }
    }
}

/// What a group of a summary is about, in the attacker's terms.
struct GroupScope {
    private let world: AttackWorld
    private let campaigns: Set<Campaign.ID>
    private let channels: Set<Channel>
    private let days: Period?
    private let acceptances: Int

    init(_ question: SummaryQuestion, _ group: SummaryGroup, _ world: AttackWorld) {
        self.world = world
        var campaigns = Set(world.campaigns.filter(\.isVisible).map(\.id))
        if !question.campaigns.isEmpty { campaigns.formIntersection(question.campaigns) }
        var channels: Set<Channel> =
            question.channels.isEmpty ? [.meta, .youtube] : Set(question.channels)
        var days = question.from.flatMap { from in
            question.to.flatMap { Period(from: from, to: $0) }
        }
        for part in group.key {
            switch part.dimension {
            case .campaign: campaigns = campaigns.filter { $0.text == part.value }
            case .channel: channels = channels.filter { $0.rawValue == part.value }
            case .month:
                days = AttackWorld.months.first {
                    $0.from.description.prefix(7) == part.value ?? ""
                }
            case .organisation, .country: break
            }
        }
        self.campaigns = campaigns
        self.channels = channels
        self.days = days
        acceptances =
            question.asOf.flatMap { at in world.moments.first { $0.at == at }?.acceptances }
            ?? world.acceptances
    }

    /// The smallest things that a total of the metric is the sum of.
    func atoms(of metric: Metric) -> [Int] {
        let counting = Set(
            world.sets.filter {
                $0.isPrimary && campaigns.contains($0.campaign) && channels.contains($0.channel)
                    && $0.accepted <= acceptances && ($0.retired ?? .max) > acceptances
            }.map(\.id))
        return world.readings.filter {
            $0.metric == metric && counting.contains($0.set) && (days?.contains($0.days) ?? true)
        }.flatMap(\.atoms)
    }
}
