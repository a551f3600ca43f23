-- What installations with data in them showed: two backfills that saw no rows, what policies cost a summary, and an
-- erasure that left something behind.
--
-- Reading order: the two backfills → …

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
