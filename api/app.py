"""Makes the web application over the services: addresses, middleware and problems."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from api import problems
from api.commands import Commands
from api.complaints import worded
from api.covers import Covers
from api.demo.people import PERSONAS
from api.demo_signin import SignIn
from api.health import Health
from api.linking import Linking
from api.meetings import Meetings
from api.observing import Observing, configure_logging
from api.openapi import TITLE, VERSION, OpenApi
from api.reads import Reads
from api.searching import Searching
from api.settings import Settings
from api.signin import Acting, asked
from api.smelling import Smelling
from api.web.desk.tidying import tidied
from api.web.pages import Pages
from api.wiring import Services, wire
from eventlog.problems import Unavailable


def create_app(services: Services) -> FastAPI:
    """Make the application; the services belong to the caller, who closes them."""
    app = FastAPI(
        # Traces and metrics would carry addresses, which name people.
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
        title=TITLE,
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Acting, services=services), Middleware(Observing)],
        exception_handlers={
            problems.Problem: _problem,
            HTTPException: _raised,
            RequestValidationError: _misread,
            Unavailable: _away,
        },
    )
    app.state.services = services
    reads = Reads(services)
    app.router.routes.append(reads.known)
    app.router.routes.extend(Health(services).routes())
    app.router.routes.extend(Linking(services).routes())
    app.router.routes.extend(Commands(services).routes())
    app.router.routes.extend(Meetings(services).routes())
    app.router.routes.extend(Covers(services).routes())
    app.router.routes.extend(Searching(services).routes())
    app.router.routes.extend(Smelling(services).routes())
    app.include_router(reads.router())
    app.router.routes.extend(SignIn(services).routes())
    app.router.routes.extend(OpenApi(app).routes())
    app.router.routes.extend(Pages(services).routes())  # the last of these takes what is left
    return app


def from_environment() -> FastAPI:
    """Make the application for a server process: `uvicorn --factory api.app:from_environment`."""
    configure_logging()
    settings = Settings.from_environment(os.environ)
    services = wire(settings, personas=PERSONAS if settings.demo else None)
    app = create_app(services)
    settle_memory()

    @asynccontextmanager
    async def closing(_: FastAPI) -> AsyncIterator[None]:
        try:
            with tidied(services):
                yield
        finally:
            services.close()

    app.router.lifespan_context = closing
    return app


def settle_memory() -> None:
    """Keep the collector from walking all that was loaded: a third of the cost of a read."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, problems.Problem)  # noqa: S101 - registered for it alone
    return error.response(asked(request).language, head=request.method == "HEAD")


async def _raised(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    problem = problems.of_status(error.status_code, error.headers)
    return problem.response(asked(request).language, head=request.method == "HEAD")


async def _misread(request: Request, error: Exception) -> Response:
    """Word what FastAPI found wrong with an address; an id that is none does not exist."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it alone
    found = error.errors()
    if any(each["loc"][0] == "path" for each in found):
        return await _problem(request, problems.not_found())
    return await _problem(request, worded(found, skip=1))


async def _away(request: Request, _: Exception) -> Response:
    return await _problem(request, problems.unavailable())
