// What the service relies on, asked of the server itself before the first request.

import Postgres

enum Installation {
    static let server = SQLStatement(
        """
        select current_setting('server_version_num')::integer, current_setting('synchronous_commit'),
               current_setting('fsync'), current_setting('server_encoding'), session_user::text,
               (select r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
                  from pg_roles r where r.rolname = session_user),
               (extract(epoch from clock_timestamp()) * 1000000)::bigint,
               exists (select from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = session_user
                          and c.relnamespace in ('public'::regnamespace, 'sec'::regnamespace)),
               has_database_privilege('public', current_database(), 'temporary'), current_database()::text
        """, name: "installation.server")

    /// Tables that are not behind forced row-level security.
    static let unprotected = SQLStatement(
        """
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and n.nspname in ('public', 'sec')
           and not (c.relrowsecurity and c.relforcerowsecurity)
           and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
         order by 1
        """, name: "installation.unprotected")

    /// Roles of ours that are missing, or can do more than they should.
    static let roles = SQLStatement(
        """
        select w.name, r.rolname is null,
               coalesce(r.rolsuper or r.rolcreaterole or r.rolcreatedb
                        or (r.rolbypassrls and w.name not in ('counterpoint_verifier', 'counterpoint_backup')), false)
          from unnest(array['counterpoint_owner', 'counterpoint_verifier', 'counterpoint_ngo', 'counterpoint_manager',
                            'counterpoint_funder', 'counterpoint_auditor', 'counterpoint_admin', 'counterpoint_service',
                            'counterpoint_operator']) as w(name)
          left join pg_roles r on r.rolname = w.name
         where r.rolname is null or r.rolsuper or r.rolcreaterole or r.rolcreatedb
            or (r.rolbypassrls and w.name not in ('counterpoint_verifier', 'counterpoint_backup'))
        """, name: "installation.roles")

    /// Triggers of ours that somebody has switched off.
    static let sleepingTriggers = SQLStatement(
        """
        select c.relname || '.' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
         where not t.tgisinternal and t.tgenabled = 'D' and c.relnamespace = 'public'::regnamespace order by 1
        """, name: "installation.sleepingTriggers")

    static let schemaLevel = SQLStatement(
        "select sec.schema_level()",
        name: "installation.schemaLevel")

    static let all: [SQLStatement] = [server, unprotected, roles, sleepingTriggers, schemaLevel]
}
