-- hole: whoever is connected signs in under any name
-- caught by: DatabaseMatrixTests/functions
grant execute on function sec.begin_as(text) to counterpoint_service;
