"""The append-only log: appending, idempotency, encryption per person, migrations."""
