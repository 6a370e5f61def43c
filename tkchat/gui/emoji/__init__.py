"""Emoji: found in text, drawn as pictures, named by shortcodes, picked from a grid."""
