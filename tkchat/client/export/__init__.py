"""A room's messages as a file that anybody can read, for as long as there are files."""
