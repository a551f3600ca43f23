-- hole: a policy that lets every manager see every campaign, written so that no rule of the catalogue knows it
-- caught by: DatabaseMatrixTests/matrix
create policy open on campaigns for select to counterpoint_manager using ((select sec.principal()) is not null);
