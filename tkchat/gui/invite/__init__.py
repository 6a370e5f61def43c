"""Showing others the way into the chat."""
