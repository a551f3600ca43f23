// What somebody would try who can slip statements into a session of the service, after NGO A's editor has signed in to it.
// `{…}` stands for an id of the isolation world.

/// A try and how it must end.
struct Injection {
    enum Outcome {
        /// With this SQLSTATE.
        case refused(String)
        /// It runs; its last statement shows just this.
        case shows([String])
    }

    let what: String
    let sql: String
    let outcome: Outcome

    private init(_ what: String, _ outcome: Outcome, _ sql: String) {
        self.what = what
        self.sql = sql
        self.outcome = outcome
    }

    /// Names of the campaigns that the session sees.
    private static let campaigns = "select name from campaigns order by name"
    private static let own = ["Campaign A", "Earlier campaign"]
    private static let denied = Outcome.refused("42501")
    private static let forged = Outcome.refused("28000")

    static let all: [Injection] =
        becoming + pretending + reaching + changing + making + files + others + leaving

    private static let becoming: [Injection] = [
        .init("become the verifier", denied, "set role counterpoint_verifier"),
        .init("become the owner", denied, "set role counterpoint_owner"),
        .init("become the administrator's role", denied, "set role counterpoint_admin"),
        .init("become the superuser", denied, "set role postgres"),
        .init("become the backup", denied, "set role counterpoint_backup"),
        .init("become a manager's role", .shows([]), "set role counterpoint_manager; \(campaigns)"),
        .init(
            "become a funder's role", .shows([]),
            "set role counterpoint_funder; select id from campaigns"),
        .init(
            "become the auditor's role", .shows([]), "set role counterpoint_auditor; \(campaigns)"),
        .init("go back to the login", denied, "reset role; \(campaigns)"),
        .init(
            "be another from the start", denied, "set session authorization counterpoint_verifier"),
        .init(
            "lose the role in a savepoint", .shows(own),
            "savepoint a; set local role counterpoint_manager; rollback to a; \(campaigns)"),
        .init("give oneself rights", denied, "alter role counterpoint_service superuser"),
        .init(
            "give oneself row security's bypass", denied,
            "reset role; alter role counterpoint_service bypassrls"),
        .init("join the verifier", denied, "grant counterpoint_verifier to counterpoint_service"),
        .init("make a role", denied, "create role counterpoint_guest superuser"),
        .init("sign in as the command line does", denied, "reset role; select sec.begin_as('eB')"),
        .init(
            "sign another's context", denied,
            "select sec.enter(p, null, null, null) from principals p"),
        .init(
            "sign in with a token that is none", forged,
            "reset role; select sec.begin('cpt_000000000000000000000000000000000000')"),
    ]

    private static let pretending: [Injection] = [
        .init(
            "write a context", forged,
            "select set_config('counterpoint.context', 'x|1|1|ngoEditor|{eB}|{B}||{}', true); \(campaigns)"
        ),
        .init(
            "put the rival into one's own context", forged,
            "select set_config('counterpoint.context', replace(current_setting('counterpoint.context'), '{A}', '{B}'), true); \(campaigns)"
        ),
        .init(
            "promote oneself in one's own context", forged,
            "select set_config('counterpoint.context', replace(current_setting('counterpoint.context'), 'ngoEditor', 'auditor'), true); set role counterpoint_auditor; \(campaigns)"
        ),
        .init(
            "add a programme to one's own context", forged,
            "select set_config('counterpoint.context', replace(current_setting('counterpoint.context'), '{}', '{Q}'), true); \(campaigns)"
        ),
        .init(
            "take the context along into a transaction of one's own", forged,
            "select set_config('x.kept', current_setting('counterpoint.context'), false); commit and chain; set local role counterpoint_ngo; select set_config('counterpoint.context', current_setting('x.kept'), true); \(campaigns)"
        ),
        .init(
            "let the context outlive its transaction", forged,
            "select set_config('counterpoint.context', current_setting('counterpoint.context'), false); commit and chain; set local role counterpoint_ngo; \(campaigns)"
        ),
        .init(
            "leave the context for the next on the connection", .shows([]),
            "select set_config('counterpoint.context', current_setting('counterpoint.context'), false); commit; begin; set local role counterpoint_ngo; \(campaigns)"
        ),
        .init(
            "widen the scopes in one's own context", forged,
            "select set_config('counterpoint.context', replace(current_setting('counterpoint.context'), '{read', '{review,read'), true); \(campaigns)"
        ),
        .init("read the key of identities", denied, "select inner_key from sec.identity_key"),
        .init(
            "assert another's identity", forged,
            "reset role; select sec.begin_identity('https://provider.example', 'eB', (extract(epoch from now()) * 1000000)::bigint + 60000000, (extract(epoch from now()) * 1000000)::bigint + 90000000, sha256('x'))"
        ),
        .init(
            "install a key of identities", denied, "select sec.install_identity_key(sha256('x'))"),
        .init(
            "empty the context", .shows([]),
            "select set_config('counterpoint.context', '', true); \(campaigns)"),
        .init("read the key of the context", denied, "select inner_key from sec.context_key"),
        .init("ask for the flag of a merge", denied, "select sec.merging_flag()"),
        .init(
            "write the flag of a merge", forged,
            "select set_config('counterpoint.merging', 'x', true); update result_sets set organisation_id = '{B}' where status = 'accepted'"
        ),
    ]

