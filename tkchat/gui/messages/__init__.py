"""The messages of the current room: what they look like, and what can be done to them."""
