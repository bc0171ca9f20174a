"""Repeatable measurements of this service beside what a user would pick instead."""
