// The tables of the database as its own catalogue tells them, with their rows: so that a table of tomorrow is in the
// matrix by itself.

import Postgres
import TestCluster
import TestRegistry

/// One table with all its rows, as text.
struct CatalogueTable {
    struct Column {
        var name: String
        var type: String
        var fallback: String?
    }
    struct ForeignKey {
        var columns: [String]
        var target: String
        var targetColumns: [String]
    }

    var name: String
    var columns: [Column] = []
    /// What tells a row from the others: the primary key, or everything.
    var key: [String] = []
    var foreignKeys: [ForeignKey] = []
    var rows: [[String: String?]] = []
    /// Whose each row is, by the row's place.
    var owners: [String] = []

    /// A row as a condition on its key.
    func condition(_ row: [String: String?]) -> String {
        key.map { "\($0) is not distinct from \(literal(row, $0))" }.joined(separator: " and ")
    }

    /// A value of a row as SQL.
    func literal(_ row: [String: String?], _ column: String) -> String {
        guard let type = columns.first(where: { $0.name == column })?.type,
            let value = row[column] ?? nil
        else { return "null" }
        return "'\(value.replacing("'", with: "''"))'::\(type)"
    }
}

/// Every table of ours, and what a role may do with each of its columns.
struct CatalogueReading {
    private(set) var tables: [CatalogueTable] = []

    init(_ database: TestDatabase, landmarks: [String: IsolationWorld.Landmark]) async throws {
        for row in try await database.run(
            """
            select c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod),
                   pg_get_expr(d.adbin, d.adrelid)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where n.nspname in ('public', 'sec') and c.relkind in ('r', 'p')
               and not exists (select from pg_depend e where e.objid = c.oid and e.deptype = 'e')
             order by n.nspname, c.relname, a.attnum
            """)
        {
            if tables.last?.name != row[0]! { tables.append(CatalogueTable(name: row[0]!)) }
            tables[tables.count - 1].columns.append(
                .init(name: row[1]!, type: row[2]!, fallback: row[3]))
        }
        for index in tables.indices { try await read(&tables[index], database) }
        own(landmarks)
    }

    private func read(_ table: inout CatalogueTable, _ database: TestDatabase) async throws {
        let names = { @Sendable (text: String?) in
            (text ?? "").split(separator: ",").map(String.init)
        }
        for row in try await database.run(
            """
            select k.contype, k.confrelid::regclass::text,
                   (select string_agg(a.attname, ',' order by u.place) from unnest(k.conkey) with ordinality as u(number, place)
                      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number),
                   (select string_agg(a.attname, ',' order by u.place) from unnest(k.confkey) with ordinality as u(number, place)
                      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number)
              from pg_constraint k where k.conrelid = '\(table.name)'::regclass and k.contype in ('p', 'f')
            """)
        {
            if row[0] == "p" {
                table.key = names(row[2])
            } else {
                table.foreignKeys.append(
                    .init(columns: names(row[2]), target: row[1]!, targetColumns: names(row[3])))
            }
        }
        if table.key.isEmpty { table.key = table.columns.map(\.name) }
        let list = table.columns.map { "\($0.name)::text" }.joined(separator: ", ")
        let order = table.key.joined(separator: ", ")
        for row in try await database.run("select \(list) from \(table.name) order by \(order)") {
            table.rows.append(
                Dictionary(uniqueKeysWithValues: zip(table.columns.map(\.name), row)))
        }
    }

    /// A row belongs to the highest landmark in it, or in a row that it points to.
    private mutating func own(_ landmarks: [String: IsolationWorld.Landmark]) {
        var found: [String: [IsolationWorld.Landmark?]] = [:]
        for table in tables {
            found[table.name] = table.rows.map { row in
                // What a row is itself says more than what it names.
                if let id = row["id"] ?? nil, var own = landmarks[id] {
                    own.rank += 10
                    return own
                }
                return row.values.compactMap { $0 }.compactMap { landmarks[$0] }
                    .max { ($0.rank, $1.name) < ($1.rank, $0.name) }
            }
        }
        // Rows that name nobody of their own (audit_details) have the owner of what they hang on.
        for table in tables {
            for (place, row) in table.rows.enumerated() {
                for key in table.foreignKeys {
                    guard let target = tables.first(where: { $0.name == key.target }) else {
                        continue
                    }
                    let values = key.columns.map { row[$0] ?? nil }
                    let parent = target.rows.firstIndex { other in
                        key.targetColumns.map { other[$0] ?? nil } == values
                    }
                    guard let parent, let owner = found[target.name]?[parent] else { continue }
                    let present = found[table.name]?[place]
                    if (present?.rank ?? -1) < owner.rank % 10 {
                        found[table.name]?[place] = .init(name: owner.name, rank: owner.rank % 10)
                    }
                }
            }
        }
        for index in tables.indices {
            tables[index].owners = (found[tables[index].name] ?? []).map { $0?.name ?? "nobody" }
        }
    }
}
