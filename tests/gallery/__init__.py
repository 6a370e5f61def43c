"""Takes the pictures of every screen: ``python -m tests.gallery FOLDER``."""
