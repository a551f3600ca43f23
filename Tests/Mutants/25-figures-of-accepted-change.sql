-- hole: figures of an accepted set can be written by whoever may write them
-- caught by: SessionTests/injections
drop trigger figures_stand on result_figures;
