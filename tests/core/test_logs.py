"""The log keeps no secret."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from core.logs import start_log, without_secrets


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("postgresql://wang:s3cret@server/books", "postgresql://wang:***@server/books"),
        ("connect(password='s3cret', user='wang')", "connect(password=***', user='wang')"),
        ('{"pin": "2468"}', '{"pin": ***"}'),
        ("postgresql://wang@server/books", "postgresql://wang@server/books"),
        ("the shopping list", "the shopping list"),
    ],
)
def test_a_password_becomes_stars(words: str, written: str) -> None:
    assert without_secrets(words) == written


@pytest.mark.log_warnings_expected
def test_warnings_are_written_without_secrets(home: Path) -> None:
    root, level = logging.getLogger(), logging.getLogger().level
    start_log()
    start_log()
    ours = [handler for handler in root.handlers if isinstance(handler, RotatingFileHandler)]
    try:
        logging.getLogger("steward.test").warning("opening %s", "postgresql://wang:s3cret@server/books")
        assert len(ours) == 1
        written = (home / "log" / "steward.log").read_text(encoding="utf-8")
        assert "postgresql://wang:***@server/books" in written
        assert "s3cret" not in written
    finally:
        for handler in ours:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
