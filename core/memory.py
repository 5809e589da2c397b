"""How often Python looks for unused objects in circles.

Left alone it looks every 700 new objects, and again and again through all of them while a list of a hundred thousand rows
is made: half of the time of such a list. Rows make no circles, so looking less often costs nothing.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 500_000, 10, 10


def look_less_often() -> None:
    """Call once at the start of a program (window, command line, benchmark)."""
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def keep_what_is_loaded() -> None:
    """Call once when a program that stays open is loaded: its own parts are never unused, and are looked through no more."""
    gc.freeze()
