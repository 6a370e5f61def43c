"""The box to write in, and what helps to write."""
