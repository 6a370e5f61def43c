"""One connection, the same for both sides, and what can go wrong with it."""
