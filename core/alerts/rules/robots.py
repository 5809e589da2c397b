"""What robots in group chats are sent, and what their answers mean.

Source of the formats: the public descriptions of custom robots by DingTalk (open.dingtalk.com, "custom robot access": text
and markdown messages, signature by timestamp and secret, at most 20 messages a minute), WeCom (developer.work.weixin.qq.com,
"group robots": text up to 2048 bytes, markdown up to 4096) and Slack (api.slack.com, "incoming webhooks": `text`, answer
`ok`). They cannot be tried from here without an account; a local server stands in for them in the tests.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from core.alerts.rules.answers import busy, not_taken, read_json, refused, taken, wrong_secret
from core.alerts.types.channels import Delivery
from core.i18n import _
from db.enums import ChannelKind

DINGTALK_MOST, WECOM_MOST, SLACK_MOST = 18_000, 2_000, 30_000
"""Bytes of a text that robots take, with room for what stands around it."""
_SIGNS = ("&", "<", ">")
# Answers that stand for too many messages or a moment's weakness, and for a wrong address, signature or key.
_DINGTALK_BUSY = frozenset({-1, 130101, 130102, 410100})
_DINGTALK_WRONG = frozenset({300001, 310000, 400013, 400101, 400102, 400105, 400106})
_WECOM_BUSY = frozenset({-1, 45009, 45033})
_WECOM_WRONG = frozenset({40014, 93000, 93004, 93008})


def dingtalk_url(url: str, secret: str, at: datetime) -> str:
    """The address of a DingTalk robot with time and signature: Base64 of HMAC-SHA256 over "milliseconds, line feed,
    secret" with the secret as key, escaped. Without a secret the address as it is."""
    if not secret:
        return url
    stamp = str(int(at.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    sign = base64.b64encode(digest).decode().replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, f"timestamp={stamp}", f"sign={sign}")))
    return urlunsplit(parts._replace(query=query))


def robot_body(kind: ChannelKind, title: str, body: str, key: str) -> bytes:
    """The message in the form of a robot, as JSON in UTF-8."""
    return json.dumps(_FORMS[kind](title, body, key), ensure_ascii=False).encode()


def _dingtalk(title: str, body: str, _key: str) -> Mapping[str, object]:
    return {"msgtype": "text", "text": {"content": _cut(f"{title}\n{body}", DINGTALK_MOST)}}


def _wecom(title: str, body: str, _key: str) -> Mapping[str, object]:
    return {"msgtype": "text", "text": {"content": _cut(f"{title}\n{body}", WECOM_MOST)}}


def _slack(title: str, body: str, _key: str) -> Mapping[str, object]:
    words = f"{title}\n{body}"
    for sign, escaped in zip(_SIGNS, ("&amp;", "&lt;", "&gt;"), strict=True):
        words = words.replace(sign, escaped)
    return {"text": _cut(words, SLACK_MOST)}


def _webhook(title: str, body: str, key: str) -> Mapping[str, object]:
    return {"id": key, "title": title, "text": body}


_FORMS: Mapping[ChannelKind, Callable[[str, str, str], Mapping[str, object]]] = {
    ChannelKind.DINGTALK: _dingtalk,
    ChannelKind.WECOM: _wecom,
    ChannelKind.SLACK: _slack,
    ChannelKind.WEBHOOK: _webhook,
}


def _cut(words: str, most: int) -> str:
    """As much of a text as fits into so many bytes, whole letters only."""
    whole = words.encode()
    return words if len(whole) <= most else whole[: most - 3].decode("utf-8", "ignore") + "…"


def robot_answer(kind: ChannelKind, answer: bytes) -> Delivery:
    """What an answer of success (HTTP 2xx) says: robots refuse with it too, by a number in the answer."""
    if kind is ChannelKind.DINGTALK:
        return _by_number(answer, _DINGTALK_BUSY, _DINGTALK_WRONG)
    if kind is ChannelKind.WECOM:
        return _by_number(answer, _WECOM_BUSY, _WECOM_WRONG)
    return taken()


def _by_number(answer: bytes, is_busy: frozenset[int], is_wrong: frozenset[int]) -> Delivery:
    facts = read_json(answer)
    number = facts.get("errcode")
    if number == 0:
        return taken()
    words = str(facts.get("errmsg", ""))
    if not isinstance(number, int):
        return refused(_("The answer is not that of a robot: {words}", words=_short(answer)), is_of_channel=True)
    if number in is_busy:
        return busy(number, words)
    return wrong_secret(number, words) if number in is_wrong else not_taken(number, words)


def _short(answer: bytes) -> str:
    return " ".join(answer.decode("utf-8", "replace").split())[:80]
