"""Specs of the domain, read models, HTTP flows, architecture and faults."""
