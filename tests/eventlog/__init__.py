"""The log on a real PostgreSQL: appending, sealing, deciding, and who may do what to it."""
