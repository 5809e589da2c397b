"""`python -m desktop [SITE]` opens Steward's window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.memory import keep_what_is_loaded, look_less_often

if TYPE_CHECKING:
    from desktop.app import Program


def open_window(arguments: list[str], started: Callable[[Program], None] | None = None) -> int:
    """Load the program and show it; returns the exit code.

    The order is the fastest there is: nothing loaded is unused, so nobody looks for that meanwhile; and Qt, once it is
    there, reads the source of whatever is loaded after it, so it comes last.
    """
    look_less_often()
    import core.office  # noqa: F401
    from desktop.app import main

    keep_what_is_loaded()
    return main(arguments, started)


if __name__ == "__main__":
    sys.exit(open_window(sys.argv))
