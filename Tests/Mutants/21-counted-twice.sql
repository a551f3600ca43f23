-- hole: nothing keeps two sets from covering the same days
-- caught by: RulesTests
alter table result_coverage drop constraint nothing_is_counted_twice;
