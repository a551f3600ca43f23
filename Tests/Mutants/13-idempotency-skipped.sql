-- hole: a key is taken anew each time, so that a repeated request is done twice
-- caught by: OnceTests
create function public.another_key() returns trigger language plpgsql as $$
begin
    new.key := gen_random_uuid()::text;
    return new;
end $$;
grant execute on function public.another_key() to public;
create trigger another_key before insert on idempotency_keys for each row execute function public.another_key();
