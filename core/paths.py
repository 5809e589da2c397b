"""Where things lie on this PC: the program's own resources, the person's settings, data, logs and backups."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_NAME = "Steward"


def resource(*parts: str) -> Path:
    """A file that came with the program (fonts, icons, translations)."""
    base = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
    return base.joinpath("resources", *parts)


def data_folder() -> Path:
    """Where the sites of this PC lie; `STEWARD_HOME` overrides it."""
    return _made(_base() / "sites")


def config_folder() -> Path:
    """Settings of this PC, and the list of saved sites."""
    return _made(_base() / "config")


def log_folder() -> Path:
    """Log and crash report files of this PC."""
    return _made(_base() / "log")


def backup_folder() -> Path:
    """Where backups go when no other folder is named."""
    return _made(_base() / "backup")


def report_folder() -> Path:
    """Where the sample's scheduled reports go, once somebody switches them on."""
    return _made(_base() / "reports")


def _base() -> Path:
    home = os.environ.get("STEWARD_HOME")
    if home:
        return Path(home)
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
