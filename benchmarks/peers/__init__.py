"""What a user would pick instead of this service."""
