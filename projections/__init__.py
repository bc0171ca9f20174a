"""Disposable read models, each with its SQL beside it, and the projector that feeds them."""
