"""The password of the mail server: in the keyring of each PC, or, where a PC has none, for as long as the program runs.

It is kept under server, port and user, so that it is never given to another server than the one it was typed for.
"""

from __future__ import annotations

import os

from sqlalchemy.engine import URL

from core import secrets
from core.mail.types import MailServerEdit

VARIABLE = "STEWARD_MAIL_PASSWORD"
_typed: dict[str, str] = {}


def keep_mail_password(server: MailServerEdit, password: str) -> bool:
    """Keep the password of the mail server on this PC; an empty one is forgotten. False where the PC has no keyring: it is
    then known until the program ends."""
    address = _address(server)
    _typed.pop(address, None)
    if not password:
        secrets.forget_password(address)
        return True
    if secrets.remember_password(address, password):
        return True
    _typed[address] = password
    return False


def find_mail_password(server: MailServerEdit) -> str | None:
    """The password kept on this PC, or None. Where a schedule runs without keyring the environment may hold it."""
    address = _address(server)
    return _typed.get(address) or secrets.find_password(address) or os.environ.get(VARIABLE) or None


def _address(server: MailServerEdit) -> str:
    """Without ever holding the password itself."""
    host, user = server.host.strip().lower(), server.user.strip()
    return URL.create("smtp", username=user, host=host, port=server.port).render_as_string(hide_password=False)
