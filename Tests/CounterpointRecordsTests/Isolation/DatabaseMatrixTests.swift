// Each kind of caller on each table: whose rows it reads, adds, changes, gives away, removes. Generated from the
// database's catalogue and held against tables.txt, which a person can read: a table that is not in it fails.

import CounterpointModel
import CounterpointRecords
import Postgres
import TestCluster
import TestRegistry
import Testing

@Suite("What each caller can do with each table")
struct DatabaseMatrixTests {
    /// Who tries, and how they come in.
    private enum Entrance {
        case token(String)
        case administrator
        /// A login, or a role that a login can take, that nobody has signed in to.
        case unsigned(login: String, role: String)
    }

    private static let entrances: [(name: String, by: Entrance)] =
        ["eA", "vA", "eB", "M", "N", "F1", "G1", "X"].map { ($0, .token($0)) } + [
            ("Z", .administrator),
            ("service", .unsigned(login: "counterpoint_service", role: "none")),
            ("operator", .unsigned(login: "counterpoint_operator", role: "none")),
        ]
        + ["ngo", "manager", "funder", "auditor"].map {
            ("\($0)*", .unsigned(login: "counterpoint_service", role: "counterpoint_\($0)"))
        }
        + [("admin*", .unsigned(login: "counterpoint_operator", role: "counterpoint_admin"))]

    @Test("Every cell is as tables.txt says")
    func matrix() async throws {
        try await IsolationWorld.with { world, test in
            let reading = try await CatalogueReading(test.database, landmarks: world.landmarks)
            try await test.database.run(Self.probe)
            // The policies must hold by themselves: without scopes of tokens, and the triggers that ask for them first.
            try await test.database.run(Self.withoutScopes)
            var lines: [String: [(callers: [String], cells: String)]] = [:]
            var cells = 0
            var attempts = 0
            for (name, entrance) in Self.entrances {
                let (opening, login) = try Self.opening(entrance, world)
                var trials: [Trial] = []
                for table in reading.tables {
                    let grants = try await Self.grants(
                        entrance, on: table.name, test.database, world)
                    trials.append(Trial(table, grants, world.landmarks))
                }
                let answers = try await Self.run(
                    trials.flatMap(\.statements), opening, login, test.database)
                var rest = answers[...]
                for trial in trials {
                    let own = rest.prefix(trial.statements.count)
                    rest = rest.dropFirst(own.count)
                    let (said, faults) = trial.cells(Array(own))
                    #expect(faults == [], "\(name)")
                    cells += said.count
                    attempts += own.count
                    Self.add(name, said, to: &lines[trial.table.name, default: []])
                }
            }
            var text: [String] = []
            for table in reading.tables {
                #expect(
                    !table.rows.isEmpty || table.name == "schema_migrations",
                    "\(table.name) has no row in IsolationWorld: add one, or its cells show nothing"
                )
                text.append(table.name)
                text.append("    rows of " + Trial.shortened(Set(table.owners).sorted()))
                for (callers, cells) in lines[table.name] ?? [] {
                    text.append("    \(callers.joined(separator: " ")): \(cells)")
                }
            }
            print(
                "isolation, database: \(cells) cells (\(Self.entrances.count) callers, "
                    + "\(reading.tables.count) tables, \(Verb.allCases.count) verbs) by \(attempts) attempts"
            )
            let difference = try Expectations.hold(text, against: "tables.txt", in: #filePath)
            #expect(difference == nil)
        }
    }

