"""The ways in: HTTP, web pages and the command line."""
