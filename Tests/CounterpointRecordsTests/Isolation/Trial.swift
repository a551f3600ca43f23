// What one caller tries on one table: reading, adding, changing, giving away, removing and emptying, row by row. Each
// attempt is undone at once, so that all see the same world.

import Postgres
import TestCluster
import TestRegistry

/// A kind of attempt; its cell in the table says on whose rows it had an effect.
enum Verb: String, CaseIterable {
    case select, insert, update, give, delete, truncate
}

/// Columns of a table that a role may read, write or change.
struct Grants {
    var select: [String] = []
    var insert: [String] = []
    var update: [String] = []
    var mayDelete = false

    init(_ row: [String?]) {
        func names(_ text: String?) -> [String] {
            (text ?? "").split(separator: ",").map(String.init)
        }
        select = names(row[0])
        insert = names(row[1])
        update = names(row[2])
        mayDelete = row[3] == "t"
    }
}

struct Trial {
    private struct Attempt {
        var verb: Verb
        /// Whose row it is about; nil: the whole table.
        var row: Int?
        /// For giving away: to whom.
        var target: String?
        var sql: String
    }

    private enum Outcome: Equatable {
        case refused, walled, touched, untouched
        /// The policies let it pass; a constraint or trigger stopped it.
        case ruled(String)

        init(_ text: Substring) {
            switch text {
            case "denied": self = .refused
            case "wall": self = .walled
            case "0": self = .untouched
            default:
                self =
                    text.first?.isNumber == true && text.count < 5 ? .touched : .ruled(String(text))
            }
        }
    }

    let table: CatalogueTable
    let grants: Grants
    private var attempts: [Attempt] = []

    /// What every table may be given away by.
    private static let belonging: Set<String> = [
        "organisation_id", "programme_id", "campaign_id", "grant_id", "principal_id",
        "result_set_id", "survivor_id",
    ]

    init(_ table: CatalogueTable, _ grants: Grants, _ landmarks: [String: IsolationWorld.Landmark])
    {
        self.table = table
        self.grants = grants
        attempts.append(Attempt(verb: .truncate, sql: "truncate \(table.name)"))
        // Without a condition other policies apply than with one: what it reaches must be the same.
        if let column = grants.select.first {
            attempts.append(Attempt(verb: .select, sql: "select \(column) from \(table.name)"))
        }
        if grants.mayDelete {
            attempts.append(Attempt(verb: .delete, sql: "delete from \(table.name)"))
        }
        let changed =
            grants.update.first { !table.key.contains($0) && $0 == "updated_at" }
            ?? grants.update.last { !table.key.contains($0) } ?? grants.update.last
        for (place, row) in table.rows.enumerated() {
            let condition = table.condition(row)
            func attempt(_ verb: Verb, _ sql: String, to target: String? = nil) {
                attempts.append(Attempt(verb: verb, row: place, target: target, sql: sql))
            }
            if !grants.select.isEmpty {
                attempt(.select, "select 1 from \(table.name) where \(condition)")
            }
            for columns in insertColumns where !columns.isEmpty {
                let values = columns.map { table.literal(row, $0) }.joined(separator: ", ")
                // Without its maker a row may say nothing of whose it is: then it is the caller's own.
                let isOwn =
                    columns.count < grants.insert.count
                    && !columns.contains { Self.belonging.contains($0) }
                attempt(
                    .insert,
                    "insert into \(table.name) (\(columns.joined(separator: ", "))) values (\(values))",
                    to: isOwn ? "own" : nil)
            }
            if let changed {
                let value = table.literal(row, changed)
                attempt(
                    .update, "update \(table.name) set \(changed) = \(value) where \(condition)")
                if place == 0 {
                    attempts.append(
                        Attempt(
                            verb: .update, sql: "update \(table.name) set \(changed) = \(value)"))
                }
            }
            for column in grants.update where Self.belonging.contains(column) {
                for value in Set(table.rows.compactMap { $0[column] ?? nil })
                where value != row[column] {
                    attempt(
                        .give,
                        "update \(table.name) set \(column) = '\(value)' where \(condition)",
                        to: landmarks[value]?.name ?? "nobody")
                }
            }
            if grants.mayDelete { attempt(.delete, "delete from \(table.name) where \(condition)") }
        }
    }

