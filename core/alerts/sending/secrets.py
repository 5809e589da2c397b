"""Addresses of robots and secrets of channels: in the keyring of each PC, or, where a PC has none, for as long as the
program runs.

They are kept under the channel's own key, which no other site has. Where a schedule runs without keyring the environment
may hold them: STEWARD_CHANNEL_<number> the address, STEWARD_CHANNEL_<number>_SECRET the secret.
"""

from __future__ import annotations

import json
import os

from sqlalchemy.engine import URL

from core import secrets
from core.alerts.rules.channels import checked_secret
from core.alerts.types.channels import ChannelSecret
from db.enums import ChannelKind

VARIABLE = "STEWARD_CHANNEL"
_typed: dict[str, str] = {}


def keep_channel_secret(kind: ChannelKind, key: str, secret: ChannelSecret) -> bool:
    """Keep what this PC must know to send over a channel; empty is forgotten. False where the PC has no keyring: it is then
    known until the program ends. Raises InvalidInput for an address that cannot be a robot's."""
    kept = checked_secret(kind, secret)
    place = _place(key)
    _typed.pop(place, None)
    if not (kept.url or kept.secret):
        secrets.forget_password(place)
        return True
    words = json.dumps({"url": kept.url, "secret": kept.secret})
    if secrets.remember_password(place, words):
        return True
    _typed[place] = words
    return False


def find_channel_secret(key: str, channel_id: int = 0) -> ChannelSecret:
    """What this PC knows of a channel; empty where it knows nothing."""
    place = _place(key)
    words = _typed.get(place) or secrets.find_password(place)
    if words:
        facts = json.loads(words)
        return ChannelSecret(str(facts.get("url", "")), str(facts.get("secret", "")))
    name = f"{VARIABLE}_{channel_id}"
    return ChannelSecret(os.environ.get(name, "").strip(), os.environ.get(f"{name}_SECRET", "").strip())


def _place(key: str) -> str:
    return URL.create("alerts", host=key).render_as_string(hide_password=False)