    private static let reaching: [Injection] = [
        .init("read everything of a table", .shows(own), campaigns),
        .init(
            "read the rival's by its id", .shows([]),
            "select name from campaigns where id = '{Bp.campaign}'"),
        .init("read hashes of tokens", denied, "select digest from sec.token_secrets"),
        .init("read chains' heads", denied, "select head from audit_chains"),
        .init(
            "look up the statements that the next will use", denied,
            "select name from pg_prepared_statements"),
        .init(
            "look them up by the function", denied, "select name from pg_prepared_statement()"),
        .init("read questions of receipts", denied, "select question from receipts"),
        .init("switch row security off", denied, "set row_security = off; \(campaigns)"),
        .init(
            "read statistics of columns", .shows([]),
            "select most_common_vals::text from pg_stats where schemaname in ('public', 'sec')"),
        .init(
            "read what others ask at this moment", .shows([]),
            "reset role; select query from pg_stat_activity where query like '%' || 'canary' || '%' and pid <> pg_backend_pid()"
        ),
        .init(
            "join what is hidden through a function of one's own", denied,
            "create function pg_temp.leak(text) returns boolean language sql cost 0.0001 as 'select true'"
        ),
        .init(
            "let an error tell a hidden value", .shows([]),
            "select name from campaigns where organisation_id = '{B}' and (name || 'x')::integer = 1"
        ),
        .init(
            "lock hidden rows", .shows([]),
            "select name from campaigns where organisation_id = '{B}' for update"),
        .init(
            "go through a query as text", denied,
            "select query_to_xml('select name from campaigns', true, false, '')"),
    ]

    private static let changing: [Injection] = [
        .init(
            "change the rival's", .shows([]),
            "update campaigns set name = 'x' where organisation_id = '{B}' returning name"),
        .init(
            "add under the rival", denied,
            "insert into campaigns (organisation_id, name, starts_on, ends_on) values ('{B}', 'x', '2024-01-01', '2024-01-02')"
        ),
        .init(
            "give one's own to the rival", denied, "update campaigns set organisation_id = '{B}'"),
        .init(
            "take over the rival by conflict", denied,
            "insert into campaigns (id, organisation_id, name, starts_on, ends_on) values ('{Bp.campaign}', '{B}', 'x', '2024-01-01', '2024-01-02') on conflict (id) do update set name = 'x'"
        ),
        .init(
            "change what was accepted", .refused("CP004"),
            "update result_sets set digest = 'x' where status = 'accepted'"),
        .init(
            "change accepted figures", .refused("CP004"),
            "update result_figures set total = 1 where stage = 'accepted'"),
        .init(
            "take away accepted days", .refused("CP004"),
            "delete from result_coverage where claim = 'accepted'; set constraints all immediate"),
        .init(
            "add a set that is accepted already", .refused("CP004"),
            "insert into result_sets (organisation_id, campaign_id, channel, period_from, period_to, method, role, breakdown, status) select organisation_id, id, 'radio', '2023-01-01', '2023-01-31', 'form', 'primary', 'none', 'accepted' from campaigns where name = 'Campaign A'"
        ),
        .init(
            "let a draft's figures pass for accepted ones", .refused("CP020"),
            "update result_figures set stage = 'accepted' where stage = 'draft'"),
        .init(
            "add accepted figures to a draft", .refused("CP004"),
            "insert into result_figures (result_set_id, organisation_id, campaign_id, channel, role, breakdown, stage, metric, additivity, period_from, period_to, readings, missing, masked, not_applicable, total, parts, side) select id, organisation_id, campaign_id, channel, role, breakdown, 'accepted', 'shares', 'count', period_from, period_to, 1, 0, 0, 0, 99, 0, 'both' from result_sets where status = 'draft'"
        ),
        .init(
            "sign a decision as the manager", .refused("CP004"),
            "insert into grant_decisions (organisation_id, grant_id, sequence, from_status, to_status, decided_on, principal_id) select organisation_id, id, 99, 'draft', 'submitted', '2024-01-01', '{M}' from grants where title = 'Grant A'"
        ),
        .init(
            "make one's own draft the manager's", .refused("CP004"),
            "update result_sets set created_by = '{M}' where status = 'draft'"),
        .init(
            "take one's own protection away", .refused("CP013"),
            "update organisations set safety = 'public'"),
        .init("empty a table", denied, "truncate result_sets cascade"),
        .init("change the log", denied, "update audit_entries set action = 'x'"),
        .init("remove from the log", denied, "delete from audit_entries"),
        .init(
            "write in another programme's log", denied,
            "select sec.audit('{Q}', null, 'x', 'campaign', '{Bp.campaign}', null, null, null)"),
        .init(
            "write in the rival's log", denied,
            "select sec.audit(null, null, 'x', 'organisation', '{B}', '{B}', null, null)"),
        .init(
            "change without a word in the log", .refused("CP001"),
            "update campaigns set goal = 'x'; set constraints all immediate"),
        .init(
            "end the rival's token", .shows(["false"]),
            "select sec.revoke_token('{eB.token}')::text"),
        .init(
            "make a token for the rival", .refused("CP003"),
            "select sec.issue_token('{eB}', 'x', now() + interval '1 hour', sha256('x'), null)"),
        .init(
            "take over the rival's token", .refused("CP003"),
            "select sec.rotate_token('{eB.token}', interval '0', now() + interval '1 hour', sha256('x'))"
        ),
        .init(
            "merge the rival into oneself", denied,
            "select sec.merge_organisations('{B}', '{A}', 'x', null)"),
    ]

