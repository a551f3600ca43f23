-- The tables of schema/0012 ask for a scope of the token too (schema/0007), like every table that callers write.

set local role counterpoint_owner;

create trigger scope before insert or update or delete on grant_reporting
    for each statement execute function sec.require_scope('manage');
create trigger scope before insert or update or delete on grant_reporting_periods
    for each statement execute function sec.require_scope('manage');
create trigger scope before insert or update or delete on indicators
    for each statement execute function sec.require_scope('manage');
-- Written with the step that a result set takes, whoever may take it.
create trigger scope before insert or update or delete on result_objections
    for each statement execute function sec.require_scope('logResults', 'review');
create trigger scope before insert or update or delete on result_set_steps
    for each statement execute function sec.require_scope('logResults', 'review');

reset role;
