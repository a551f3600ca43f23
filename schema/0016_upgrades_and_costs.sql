-- What installations with data in them showed: two backfills that saw no rows, what policies cost a summary, and an
-- erasure that left something behind.
--
-- Reading order: the two backfills → what policies ask → forgetting a person.

---------------------------------------------------------------------------------------------------------------------
-- schema/0008 and schema/0012 filled what stood already as the owner of the tables, whom forced row-level security shows
-- nothing: an installation with results got no error, and no rows. (Migrations fill as the superuser who runs them, or as
-- the verifier; UpgradeTests brings a filled installation up.)

-- Of which campaign a revision is: without it a funder was shown no revision, and so no figure.
update programme_revisions r set campaign_id = s.campaign_id
  from result_sets s where s.id = r.result_set_id and r.campaign_id is null;

-- The steps of sets that were logged before steps were noted. What was noted since stands, and comes after them.
create temporary table steps_before on commit drop as
    with told as (
        select distinct on (e.subject_id, e.transaction, e.action) e.subject_id, e.at, e.sequence, e.principal_id,
               substr(e.action, length('resultSet.') + 1) as step, d.after::jsonb->>'reason' as reason
          from audit_entries e left join audit_details d on d.chain = e.chain and d.sequence = e.sequence
         where e.subject_kind = 'resultSet' and e.action in ('resultSet.logged', 'resultSet.submitted',
               'resultSet.returned', 'resultSet.accepted', 'resultSet.superseded', 'resultSet.withdrawn')
         order by e.subject_id, e.transaction, e.action, e.chain
    ), noted as (
        select t.result_set_id, count(*) as steps from result_set_steps t
         where t.step <> 'changed' group by t.result_set_id
    ), numbered as (
        select t.*, row_number() over (partition by t.subject_id order by t.at, t.sequence) as place,
               count(*) over (partition by t.subject_id) as steps
          from told t
    )
    select s.id as result_set_id, s.organisation_id, s.campaign_id, n.place::integer as place, n.step,
           case when n.step in ('returned', 'withdrawn') then n.reason end as reason, n.principal_id, n.at
      from numbered n join result_sets s on s.id = n.subject_id
      left join noted w on w.result_set_id = s.id
     where n.place <= n.steps - coalesce(w.steps, 0)
       and not exists (select from result_set_steps t where t.result_set_id = s.id and t.step = 'logged');

alter table result_set_steps disable trigger stand;
set constraints public.objection_of_a_return deferred;
-- In two moves, so that no number is taken twice on the way.
update result_set_steps t set sequence = t.sequence + 1000000 + b.steps
  from (select result_set_id, count(*)::integer as steps from steps_before group by 1) b
 where b.result_set_id = t.result_set_id;
update result_set_steps t set sequence = t.sequence - 1000000 where t.sequence > 1000000;
update result_objections o set returned_by = o.returned_by + 1000000 + b.steps, settled_by = o.settled_by + 1000000 + b.steps
  from (select result_set_id, count(*)::integer as steps from steps_before group by 1) b
 where b.result_set_id = o.result_set_id;
update result_objections o set returned_by = o.returned_by - 1000000, settled_by = o.settled_by - 1000000
 where o.returned_by > 1000000;
insert into result_set_steps (result_set_id, sequence, organisation_id, campaign_id, step, reason, principal_id, at)
    select b.result_set_id, b.place, b.organisation_id, b.campaign_id, b.step, b.reason, b.principal_id, b.at
      from steps_before b;
set constraints all immediate;
alter table result_set_steps enable trigger stand;

---------------------------------------------------------------------------------------------------------------------
-- What policies cost a summary. Two things showed in the plans of an NGO, whose summaries are small:

-- An index on the organisation of figures. Figures are found by their set, and this index was read from end to end for each
-- set beside it, because the policy names the organisation. Only a change of the safety level looked for figures so.
set local role counterpoint_owner;
drop index result_figures_by_organisation;
reset role;

set local role counterpoint_verifier;

create or replace function sec.follow_safety() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$ begin
    update public.result_figures f
       set disjoint_audiences = sec.published_statement(new.id, s.disjoint_audiences)
      from public.result_sets s
     where s.organisation_id = new.id and s.disjoint_audiences is not null
       and f.result_set_id = s.id and f.side = 'published' and f.disjoint_audiences is not null;
    return null;
end $$;

-- And the programmes in which it holds a grant, asked for ten times. They are looked up once, when the caller signs in, and
-- stand in the signed context as item 11, as managed and funded ones do as item 8.
create or replace function sec.enter(principal principals, token uuid, token_scopes text[], credential_end timestamptz,
        out role text, out principal_id uuid, out principal_role text, out organisation_id uuid,
        out token_id uuid, out programmes uuid[], out scopes text[])
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    claims text;
    signature text;
    granting  uuid[] := '{}';
begin
    role := case principal.role
        when 'administrator' then 'counterpoint_admin' when 'programmeManager' then 'counterpoint_manager'
        when 'funder' then 'counterpoint_funder' when 'auditor' then 'counterpoint_auditor'
        else 'counterpoint_ngo' end;
    principal_id := principal.id;
    principal_role := principal.role;
    organisation_id := principal.organisation_id;
    token_id := token;
    scopes := token_scopes;
    programmes := case principal.role
        when 'programmeManager' then array(
            select m.programme_id from public.programme_managers m where m.principal_id = principal.id order by 1)
        when 'funder' then array(
            select f.programme_id from public.programme_funders f
             where f.organisation_id = principal.organisation_id order by 1)
        else '{}' end;
    if principal.role in ('ngoEditor', 'ngoViewer') then
        granting := array(select distinct g.programme_id from public.grants g
                           where g.organisation_id = principal.organisation_id);
    end if;
    claims := concat_ws('|', pg_backend_pid(), (extract(epoch from now()) * 1000000)::bigint, principal.role, principal.id,
        coalesce(principal.organisation_id::text, ''), coalesce(token::text, ''), programmes::text,
        coalesce(token_scopes::text, ''),
        coalesce((extract(epoch from credential_end) * 1000000)::bigint::text, ''), granting::text);
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(claims, 'UTF8'))), 'hex')
      into signature from sec.context_key k;
    perform set_config('counterpoint.context', signature || '|' || claims, true);
