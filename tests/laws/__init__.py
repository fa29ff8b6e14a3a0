"""Laws that hold from file to page, through what anyone can call; those of one stage stand beside it."""
