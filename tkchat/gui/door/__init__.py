"""The way into a chat: the login dialog, and what may stand in the way."""
