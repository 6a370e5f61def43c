"""Where the person is and can go: rooms, conversations, people."""
