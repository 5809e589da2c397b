"""What the answers of receivers mean: taken, certainly not taken, or nobody knows.

Source of the meanings: RFC 9110 (HTTP), section 15: 4xx the request is at fault, 5xx the server failed; RFC 6585, section 4
(429, Retry-After).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from core.alerts.types.channels import Delivery
from core.i18n import Text, _

BUSY_SECONDS = 60
MOST_WAIT = 3600
_NOT_LET_IN = frozenset({401, 403, 404, 405, 407, 410})
_CERTAINLY_NOT = frozenset({500, 501, 503, 505, 508, 511})


def by_status(status: int, words: str, retry_after: str) -> Delivery | None:
    """What a status says about the message; None for 2xx, where the answer itself has the word."""
    if 200 <= status < 300:
        return None
    if status in (408, 425, 429) or status in _CERTAINLY_NOT:
        why = _("The receiver is busy (answer {status}). It is tried again.", status=status)
        return Delivery("later", why, is_of_channel=True, wait_seconds=_seconds(retry_after))
    if status >= 500:
        return Delivery("unsure", _("Something between here and the receiver failed (answer {status}).", status=status))
    if status in _NOT_LET_IN:
        return refused(
            _("The receiver does not let us in (answer {status}). Check the channel's address.", status=status),
            is_of_channel=True,
        )
    if 300 <= status < 400:
        return refused(
            _("The receiver has moved (answer {status}). Write its new address into the channel.", status=status),
            is_of_channel=True,
        )
    return refused(_("The receiver does not take this message (answer {status}): {words}", status=status, words=words))


def taken() -> Delivery:
    """The receiver has the message."""
    return Delivery("sent", _("The receiver has it."))


def busy(number: int, words: str) -> Delivery:
    """Too many messages, or a weakness of a moment."""
    why = _("The receiver takes no more just now ({number} {words}). It is tried again.", number=number, words=words)
    return Delivery("later", why, is_of_channel=True, wait_seconds=BUSY_SECONDS)


def wrong_secret(number: int, words: str) -> Delivery:
    """The robot's address, key or signature is wrong: every message would fare the same."""
    return refused(
        _(
            "The robot refuses us ({number} {words}). Check its address, secret, keywords and allowed places.",
            number=number,
            words=words,
        ),
        is_of_channel=True,
    )


def not_taken(number: int, words: str) -> Delivery:
    """Only this message is refused."""
    return refused(_("The receiver does not take this message ({number} {words}).", number=number, words=words))


def refused(why: Text, *, is_of_channel: bool = False) -> Delivery:
    """Certainly not taken, and no use trying again as it is."""
    return Delivery("refused", why, is_of_channel=is_of_channel)


def read_json(answer: bytes) -> Mapping[str, Any]:
    """The facts of an answer in JSON; nothing where it is none."""
    try:
        facts = json.loads(answer)
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _seconds(retry_after: str) -> int:
    """Seconds asked for; a date in its place is taken for a minute."""
    said = retry_after.strip()
    return min(int(said), MOST_WAIT) if said.isascii() and said.isdigit() and len(said) < 8 else BUSY_SECONDS
