-- hole: a set can be added as accepted already
-- caught by: SessionTests
drop trigger sets_begin_as_drafts on result_sets;
