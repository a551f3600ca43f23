// A generated programme of which everything is known: who was reached, what was counted, and which of it is in which
// reading. The attacker of FunderAttackTests asks about it as a funder; the truth tells whether what was found is right.

import CounterpointModel
import CounterpointRecords
import TestDice
import TestRegistry

/// The smallest things that anything is a sum of: a region in a month, of one metric, campaign and channel.
struct Atom {
    var block: Int
    var value: Int
}

/// One reading that was handed in, as atoms of which it is the sum (of people: the persons).
struct KnownReading {
    var set: ResultSet.ID
    var place: Int
    var metric: Metric
    var days: Period
    var isPart: Bool
    var atoms: [Int]
    var people: Set<Int>
    var value: Int
    var isPrimary: Bool
    var breakdown: Breakdown
}

/// A set, and when it counted.
struct KnownSet {
    var id: ResultSet.ID
    var campaign: Campaign.ID
    var channel: Channel
    var isPrimary: Bool
    var isPublished: Bool
    var accepted: Int
    var retired: Int?
}

struct AttackWorld {
    static let months = [
        period("2023-01-01", "2023-01-31"), period("2023-02-01", "2023-02-28"),
        period("2023-03-01", "2023-03-31"),
    ]
    static let regions = ["North", "South", "East"]
    static let metrics: [Metric] = [.leads, .helpSeekingContacts, .impressions]

    let world: TestWorld
    var dice: Dice
    private(set) var atoms: [Atom] = []
    private(set) var readings: [KnownReading] = []
    private(set) var sets: [KnownSet] = []
    private(set) var campaigns: [(id: Campaign.ID, isVisible: Bool)] = []
    /// Moments to ask "as of", each with how many sets had been accepted by then.
    private(set) var moments: [(at: Instant, acceptances: Int)] = []
    private var blocks = 0
    private(set) var acceptances = 0
    private var nextPerson = 0

    init(_ world: TestWorld, seed: UInt64) async throws {
        self.world = world
        dice = Dice(seed: seed)
        let partners: [(Partner, Bool)] = [
            (try await Partner(world, "Named", .public), true),
            (try await Partner(world, "Aliased", .alias), true),
            (try await Partner(world, "Withheld", .withheld), false),
        ]
        for (partner, isVisible) in partners {
            for number in 0..<(isVisible ? 2 : 1) {
                let campaign = try await partner.campaign(
                    "Campaign \(number)", in: world, channels: [.meta, .youtube])
                campaigns.append((campaign.id, isVisible))
                for channel in [Channel.meta, .youtube] {
                    try await report(campaign, channel, partner, isVisible)
                }
            }
            moments.append((try await world.now(), acceptances))
        }
    }

    /// Small ones often, so that there is something to find.
    private mutating func count() -> Int {
        switch dice.within(0...9) {
        case 0: 0
        case 1...4: dice.within(1...9)
        default: dice.within(10...250)
        }
    }

    /// The truth of one campaign and channel.
    private struct Truth {
        /// By metric, the atom of each month and region.
        var atoms: [Metric: [[Int]]] = [:]
        /// Who was reached in each month and region.
        var people: [[Set<Int>]] = []
    }

    private mutating func truth() -> Truth {
        var truth = Truth()
        for metric in Self.metrics {
            defer { blocks += 1 }
            truth.atoms[metric] = Self.months.map { _ in
                Self.regions.map { _ in
                    atoms.append(Atom(block: blocks, value: count()))
                    return atoms.count - 1
                }
            }
        }
        // People overlap between months and regions: half of those of the first month may come again.
        var pool: [Int] = []
        truth.people = Self.months.map { _ in
            Self.regions.map { _ in
                var persons: Set<Int> = []
                for _ in 0..<count() {
                    if !pool.isEmpty, dice.oneIn(3) {
                        persons.insert(pool[dice.within(0...(pool.count - 1))])
                    } else {
                        nextPerson += 1
                        pool.append(nextPerson)
                        persons.insert(nextPerson)
                    }
                }
                return persons
            }
        }
        return truth
    }

