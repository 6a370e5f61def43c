"""The windows: they draw the model and turn gestures into session calls."""
