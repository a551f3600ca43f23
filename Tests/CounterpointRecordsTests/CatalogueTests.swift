// What the database's own catalogue must say, so that a table or function that forgets a rule fails here.

import TestCluster
import TestRegistry
import Testing

@Suite struct CatalogueTests {
    /// Each query names what breaks a rule; it must find nothing.
    private static let rules: [(rule: String, query: String)] = [
        (
            "every table is behind forced row-level security",
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('public', 'sec') and c.relkind in ('r', 'p')
               and not (c.relrowsecurity and c.relforcerowsecurity)
               and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            """
        ),
        (
            "every table belongs to the owner or the verifier, whom nobody can become",
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('public', 'sec') and c.relkind in ('r', 'p', 'S', 'v')
               and c.relowner::regrole::text not in ('counterpoint_owner', 'counterpoint_verifier')
               and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            """
        ),
        (
            "nobody is a member of owner or verifier",
            """
            select m.member::regrole::text from pg_auth_members m
             where m.roleid::regrole::text in ('counterpoint_owner', 'counterpoint_verifier')
            """
        ),
        (
            "a function with its owner's rights has a fixed search path that ends in pg_temp",
            """
            select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname in ('public', 'sec') and p.prosecdef
               and not coalesce(array_to_string(p.proconfig, ';') ~ 'search_path=.*pg_temp$', false)
            """
        ),
        (
            "a function with its owner's rights belongs to the verifier",
            """
            select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname in ('public', 'sec') and p.prosecdef
               and p.proowner::regrole::text <> 'counterpoint_verifier'
            """
        ),
        (
            "no function of ours is open to everyone",
            """
            select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname = 'sec' and has_function_privilege('public', p.oid, 'execute')
            """
        ),
        (
            "the service's login has nothing of its own but signing in",
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('public', 'sec') and c.relkind = 'r'
               and has_table_privilege('counterpoint_service', c.oid, 'select, insert, update, delete, truncate')
            """
        ),
        (
            "the service cannot become the administrator",
            "select 1 where pg_has_role('counterpoint_service', 'counterpoint_admin', 'member')"
        ),
        (
            "no policy lets everyone write anything",
            """
            select p.polname from pg_policy p
             where pg_get_expr(p.polwithcheck, p.polrelid) = 'true' or pg_get_expr(p.polqual, p.polrelid) = 'true'
            """
        ),
        (
            "nobody but the owner may truncate, or hang references and triggers on a table",
            """
            select c.relname || ' ' || r.rolname from pg_class c join pg_namespace n on n.oid = c.relnamespace,
                   pg_roles r
             where n.nspname = 'public' and c.relkind = 'r' and r.rolname like 'counterpoint%'
               and r.rolname not in ('counterpoint_owner', 'counterpoint_verifier')
               and has_table_privilege(r.oid, c.oid, 'truncate, references, trigger')
            """
        ),
        (
            "secrets and the context's key are readable by the verifier alone",
            """
            select r.rolname from pg_roles r
             where r.rolname like 'counterpoint%' and r.rolname not in ('counterpoint_verifier', 'counterpoint_backup')
               and (has_table_privilege(r.oid, 'sec.token_secrets', 'select')
                    or has_table_privilege(r.oid, 'sec.context_key', 'select')
                    or has_table_privilege(r.oid, 'sec.identity_key', 'select'))
            """
        ),
        (
            "a funder has no privilege on what people write to each other",
            """
            select c.relname from pg_class c where c.relname in
                   ('organisation_contacts', 'organisation_identifiers', 'organisation_checks', 'grant_decisions')
               and has_table_privilege('counterpoint_funder', c.oid, 'select')
            """
        ),
        (
            "a foreign key between two tables of an organisation carries the organisation",
            """
            select k.conname from pg_constraint k
             where k.contype = 'f'
               and exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'organisation_id')
               and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'organisation_id')
               and not exists (select from pg_attribute a where a.attrelid = k.conrelid
                                  and a.attname = 'organisation_id' and a.attnum = any (k.conkey))
               -- People are not an organisation's: whoever did something may belong to another one.
               and k.confrelid::regclass::text <> 'principals'
            """
        ),
    ]

    @Test func theCatalogueKeepsTheRules() async throws {
        try await TestRegistry.with { test in
            for (rule, query) in Self.rules {
                let found = try await test.database.run(query).compactMap { $0.first ?? nil }
                #expect(found.isEmpty, "\(rule): \(found)")
            }
        }
    }

    /// A test without teeth is decoration: each planted hole must be found.
    @Test func plantedHolesAreFound() async throws {
        let holes: [(hole: String, rule: Int)] = [
            ("alter table grants no force row level security", 0),
            ("alter table grants owner to counterpoint_service", 1),
            ("grant counterpoint_owner to counterpoint_service", 2),
            ("alter function sec.campaigns() reset search_path", 3),
            ("alter function sec.campaigns() owner to postgres", 4),
            ("grant execute on function sec.begin_as(text) to public", 5),
            ("grant select on readings to counterpoint_service", 6),
            ("create policy open on grants for select to counterpoint_ngo using (true)", 8),
            ("grant truncate on readings to counterpoint_ngo", 9),
            ("grant select on sec.token_secrets to counterpoint_auditor", 10),
            ("grant select on organisation_contacts to counterpoint_funder", 11),
        ]
        try await TestRegistry.with { test in
            for (hole, rule) in holes {
                let query = Self.rules[rule].query
                // Roles are the whole cluster's: everything is planted, looked at and rolled back in one go.
                let found =
                    try await test.database.run(
                        """
                        begin;
                        \(hole);
                        create temporary table found as select * from (\(query)) as f(thing);
                        create temporary table kept (things bigint);
                        insert into kept select count(*) from found;
                        select things::text from kept;
                        """
                    ).first?.first ?? nil
                #expect(found != "0" && found != nil, "not found: \(hole)")
            }
        }
    }
}
