"""Print the description of the HTTP API to docs/reference: python -m docs.generate_openapi."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from api.openapi import text
from api.reads import Reads

FILE = Path(__file__).parent / "reference" / "openapi.json"


def wanted() -> str:
    """Give the whole file; describing reads needs no services behind them."""
    app = FastAPI(openapi_url=None)
    app.include_router(object.__new__(Reads).router())
    return text(app)


if __name__ == "__main__":
    FILE.write_text(wanted(), "utf-8")
