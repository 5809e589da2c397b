"""Which version of Steward this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

UNKNOWN = "0"


def program_version() -> str:
    """The version of this program, such as 0.1.0; "0" where it runs without having been installed."""
    try:
        return version("steward")
    except PackageNotFoundError:
        return UNKNOWN
