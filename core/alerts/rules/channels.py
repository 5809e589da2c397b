"""What a channel must be like, and what a PC must know to send over it."""

from __future__ import annotations

from dataclasses import replace

from core.alerts.rules.addresses import check_url, checked_phone, shown_url
from core.alerts.rules.gateway import checked_gateway
from core.alerts.types.channels import ChannelEdit, ChannelSecret, Gateway
from core.errors import InvalidInput
from core.i18n import _
from db.enums import ChannelKind as K

ROBOTS = frozenset({K.DINGTALK, K.WECOM, K.SLACK, K.WEBHOOK})
MOST_ADDRESSES = 50
LONGEST_NAME = 80
LONGEST_SECRET = 400


def checked_channel(edit: ChannelEdit, languages: tuple[str, ...]) -> ChannelEdit:
    """The channel as it is kept, without what its kind does not have; e-mail addresses are checked by who knows them.
    Raises InvalidInput."""
    name = " ".join(edit.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(_("Give the channel a name of at most {most} letters.", most=LONGEST_NAME), field="name")
    if edit.language and edit.language not in languages:
        raise InvalidInput(_("Choose one of the program's languages, or none."), field="language")
    addresses = tuple(dict.fromkeys(" ".join(one.split()) for one in edit.addresses if one.strip()))
    if len(addresses) > MOST_ADDRESSES:
        raise InvalidInput(_("A channel has at most {most} addresses.", most=MOST_ADDRESSES), field="addresses")
    found = replace(edit, name=name, addresses=addresses)
    if edit.kind in ROBOTS:
        is_repeatable = edit.is_repeatable and edit.kind is K.WEBHOOK
        return replace(found, addresses=(), to_people=False, is_repeatable=is_repeatable, gateway=Gateway())
    if not addresses and not edit.to_people:
        raise InvalidInput(_("Write an address, or have people told at their own."), field="addresses")
    if edit.kind is K.MAIL:
        return replace(found, is_repeatable=False, gateway=Gateway())
    phones = tuple(dict.fromkeys(checked_phone(one) for one in addresses))
    return replace(found, addresses=phones, gateway=checked_gateway(edit.gateway))


def checked_secret(kind: K, secret: ChannelSecret) -> ChannelSecret:
    """What a PC keeps of a channel. Raises InvalidInput for an address that cannot be a robot's."""
    url, word = secret.url.strip(), secret.secret.strip()
    if len(word) > LONGEST_SECRET or not word.isprintable():
        raise InvalidInput(_("This is too long for a secret."), field="secret")
    if kind in ROBOTS and url:
        check_url(url)
    return ChannelSecret(url if kind in ROBOTS else "", word if kind in (K.DINGTALK, K.SMS) else "")


def shown_address(edit: ChannelEdit, url: str) -> str:
    """What of a channel's address everybody may see who sees the channel."""
    if edit.kind in ROBOTS:
        return shown_url(url) if url else ""
    if edit.kind is K.SMS:
        return shown_url(edit.gateway.url)
    return ", ".join(edit.addresses)[:200]


def needs_url(kind: K) -> bool:
    """Whether a PC must know the robot's address."""
    return kind in ROBOTS


def needs_secret(edit: ChannelEdit) -> bool:
    """Whether a PC must know a secret: a gateway's template has a place for it. A robot may be without."""
    gateway = edit.gateway
    return edit.kind is K.SMS and "{secret}" in gateway.url + gateway.header + gateway.body
