"""The generators of the reference pages; nothing here is part of the service."""
