"""The same session and model, drawn in a terminal."""
