"""Trying out hosts and clients on a network that fails as planned."""
