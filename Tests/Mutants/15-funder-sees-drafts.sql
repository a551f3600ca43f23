-- hole: a funder sees sets that nobody accepted
-- caught by: DatabaseMatrixTests/matrix
alter policy accepted on result_sets using (campaign_id = any ((select sec.campaigns())::uuid[]));
