"""What the figures that the project states come from: ``python -m benchmarks``."""