    @Test("Every function, view and sequence is open to whom functions.txt says")
    func functions() async throws {
        try await TestRegistry.with { test in
            let rows = try await test.database.run(
                """
                with things as (
                    select p.oid, p.oid::regprocedure::text as name, 'execute' as verb, p.proacl as acl,
                           acldefault('f', p.proowner) as fallback,
                           case when p.prosecdef then 'definer' else 'invoker' end as nature
                      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'sec')
                       and not exists (select from pg_depend e where e.objid = p.oid and e.deptype = 'e')
                    union all
                    select c.oid, c.oid::regclass::text, '', c.relacl, acldefault('r', c.relowner),
                           case c.relkind when 'v' then 'view' when 'm' then 'materialised view' else 'sequence' end
                      from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where n.nspname in ('public', 'sec') and c.relkind in ('v', 'm', 'S')
                )
                select t.name || '  ' || t.nature || '  ' || coalesce((
                    select string_agg(who, ' ' order by who) from (
                        select distinct coalesce(replace(r.rolname, 'counterpoint_', ''), 'EVERYBODY') as who
                          from aclexplode(coalesce(t.acl, t.fallback)) x left join pg_roles r on r.oid = x.grantee
                         where coalesce(r.rolname, '') not in ('counterpoint_verifier', 'postgres')) g), 'nobody')
                  from things t order by t.name
                """)
            print("isolation, functions: \(rows.count)")
            let difference = try Expectations.hold(
                rows.compactMap { $0[0] }, against: "functions.txt", in: #filePath)
            #expect(difference == nil)
        }
    }

    // MARK: Running

    /// Executes each statement by itself, undoes it, and says what came of it.
    private static let probe = """
        create function public.probe(attempts jsonb) returns text language plpgsql as $probe$
        declare
            attempt text;
            said text[] := '{}';
            rows bigint;
        begin
            for attempt in select a #>> '{}' from jsonb_array_elements(attempts) a loop
                begin
                    execute attempt;
                    get diagnostics rows = row_count;
                    raise exception using errcode = 'ZZ999', message = rows;
                exception when others then
                    said := said || case
                        when sqlstate = 'ZZ999' then sqlerrm
                        when sqlstate = '42501' and sqlerrm like 'permission denied%' then 'denied'
                        when sqlstate = '42501' and sqlerrm like '%row-level security%' then 'wall'
                        else 'E' || sqlstate end;
                end;
            end loop;
            return array_to_string(said, ',');
        end $probe$;
        grant execute on function public.probe(jsonb) to public
        """

    private static let withoutScopes = """
        set session_replication_role = replica;
        update tokens set scopes = '{read,logResults,review,manage}';
        do $$
        declare
            asks record;
        begin
            for asks in select t.tgrelid::regclass as relation, t.tgname from pg_trigger t
                         where t.tgname in ('scope', 'scope_of_review')
            loop
                execute format('alter table %s disable trigger %I', asks.relation, asks.tgname);
            end loop;
        end $$
        """

    private static func opening(
        _ entrance: Entrance, _ world: IsolationWorld
    ) throws -> (sql: String, login: String) {
        switch entrance {
        case .token(let name):
            let secret = try #require(world.callers[name]?.secretText)
            return (
                "select set_config('role', b.role, true) from sec.begin('\(secret)') b",
                "counterpoint_service"
            )
        case .administrator:
            return (
                "select set_config('role', b.role, true) from sec.begin_as(null) b",
                "counterpoint_operator"
            )
        case .unsigned(let login, let role):
            return ("select set_config('role', '\(role)', true)", login)
        }
    }

    private static func run(
        _ statements: [String], _ opening: String, _ login: String, _ database: TestDatabase
    ) async throws -> [Substring] {
        let list = statements.map { statement in
            "\"" + statement.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }.joined(separator: ",")
        let rows = try await database.withDatabase(database.settings(user: login)) {
            try await $0.withoutTransaction(
                "begin; \(opening); select public.probe($list$[\(list)]$list$)",
                deadline: .seconds(300))
        }
        let said = (rows[0][0] ?? "").split(separator: ",", omittingEmptySubsequences: false)
        try #require(said.count == statements.count)
        return said
    }

    private static func grants(
        _ entrance: Entrance, on table: String, _ database: TestDatabase, _ world: IsolationWorld
    ) async throws -> Grants {
        let role =
            switch entrance {
            case .token(let name): "counterpoint_" + (kinds[name] ?? "ngo")
            case .administrator: "counterpoint_admin"
            case .unsigned(let login, let role): role == "none" ? login : role
            }
        let columns = ["select", "insert", "update"].map { verb in
            """
            (select string_agg(a.attname, ',' order by a.attnum) from pg_attribute a
              where a.attrelid = '\(table)'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                and has_column_privilege('\(role)', a.attrelid, a.attnum, '\(verb)'))
            """
        }.joined(separator: ", ")
        return Grants(
            try await database.run(
                "select \(columns), has_table_privilege('\(role)', '\(table)', 'delete')")[0])
    }

    private static let kinds = [
        "eA": "ngo", "vA": "ngo", "eB": "ngo", "M": "manager", "N": "manager", "F1": "funder",
        "G1": "funder", "X": "auditor",
    ]

    // MARK: Saying

    /// Callers with the same cells share a line.
    private static func add(
        _ name: String, _ cells: [Verb: String],
        to lines: inout [(callers: [String], cells: String)]
    ) {
        let granted = Verb.allCases.filter { cells[$0] != "-" }
        let said =
            granted.isEmpty
            ? "nothing" : granted.map { "\($0) \(cells[$0] ?? "?")" }.joined(separator: " | ")
        if let place = lines.firstIndex(where: { $0.cells == said }) {
            lines[place].callers.append(name)
        } else {
            lines.append(([name], said))
        }
    }
}

extension Caller {
    /// The bearer token's text.
    var secretText: String? {
        guard case .token(let secret) = credential else { return nil }
        return secret.text
    }
}
