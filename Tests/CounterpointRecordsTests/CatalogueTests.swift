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
                    or has_table_privilege(r.oid, 'sec.context_key', 'select'))
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
        (
            "a view has its reader's rights, and nothing is kept ready outside row security",
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('public', 'sec') and c.relkind in ('v', 'm', 'f')
               and not (c.relkind = 'v' and coalesce(array_to_string(c.reloptions, ',') ~ 'security_invoker=(true|on|1)', false))
            """
        ),
        (
            "every policy that lets somebody in asks who is calling, or for a row that is itself behind policies",
            """
            select c.relname || '.' || p.polname from pg_policy p join pg_class c on c.oid = p.polrelid,
                   lateral (values (p.polqual), (p.polwithcheck)) as e(tree)
             where p.polpermissive and e.tree is not null and pg_get_expr(e.tree, p.polrelid) !~ 'sec\\.|EXISTS'
            """
        ),
        (
            "every table has the administrator's and the auditor's policy and no other for everybody",
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'schema_migrations'
               and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
               and ((select count(*) from pg_policy p where p.polrelid = c.oid and p.polname in ('administrator', 'auditor')) <> 2
                    or exists (select from pg_policy p where p.polrelid = c.oid and 0 = any (p.polroles)))
            """
        ),
        (
            "every table of an organisation has the wall, for viewers too",
            """
            select c.relname from pg_class c
             where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
               and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id')
               and exists (select from pg_class r, aclexplode(r.relacl) a join pg_roles o on o.oid = a.grantee
                            where r.oid = c.oid and o.rolname = 'counterpoint_ngo' and a.privilege_type <> 'SELECT')
               and (select count(*) from pg_policy p where p.polrelid = c.oid and not p.polpermissive
                       and p.polname in ('ngo_wall', 'ngo_viewers_delete_nothing')) <> 2
            """
        ),
        (
            "no unique or exclusion key of an organisation's table is made of what callers choose: it would tell one of another",
            """
            select k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
             where k.contype in ('p', 'u', 'x') and c.relnamespace = 'public'::regnamespace
               and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id')
               and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = any (k.conkey)
                                  and a.atttypid = 'uuid'::regtype)
            """
        ),
        (
            "ids are random: no sequence and no identity counts what others do",
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('public', 'sec') and c.relkind = 'S'
            """
        ),
        (
            "a trigger that looks at rows at the end of a transaction sees all of them, not its caller's",
            """
            select t.tgname from pg_trigger t join pg_proc p on p.oid = t.tgfoid
             where not t.tgisinternal and t.tgdeferrable and not p.prosecdef
            """
        ),
        (
            "no trigger of ours is switched off",
            """
            select t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
             where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and t.tgenabled = 'D'
            """
        ),
        (
            "every row that callers change needs its entry in the log",
            """
            select c.relname from pg_class c where c.relname in
                   ('campaigns', 'grants', 'organisations', 'organisation_merges', 'principals', 'programmes', 'result_sets', 'tokens')
               and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
                                where t.tgrelid = c.oid and p.proname = 'require_audit')
            """
        ),
        (
            "no function of ours is taken for leakproof",
            """
            select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname in ('public', 'sec') and p.proleakproof
               and not exists (select from pg_depend e where e.objid = p.oid and e.deptype = 'e')
            """
        ),
        (
            "only verifier and backup pass row security, and no role of ours makes others",
            """
            select r.rolname from pg_roles r where r.rolname like 'counterpoint%'
               and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication
                    or r.rolbypassrls and r.rolname not in ('counterpoint_verifier', 'counterpoint_backup'))
            """
        ),
        (
            "the logins become the roles of callers and nothing else, and inherit none",
            """
            select m.member::regrole || ' ' || m.roleid::regrole from pg_auth_members m
             where m.member::regrole::text in ('counterpoint_service', 'counterpoint_operator')
               and (m.roleid::regrole::text not in ('counterpoint_ngo', 'counterpoint_manager', 'counterpoint_funder',
                                                    'counterpoint_auditor', 'counterpoint_admin') or m.admin_option)
            union all
            select r.rolname from pg_roles r
             where r.rolname in ('counterpoint_service', 'counterpoint_operator') and r.rolinherit
            """
        ),
        (
            "nobody makes anything in a schema, or temporary tables, or blocks of code",
            """
            select r.rolname from pg_roles r where r.rolname like 'counterpoint%'
               and r.rolname not in ('counterpoint_owner', 'counterpoint_verifier')
               and (has_schema_privilege(r.oid, 'public', 'create') or has_schema_privilege(r.oid, 'sec', 'create')
                    or has_database_privilege(r.oid, current_database(), 'create, temporary')
                    or has_language_privilege(r.oid, 'plpgsql', 'usage'))
            """
        ),
        (
            "nobody locks, ends or notifies others by a function",
            """
            select r.rolname || ' ' || p.proname from pg_roles r, pg_proc p
             where r.rolname in ('counterpoint_service', 'counterpoint_operator', 'counterpoint_ngo', 'counterpoint_manager',
                                 'counterpoint_funder', 'counterpoint_auditor', 'counterpoint_admin')
               and p.pronamespace = 'pg_catalog'::regnamespace
               and (p.proname ~ '^pg_(try_)?advisory_' or p.proname in ('pg_terminate_backend', 'pg_cancel_backend',
                    'lo_create', 'lo_from_bytea', 'lo_put', 'pg_notify'))
               and has_function_privilege(r.oid, p.oid, 'execute')
            """
        ),
        (
            "whoever may change or remove rows may read them: else what they reach is not what they see",
            """
            select r.rolname || ' ' || c.relname from pg_roles r, pg_class c
             where r.rolname like 'counterpoint%' and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
               and r.rolname not in ('counterpoint_owner', 'counterpoint_verifier')
               and (has_any_column_privilege(r.oid, c.oid, 'update') or has_table_privilege(r.oid, c.oid, 'delete'))
               and not has_table_privilege(r.oid, c.oid, 'select')
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
            (
                "alter table result_sets add constraint c foreign key (campaign_id) references campaigns (id)",
                12
            ),
            ("create view v as select * from campaigns", 13),
            ("create policy open on grants for select to counterpoint_ngo using (title <> '')", 14),
            ("create policy open on grants using (sec.acts_as('funder'))", 15),
            ("drop policy ngo_viewers_delete_nothing on readings", 16),
            ("alter table grants add unique (title)", 17),
            ("alter table grants add number bigint generated always as identity", 18),
            ("alter function sec.require_audit() security invoker", 19),
            ("alter table grants disable trigger audited", 20),
            ("drop trigger audited on grants", 21),
            ("alter function sec.campaigns() leakproof", 22),
            ("alter role counterpoint_service bypassrls", 23),
            ("grant pg_read_all_data to counterpoint_service", 24),
            ("grant create on schema public to counterpoint_ngo", 25),
            ("grant execute on function pg_advisory_lock(bigint) to public", 26),
            ("revoke select on readings from counterpoint_ngo", 27),
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
            let unplanted = Set(Self.rules.indices).subtracting(holes.map(\.rule))
            #expect(unplanted == [7], "a rule without a planted hole")
        }
    }
}
