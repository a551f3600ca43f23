-- hole: figures about fewer than ten people are published
-- caught by: SideChannelTests/published
create or replace function sec.is_small(value numeric) returns boolean language sql immutable as $$ select false $$;
