"""Where `samenspoor` begins: so little that Ctrl-C never meets the loading of the rest."""

from __future__ import annotations

import signal


def main() -> None:
    """Load the command line and run it."""
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:  # and not ignored, as behind nohup: with nothing begun, just end
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from api.commandline.asking import run  # noqa: PLC0415 - see above

    if ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()
