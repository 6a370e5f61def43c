"""Each attack that a host in a bad network meets, while people in the room keep talking."""
