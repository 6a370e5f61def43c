"""Widgets that know nothing of chats."""
