"""The region that the stories are told in."""

from __future__ import annotations

from tests.api.conftest import own_region as own_region  # noqa: PLC0414 - re-exported
from tests.api.conftest import region as region  # noqa: PLC0414
