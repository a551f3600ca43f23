-- hole: a statement slipped in finds, and replaces, the one that signs the next caller in
-- caught by: RivalTests/preparedStatements
grant select on pg_catalog.pg_prepared_statements to public;
grant execute on function pg_catalog.pg_prepared_statement() to public;
