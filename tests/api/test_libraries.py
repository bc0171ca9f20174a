"""What libraries log becomes lines of the log of the service, without anybody in them."""

from __future__ import annotations

import json
import logging


def test_what_a_library_logs_is_a_line_without_what_it_was_given(lines, capfd):
    error = RuntimeError("Noor van den Berg slikt medicatie")
    logging.getLogger("asyncio").error("broke on Noor %s", "slikt", exc_info=error, stack_info=True)
    logging.getLogger("uvicorn.error").warning("Invalid request:\n%s", "Noor slikt")
    logging.getLogger("uvicorn.error").info("Started")
    broke, invalid = lines()
    assert (broke["library"], broke["level"], broke["error"]) == (
        "asyncio",
        "error",
        "RuntimeError",
    )
    assert broke["where"].startswith("test_libraries.py:")
    assert (invalid["library"], invalid["said"]) == ("uvicorn.error", "Invalid request:")
    assert not any(word in json.dumps([broke, invalid]) for word in ("Noor", "slikt"))
    assert capfd.readouterr() == ("", ""), "nothing is written beside the log"
