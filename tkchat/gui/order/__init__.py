"""Keeping order in the window: who decides, who is muted, who asks to be let in."""
