"""What the settings of a mail server must be like."""

from __future__ import annotations

import re
from dataclasses import replace

from core.errors import InvalidInput
from core.i18n import _
from core.mail.rules.message import LONGEST_NAME, check_address, one_line
from core.mail.types import SECURITIES, MailServer, MailServerEdit, Security

LONGEST_USER = 200
PORTS = range(1, 65_536)
USUAL_PORT: dict[Security, int] = {"ssl": 465, "starttls": 587, "none": 25}
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", re.ASCII)
_NUMBERS = re.compile(r"[0-9a-f:]{2,39}", re.ASCII)

NOT_SET = MailServer(MailServerEdit("", USUAL_PORT["starttls"], "starttls", "", ""), version=0)


def checked_server(edit: MailServerEdit) -> MailServerEdit:
    """The settings as they are kept. Raises InvalidInput for what cannot be right, naming the field."""
    host = edit.host.strip().rstrip(".").lower()
    if not _is_host(host):
        raise InvalidInput(_("This is no name of a server. It should look like smtp.example.com."), field="host")
    if edit.port not in PORTS:
        raise InvalidInput(_("A port is a number from 1 to 65535; usual are 465 and 587."), field="port")
    if edit.security not in SECURITIES:
        raise InvalidInput(_("Choose STARTTLS, SSL or no encryption."), field="security")
    user = edit.user.strip()
    if len(user) > LONGEST_USER or not user.isprintable():
        raise InvalidInput(_("This is too long for a user name."), field="user")
    return replace(
        edit,
        host=host,
        user=user,
        address=_address(edit.address, "address"),
        name=one_line(edit.name, LONGEST_NAME),
        reply_to=_address(edit.reply_to, "reply_to") if edit.reply_to.strip() else "",
    )


def _is_host(host: str) -> bool:
    if len(host) > 253:
        return False
    try:
        plain = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return False
    return bool(_HOST.fullmatch(plain) or (":" in plain and _NUMBERS.fullmatch(plain)))


def _address(address: str, field: str) -> str:
    try:
        return check_address(address)
    except InvalidInput as fault:
        raise InvalidInput(fault.text, field=field) from fault
