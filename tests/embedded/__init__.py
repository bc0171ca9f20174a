"""The embedded server, on real servers of its own that are killed in every way."""