    /// As the row stands, and with the caller put in for whoever made it.
    private var insertColumns: [[String]] {
        let own = grants.insert.filter { name in
            table.columns.first { $0.name == name }?.fallback?.contains("sec.principal()") != true
        }
        return own.count == grants.insert.count ? [own] : [grants.insert, own]
    }

    var statements: [String] { attempts.map(\.sql) }

    /// The cells, by verb, and what does not add up.
    func cells(_ answers: [Substring]) -> (cells: [Verb: String], faults: [String]) {
        var cells: [Verb: String] = [:]
        var faults: [String] = []
        let all = zip(attempts, answers.map(Outcome.init)).map { (attempt: $0, outcome: $1) }
        for verb in Verb.allCases {
            let own = all.filter { $0.attempt.verb == verb }
            let rows = own.filter { $0.attempt.row != nil }
            cells[verb] =
                verb == .truncate
                ? (own.allSatisfy { $0.outcome == .refused } ? "-" : "all") : cell(verb, rows)
            let touched = Set(rows.filter { $0.outcome == .touched }.compactMap(\.attempt.row))
                .count
            for (place, whole) in zip(attempts, answers).enumerated()
            where whole.0.row == nil && whole.0.verb == verb && verb != .truncate {
                // A rule may stop the whole where it would stop a row.
                let hasRules = rows.contains { if case .ruled = $0.outcome { true } else { false } }
                if whole.1 != "\(touched)", !(hasRules && Int(whole.1) == nil),
                    !(whole.1 == "wall" && touched == 0)
                {
                    faults.append(
                        "\(table.name): \(verb) of everything reaches \(whole.1), row by row \(touched) (\(attempts[place].sql.prefix(80)))"
                    )
                }
            }
        }
        return (cells, faults)
    }

    private func cell(
        _ verb: Verb, _ rows: [(attempt: Attempt, outcome: Outcome)]
    ) -> String {
        if rows.isEmpty || rows.allSatisfy({ $0.outcome == .refused }) { return "-" }
        var said: [String] = []
        let key = { (attempt: Attempt) in attempt.target ?? table.owners[attempt.row ?? 0] }
        for name in Set(rows.map { key($0.attempt) }).sorted() {
            // A row counts once, by the best of the attempts on it.
            let groups = Dictionary(grouping: rows.filter { key($0.attempt) == name }) {
                $0.attempt.row!
            }
            let best = groups.values.map { group in
                group.contains { $0.outcome == .touched }
                    ? ""
                    : group.contains { if case .ruled = $0.outcome { true } else { false } }
                        ? "!" : nil
            }
            let passed = best.compactMap { $0 }
            guard !passed.isEmpty else { continue }
            let isPart = verb != .give && passed.count < best.count
            said.append(name + (isPart ? "?" : "") + (passed.allSatisfy { $0 == "!" } ? "!" : ""))
        }
        if said.isEmpty { return "none" }
        if verb != .give, said.count > 2, said == Set(table.owners).sorted() { said = ["all"] }
        let hidden = table.columns.map(\.name).filter { !grants.select.contains($0) }
        if verb == .select, !hidden.isEmpty {
            said.append("without " + hidden.joined(separator: ","))
        }
        return Self.shortened(said)
    }

    /// `A.*` for a set in each of its states.
    static func shortened(_ names: [String]) -> String {
        var names = names
        for (place, name) in names.enumerated() where name.contains(".accepted") {
            let states = ["accepted", "draft", "submitted"].map {
                name.replacing(".accepted", with: ".\($0)")
            }
            guard states.allSatisfy(names.contains) else { continue }
            names[place] = name.replacing(".accepted", with: ".*")
            names = names.map { states.dropFirst().contains($0) ? "" : $0 }
        }
        return names.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
