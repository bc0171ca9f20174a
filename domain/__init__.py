"""What may happen, and who may see it: pure Python and pydantic, no I/O, no clock, no framework."""
