"""Addresses: of robots and gateways on the web, and telephone numbers."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from core.errors import InvalidInput
from core.i18n import _

MOST_LETTERS = 2_000
_PHONE = re.compile(r"\+?\d{5,15}")


def check_url(url: str, *, field: str = "url") -> SplitResult:
    """An address that may be sent to: https, or http within the own network. Raises InvalidInput."""
    wrong = InvalidInput(_("This is no web address. Write one such as https://example.com/send."), field=field)
    if len(url) > MOST_LETTERS or any(letter.isspace() or ord(letter) < 33 for letter in url):
        raise wrong
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError as fault:
        raise wrong from fault
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise wrong
    if parts.username or parts.password:
        raise InvalidInput(_("Name and password do not belong into the address. Use the secret instead."), field=field)
    if parts.scheme == "http" and not is_near(parts.hostname):
        raise InvalidInput(
            _("Nothing is sent to {host} without encryption. Write https.", host=parts.hostname[:60]), field=field
        )
    return parts


def is_near(host: str) -> bool:
    """Whether a host is this PC or stands in the own network: there the web goes without encryption."""
    if host == "localhost" or ("." not in host and ":" not in host) or host.endswith((".local", ".lan", ".internal")):
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_private


def shown_url(url: str) -> str:
    """What of a robot's address may be shown: whom it belongs to, never the key in it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}{f':{parts.port}' if parts.port else ''}/…"


def checked_phone(typed: str) -> str:
    """A telephone number as gateways take it: digits, with a leading + for another country. Raises InvalidInput."""
    plain = re.sub(r"[\s()./\-－（）]", "", typed)
    if not plain.isascii() or not _PHONE.fullmatch(plain):
        raise InvalidInput(_("“{number}” is no telephone number.", number=typed[:30]), field="phone")
    return plain
