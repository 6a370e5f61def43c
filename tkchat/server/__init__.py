"""The host: an accept thread, a thread per client, and the hub that owns all chat state."""
