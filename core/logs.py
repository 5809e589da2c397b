"""The log of this PC: a few small files that replace each other, without passwords."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler

from core.paths import log_folder

FILE_BYTES = 1_000_000
FILES_KEPT = 5
_SECRET = re.compile(
    r"(://[^:/@\s]+:)[^@\s]+(?=@)|((?:password|secret|pin)['\"]?\s*[=:]\s*)['\"]?[^'\",\s)]+", re.IGNORECASE
)


class WithoutSecrets(logging.Formatter):
    """Writes a line with stars where a password stood."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


def without_secrets(words: str) -> str:
    """The same words with stars for passwords in addresses (user:***@host) and after password=, secret= and pin=."""
    return _SECRET.sub(lambda found: f"{found.group(1) or found.group(2)}***", words)


def start_log(name: str = "steward") -> None:
    """Write warnings of others and our own news to a file of the log folder; done once, later calls change nothing."""
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    handler = RotatingFileHandler(
        log_folder() / f"{name}.log", maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(WithoutSecrets("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("steward").setLevel(logging.INFO)
