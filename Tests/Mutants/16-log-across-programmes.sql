-- hole: a manager reads the log of other programmes about an organisation that is in theirs as well
-- caught by: DatabaseMatrixTests/matrix
alter policy of_the_manager on audit_entries
    using (organisation_id = any ((select sec.organisations_in_programmes())::uuid[]));