    /// What is handed in: in one of three shapes, perhaps with a second cut before or after, perhaps corrected, several times.
    private mutating func report(
        _ campaign: Campaign, _ channel: Channel, _ partner: Partner, _ isVisible: Bool
    ) async throws {
        var truth = truth()
        let quarter = period("2023-01-01", "2023-03-31")
        let shape = dice.within(0...3)
        var latest: ResultSet.ID?
        switch shape {
        case 0:  // By month in one set, and the account's own reading of the quarter.
            latest = try await log(
                byMonth(truth) + [whole(truth, quarter)], quarter, campaign, channel, partner,
                isVisible)
        case 1:  // By region, one set for each month.
            for month in Self.months.indices {
                latest = try await log(
                    byRegion(truth, month...month), Self.months[month], campaign, channel, partner,
                    isVisible, cut: .region)
            }
        case 2:  // By region over the quarter, and a whole of it in another set.
            latest = try await log(
                byRegion(truth, 0...2), quarter, campaign, channel, partner, isVisible,
                cut: .region)
            _ = try await log(
                [whole(truth, quarter)], quarter, campaign, channel, partner, isVisible)
        default:  // By month, each in a set of its own, and a whole of people over the quarter.
            for month in Self.months.indices {
                latest = try await log(
                    byMonth(truth).filter { $0.days == Self.months[month] }, Self.months[month],
                    campaign, channel, partner, isVisible)
            }
            _ = try await log(
                [whole(truth, quarter)], quarter, campaign, channel, partner, isVisible)
        }
        if dice.oneIn(2) {
            _ = try await log(
                shape == 0 || shape == 3 ? byRegion(truth, 0...2) : byMonth(truth), quarter,
                campaign, channel, partner, isVisible,
                cut: shape == 0 || shape == 3 ? .region : .age,
                isPrimary: false)
        }
        // Corrected up to four times, each time another figure: what several corrections tell together is what is attacked.
        guard shape == 0 || shape == 2, var corrected = latest else { return }
        for _ in 0..<4 where dice.oneIn(2) {
            moments.append((try await world.now(), acceptances))
            let metric = Self.metrics[dice.within(0...(Self.metrics.count - 1))]
            let (month, region) = (dice.within(0...2), dice.within(0...2))
            if let old = truth.atoms[metric]?[month][region] {
                atoms.append(Atom(block: atoms[old].block, value: count()))
                truth.atoms[metric]?[month][region] = atoms.count - 1
            }
            corrected = try await log(
                shape == 0
                    ? byMonth(truth) + [whole(truth, quarter)] : byRegion(truth, 0...2), quarter,
                campaign, channel, partner, isVisible, cut: shape == 0 ? .none : .region,
                supersedes: corrected)
        }
    }

    private func byMonth(_ truth: Truth) -> [KnownReading] {
        Self.months.indices.flatMap { month in
            Self.metrics.map { metric in
                sum(metric, Self.months[month], truth.atoms[metric]?[month] ?? [])
            } + [
                people(
                    Self.months[month],
                    truth.people[month].reduce(into: Set()) { $0.formUnion($1) })
            ]
        }
    }

    private func byRegion(_ truth: Truth, _ months: ClosedRange<Int>) -> [KnownReading] {
        let days = Period(
            from: Self.months[months.lowerBound].from, to: Self.months[months.upperBound].to)!
        return Self.regions.indices.flatMap { region in
            Self.metrics.map { metric in
                sum(
                    metric, days, months.compactMap { truth.atoms[metric]?[$0][region] }, part: true
                )
            } + [
                people(
                    days, months.reduce(into: Set()) { $0.formUnion(truth.people[$1][region]) },
                    part: true)
            ]
        }
    }

    private func whole(_ truth: Truth, _ days: Period) -> KnownReading {
        people(days, truth.people.joined().reduce(into: Set()) { $0.formUnion($1) })
    }

    private func sum(
        _ metric: Metric, _ days: Period, _ parts: [Int], part: Bool = false
    ) -> KnownReading {
        KnownReading(
            set: .random(), place: 0, metric: metric, days: days, isPart: part, atoms: parts,
            people: [], value: parts.reduce(0) { $0 + atoms[$1].value }, isPrimary: true,
            breakdown: .none)
    }

    private func people(
        _ days: Period, _ persons: Set<Int>, part: Bool = false
    ) -> KnownReading {
        KnownReading(
            set: .random(), place: 0, metric: .reach, days: days, isPart: part, atoms: [],
            people: persons, value: persons.count, isPrimary: true, breakdown: .none)
    }

    private mutating func log(
        _ known: [KnownReading], _ days: Period, _ campaign: Campaign, _ channel: Channel,
        _ partner: Partner, _ isVisible: Bool, cut: Breakdown = .none, isPrimary: Bool = true,
        supersedes: ResultSet.ID? = nil
    ) async throws -> ResultSet.ID {
        var cells: [Metric: Int] = [:]
        let readings = known.map { reading -> Reading in
            // A cut by month has the months for cells, as platforms print them.
            let cell = cells[reading.metric, default: 0]
            cells[reading.metric] = cell + 1
            let isCell = cut != .none && (reading.isPart || !isPrimary)
            return figure(
                reading.metric, reading.value, cell: isCell ? "\(cut.rawValue) \(cell)" : nil,
                reading.days)
        }
        let set = try await partner.accept(
            NewResultSet(
                channel: channel, period: days, role: isPrimary ? .primary : .breakdown,
                breakdown: cut, readings: readings, supersedes: supersedes), for: campaign,
            in: world)
        for (place, reading) in known.enumerated() {
            var reading = reading
            reading.set = set.id
            reading.place = place
            reading.isPrimary = isPrimary
            reading.breakdown = cut
            reading.isPart = readings[place].cell != nil
            self.readings.append(reading)
        }
        acceptances += 1
        if let supersedes, let old = sets.firstIndex(where: { $0.id == supersedes }) {
            sets[old].retired = acceptances
        }
        sets.append(
            KnownSet(
                id: set.id, campaign: campaign.id, channel: channel, isPrimary: isPrimary,
                isPublished: isVisible, accepted: acceptances))
        // While it stands: what a correction replaces is read before.
        try await remember(set.id, isVisible)
        return set.id
    }

    /// What a funder read of each set on the day it was accepted, by place; nil where it was masked.
    private(set) var seen: [ResultSet.ID: [Int?]] = [:]

    private mutating func remember(_ set: ResultSet.ID, _ isVisible: Bool) async throws {
        guard isVisible else { return }
        let detail = try await world.registry.resultSet(set, as: world.funder)
        seen[set] = detail.readings.map { $0.value?.wholeNumber.map(Int.init) }
    }
}