    private static let making: [Injection] = [
        .init(
            "take row security off a table", denied,
            "alter table campaigns disable row level security"),
        .init("take its force away", denied, "alter table campaigns no force row level security"),
        .init("switch triggers off", denied, "alter table result_sets disable trigger all"),
        .init("switch all triggers off", denied, "set session_replication_role = replica"),
        .init("drop a policy", denied, "drop policy ngo_wall on campaigns"),
        .init("add a policy", denied, "create policy x on campaigns using (true)"),
        .init(
            "add a trigger", denied,
            "create trigger x before update on campaigns for each row execute function suppress_redundant_updates_trigger()"
        ),
        .init("add a rule", denied, "create rule x as on select to campaigns do instead select 1"),
        .init(
            "make a function", denied,
            "create function public.x() returns int language sql as 'select 1'"),
        .init(
            "replace a function", denied,
            "create or replace function sec.organisation() returns uuid language sql as 'select null::uuid'"
        ),
        .init(
            "make an operator", denied,
            "create operator public.=== (function = texteq, leftarg = text, rightarg = text)"),
        .init("make a view", denied, "create view public.x as select * from campaigns"),
        .init(
            "make a temporary view", denied, "create temporary view x as select * from campaigns"),
        .init(
            "shadow a table for the next on this connection", denied,
            "create temporary table campaigns (name text)"),
        .init("make a schema", denied, "create schema x"),
        .init("make an extension", denied, "create extension dblink"),
        .init("connect elsewhere", .refused("42883"), "select dblink_connect('dbname=postgres')"),
        .init("run a block of code", denied, "do 'begin end'"),
        .init(
            "hand rights on", .shows([]),
            "grant select on campaigns to public; select a.privilege_type from pg_class c, aclexplode(c.relacl) a where c.relname = 'campaigns' and a.grantee = 0"
        ),
        .init(
            "hand rights on for what comes", denied,
            "alter default privileges for role counterpoint_owner grant select on tables to public"),
        .init("change the server", .refused("25001"), "alter system set log_statement = 'all'"),
        .init("watch the log of the server", denied, "set log_statement = 'all'"),
    ]

    private static let files: [Injection] = [
        .init("run a program", denied, "copy campaigns to program 'cat > /dev/null'"),
        .init("write a file", denied, "copy campaigns to '/tmp/counterpoint-injected'"),
        .init("read a file", denied, "select pg_read_file('/etc/passwd')"),
        .init("list a folder", denied, "select pg_ls_dir('.')"),
        .init("take a file in", denied, "select lo_import('/etc/passwd')"),
        .init("keep something aside as a large object", denied, "select lo_from_bytea(0, 'x')"),
        .init("load a library", denied, "load '/tmp/x.so'"),
        .init("copy into a table", .refused("0A000"), "copy campaigns from stdin"),
    ]

    private static let others: [Injection] = [
        .init(
            "end others' sessions", denied,
            "reset role; select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
        ),
        .init("cancel others' statements", denied, "reset role; select pg_cancel_backend(1)"),
        .init("hold up others by a lock of the session", denied, "select pg_advisory_lock(1)"),
        .init(
            "hold up a programme's revisions", denied,
            "select pg_advisory_xact_lock(hashtextextended('counterpoint revision {Q}', 0))"),
        .init(
            "write in the write-ahead log", denied,
            "select pg_logical_emit_message(false, 'x', 'y')"),
        .init("send a message by a function", denied, "select pg_notify('x', 'y')"),
    ]

    /// What is left behind on the connection for the next caller, who is the rival.
    private static let leaving: [Injection] = [
        .init(
            "prepare a statement for the next to run",
            .shows(["Campaign Bp {canary}", "Campaign Bq {canary}", "Earlier campaign {canary}"]),
            "prepare x as \(campaigns); execute x; commit; begin; {next}; execute x"),
        .init(
            "see the next one's rows through an open cursor", .shows(own),
            "declare x cursor with hold for \(campaigns); commit; begin; {next}; fetch all x"),
        .init(
            "keep one's role for the next", .shows(["counterpoint_ngo"]),
            "set session role counterpoint_manager; commit; begin; {next}"),
        .init(
            "listen in", .shows(["x"]),
            "listen x; commit; begin; {next}; select * from pg_listening_channels()"),
    ]
}