end $$;

-- Who is calling, as the policies ask it: thirty times a summary, so each function looks for itself instead of asking
-- another. They differ in what they answer and in nothing else; signature, backend and start of the transaction are the
-- beginning of the text and are compared as one. Without a key, which must never be, nothing is known of any text.
do $do$
declare
    answer record;
begin
    for answer in
        select * from (values
            ('claims()', 'text[]', 'null', $$return string_to_array(context, '|')$$),
            ('principal()', 'uuid', 'null', $$return nullif(split_part(context, '|', 5), '')::uuid$$),
            ('acts_as(role text)', 'boolean', 'false', $$return split_part(context, '|', 4) = role$$),
            ('organisation()', 'uuid', 'null',
             $$if split_part(context, '|', 4) in ('ngoEditor', 'ngoViewer') then
        return nullif(split_part(context, '|', 6), '')::uuid;
    end if;
    return null$$),
            ('editing_organisation()', 'uuid', 'null',
             $$if split_part(context, '|', 4) = 'ngoEditor' then return nullif(split_part(context, '|', 6), '')::uuid; end if;
    return null$$),
            ('managed_programmes()', 'uuid[]', $$'{}'$$,
             $$if split_part(context, '|', 4) = 'programmeManager' then
        return coalesce(nullif(split_part(context, '|', 8), '')::uuid[], '{}');
    end if;
    return '{}'$$),
            ('funded_programmes()', 'uuid[]', $$'{}'$$,
             $$if split_part(context, '|', 4) = 'funder' then
        return coalesce(nullif(split_part(context, '|', 8), '')::uuid[], '{}');
    end if;
    return '{}'$$),
            ('granting_programmes()', 'uuid[]', $$'{}'$$,
             $$if split_part(context, '|', 4) in ('ngoEditor', 'ngoViewer') then
        return coalesce(nullif(split_part(context, '|', 11), '')::uuid[], '{}');
    end if;
    return '{}'$$)
        ) as a(signature, type, to_nobody, to_caller)
    loop
        execute format($shape$
create or replace function sec.%s returns %s
    language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $function$
declare
    context text := current_setting('counterpoint.context', true);
    begins  text;
begin
    -- Never set in this session: null. Set by an earlier transaction: ''. Both mean that nobody is calling.
    if context is null or context = '' then return %s; end if;
    select encode(sha256(k.outer_key || sha256(k.inner_key || convert_to(substr(context, 66), 'UTF8'))), 'hex')
               || '|' || pg_backend_pid() || '|' || (extract(epoch from now()) * 1000000)::bigint || '|'
      into begins from sec.context_key k;
    if starts_with(context, begins) is not true then
        raise exception 'forged request context' using errcode = '28000';
    end if;
    %s;
end $function$ $shape$, answer.signature, answer.type, answer.to_nobody, answer.to_caller);
    end loop;
end $do$;

reset role;

---------------------------------------------------------------------------------------------------------------------
-- Forgetting a person forgets who they are elsewhere

grant delete on principal_identities to counterpoint_verifier;
set local role counterpoint_verifier;

-- As schema/0009 has it, and with who the principal is for an OpenID provider: the subject of its tokens, often a mail
-- address, stayed behind, in the link and in what the log says of linking. Also kept answers that others got about the
-- principal: whoever added it with an idempotency key was answered with its name.
create or replace function sec.erase_principal(erased uuid, why text, request text) returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
    holder principals;
    links  uuid[];
    places jsonb;
begin
    perform sec.require_administrator();
    select * into holder from public.principals p where p.id = erased for update;
    if holder.id is null then raise exception 'no such principal' using errcode = 'CP003'; end if;
    if erased = sec.principal() then
        raise exception 'Nobody can erase themselves; have another administrator do it.'
            using errcode = 'CP010', constraint = 'oneself';
    end if;
    update public.principals p
       set name = 'Erased ' || left(erased::text, 8), disabled_at = coalesce(p.disabled_at, now()), updated_at = now(),
           version = p.version + 1
     where p.id = erased;
    update public.tokens t set label = 'erased', revoked_at = coalesce(t.revoked_at, now()), version = t.version + 1
     where t.principal_id = erased and t.label <> 'erased';
    update public.idempotency_keys k set body = '{}'
     where k.body is not null and (k.principal_id = erased or position(convert_to(erased::text, 'UTF8') in k.body) > 0);
    with gone as (delete from public.principal_identities i where i.principal_id = erased returning i.id)
    select coalesce(array_agg(g.id), '{}') into links from gone g;
    select coalesce(jsonb_agg(jsonb_build_array(e.chain, e.sequence) order by e.chain, e.sequence), '[]') into places
      from public.audit_entries e join public.audit_details d on d.chain = e.chain and d.sequence = e.sequence
     where (e.subject_id = erased or e.subject_id = any (links)
            or e.subject_id in (select t.id from public.tokens t where t.principal_id = erased))
       and d.erased_by is null and e.action <> 'principal.erased';
    return sec.erase_details(places, request, 'principal.erased', 'principal', erased, holder.organisation_id,
        jsonb_build_object('reason', why));
end $$;

reset role;
