"""What robots and gateways are sent, and what their answers mean."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alerts.rules.addresses import check_url, checked_phone, shown_url
from core.alerts.rules.answers import by_status
from core.alerts.rules.channels import checked_channel, checked_secret, needs_secret
from core.alerts.rules.digest import MOST_LINES, Told, message_of
from core.alerts.rules.gateway import checked_gateway, gateway_answer, request_of
from core.alerts.rules.robots import dingtalk_url, robot_answer, robot_body
from core.alerts.types.channels import ChannelEdit, ChannelSecret, Gateway
from core.errors import InvalidInput
from core.i18n import LANGUAGES, verbatim
from db.enums import AlertKind, AlertUrgency, ChannelKind

NOW = datetime(2026, 3, 4, 4, tzinfo=UTC)
ROBOTS = [ChannelKind.DINGTALK, ChannelKind.WECOM, ChannelKind.SLACK, ChannelKind.WEBHOOK]
GATEWAY = Gateway(url="https://sms.example/send", body='{"to": "{to}", "text": "{text}"}', header="X-Key: {secret}")


def test_a_dingtalk_address_is_signed_as_its_description_says() -> None:
    url = dingtalk_url("https://oapi.dingtalk.com/robot/send?access_token=T", "SECabc", NOW)
    asked = parse_qs(urlsplit(url).query)
    stamp = asked["timestamp"][0]
    assert asked["access_token"] == ["T"] and stamp == str(int(NOW.timestamp() * 1000))
    digest = hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()
    assert asked["sign"] == [base64.b64encode(digest).decode()]
    assert "+" not in url and dingtalk_url("https://x.example/?a=1", "", NOW) == "https://x.example/?a=1"


def test_each_robot_gets_its_own_form() -> None:
    def body(kind: ChannelKind) -> object:
        return json.loads(robot_body(kind, "标题", "a & <b>", "id-1"))

    assert body(ChannelKind.DINGTALK) == {"msgtype": "text", "text": {"content": "标题\na & <b>"}}
    assert body(ChannelKind.WECOM) == {"msgtype": "text", "text": {"content": "标题\na & <b>"}}
    assert body(ChannelKind.SLACK) == {"text": "标题\na &amp; &lt;b&gt;"}
    assert body(ChannelKind.WEBHOOK) == {"id": "id-1", "title": "标题", "text": "a & <b>"}


@given(st.text(max_size=6000))
def test_a_text_for_wecom_never_has_more_bytes_than_it_takes(words: str) -> None:
    words = words.encode("utf-8", "ignore").decode()
    sent = json.loads(robot_body(ChannelKind.WECOM, "标题", words, "1"))["text"]["content"]
    assert len(sent.encode()) <= 2048 and ("标题\n" + words).startswith(sent.removesuffix("…"))


@pytest.mark.parametrize(
    ("kind", "answer", "outcome", "is_of_channel"),
    [
        (ChannelKind.DINGTALK, '{"errcode":0,"errmsg":"ok"}', "sent", False),
        (ChannelKind.DINGTALK, '{"errcode":310000,"errmsg":"sign not match"}', "refused", True),
        (ChannelKind.DINGTALK, '{"errcode":130101,"errmsg":"send too fast"}', "later", True),
        (ChannelKind.DINGTALK, '{"errcode":40035,"errmsg":"missing parameter"}', "refused", False),
        (ChannelKind.DINGTALK, "<html>sign in to the hotel</html>", "refused", True),
        (ChannelKind.DINGTALK, '{"errcode":"0"}', "refused", True),
        (ChannelKind.WECOM, '{"errcode":0}', "sent", False),
        (ChannelKind.WECOM, '{"errcode":93000,"errmsg":"invalid webhook url"}', "refused", True),
        (ChannelKind.WECOM, '{"errcode":45009,"errmsg":"api freq out of limit"}', "later", True),
        (ChannelKind.SLACK, "ok", "sent", False),
        (ChannelKind.WEBHOOK, "", "sent", False),
    ],
)
def test_what_robots_answer(kind: ChannelKind, answer: str, outcome: str, is_of_channel: bool) -> None:
    found = robot_answer(kind, answer.encode())
    assert (found.outcome, found.is_of_channel) == (outcome, is_of_channel)
    assert found.why.render("zh") != found.why.render("en")


@pytest.mark.parametrize(
    ("status", "outcome", "is_of_channel"),
    [
        (301, "refused", True), (400, "refused", False), (401, "refused", True), (404, "refused", True),
        (413, "refused", False), (429, "later", True), (500, "later", True), (502, "unsure", False),
        (503, "later", True), (504, "unsure", False),
    ],
)  # fmt: skip
def test_what_statuses_say(status: int, outcome: str, is_of_channel: bool) -> None:
    found = by_status(status, "words", "")
    assert found is not None and (found.outcome, found.is_of_channel) == (outcome, is_of_channel)
    assert by_status(204, "", "") is None


def test_a_receiver_may_ask_to_wait() -> None:
    waits = [by_status(429, "", said) for said in ("120", "999999", "soon", "")]
    assert [one.wait_seconds for one in waits if one] == [120, 3600, 60, 60]


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x.example/", "https://", "http://shop.example/x", "https://a:b@x.example/", "https://x.example:99999/",
     "https://x.example/a b", "https://x.example/\r\nX: y", "javascript:alert(1)"],
)  # fmt: skip
def test_addresses_nothing_is_sent_to(url: str) -> None:
    with pytest.raises(InvalidInput):
        check_url(url)


@pytest.mark.parametrize(
    "url", ["https://x.example/a?b=c", "http://127.0.0.1:8080/x", "http://gateway/x", "http://192.168.1.9/"]
)
def test_addresses_that_are_right_and_what_is_shown_of_them(url: str) -> None:
    check_url(url)
    assert "?" not in shown_url(url) and shown_url(url).endswith("/…")


def test_telephone_numbers() -> None:
    assert checked_phone("+86 138-0000 1111") == "+8613800001111"
    for wrong in ("", "123", "call me", "１３８", "+46 70 1234567 ext 4"):
        with pytest.raises(InvalidInput):
            checked_phone(wrong)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"body": '{"to": "{to}"}'}, "body"),
        ({"body": '{"to": {to}, "text": {text}'}, "body"),
        ({"body": '{"to": "{to}", "text": "{text}", "x": "{password}"}'}, "body"),
        ({"url": "http://shop.example/"}, "url"),
        ({"method": "DELETE"}, "method"),
        ({"header": "no header"}, "header"),
        ({"content_type": "image/png"}, "content_type"),
        ({"method": "GET", "url": "https://x.example/?t={text}&to={to}"}, "body"),
        ({"body": "x" * 5000}, "body"),
    ],
)
def test_templates_that_cannot_work_are_refused(over: dict[str, str], field: str) -> None:
    facts = {name: getattr(GATEWAY, name) for name in Gateway.__dataclass_fields__}
    with pytest.raises(InvalidInput) as fault:
        checked_gateway(Gateway(**{**facts, **over}))
    assert fault.value.field == field and fault.value.text.render("zh") != fault.value.text.render("en")


HARD = st.text(max_size=60) | st.sampled_from(
    ['"}', '", "admin": true, "x": "', "{secret}{text}", "\r\nX: y", "&to=1#", "\\"]
)


@given(text=HARD, to=HARD, secret=HARD)
def test_nothing_that_is_filled_in_breaks_out_of_its_place(text: str, to: str, secret: str) -> None:
    values = {"text": text, "to": to, "secret": secret, "title": "", "id": ""}
    gateway = checked_gateway(GATEWAY)
    _method, url, headers, body = request_of(gateway, values)
    assert body is not None and json.loads(body.decode("utf-8", "surrogatepass")) == {"to": to, "text": text[:500]}
    assert url == GATEWAY.url and "\n" not in headers["X-Key"] and "\r" not in headers["X-Key"]
    by_get = checked_gateway(Gateway("GET", "https://x.example/?t={text}&to={to}"))
    if all(not 0xD800 <= ord(letter) <= 0xDFFF for letter in text + to):
        _method, asked, _headers, nothing = request_of(by_get, values)
        assert nothing is None
        found = parse_qs(urlsplit(asked).query, keep_blank_values=True)
        assert found == {"t": [text[:500]], "to": [to]}


def test_a_form_is_filled_as_a_form_and_the_awaited_words_decide() -> None:
    form = Gateway(
        url="https://x.example/",
        content_type="application/x-www-form-urlencoded",
        body="to={to}&t={text}",
        accepted='"code": 0',
    )
    _method, _url, headers, body = request_of(checked_gateway(form), {"to": "+46 1", "text": "a&b=c 你"})
    assert body is not None and parse_qs(body.decode()) == {"to": ["+46 1"], "t": ["a&b=c 你"]}
    assert headers["Content-Type"].startswith("application/x-www-form-urlencoded")
    assert gateway_answer(form, b'{"code":0}').outcome == "sent"
    assert gateway_answer(form, b'{"code":7,"msg":"no credit"}').outcome == "refused"


def test_channels_keep_what_their_kind_has() -> None:
    edit = ChannelEdit(
        ChannelKind.DINGTALK, " Kitchen ", addresses=("x",), to_people=True, is_repeatable=True, gateway=GATEWAY
    )
    found = checked_channel(edit, LANGUAGES)
    assert found == ChannelEdit(ChannelKind.DINGTALK, "Kitchen")
    assert checked_channel(ChannelEdit(ChannelKind.WEBHOOK, "x", is_repeatable=True), LANGUAGES).is_repeatable
    sms = checked_channel(ChannelEdit(ChannelKind.SMS, "x", addresses=("138 0000 1111",), gateway=GATEWAY), LANGUAGES)
    assert sms.addresses == ("13800001111",) and needs_secret(sms)
    for wrong in (
        ChannelEdit(ChannelKind.SMS, "", addresses=("13800001111",), gateway=GATEWAY),
        ChannelEdit(ChannelKind.SMS, "x", gateway=GATEWAY),
        ChannelEdit(ChannelKind.MAIL, "x"),
        ChannelEdit(ChannelKind.SLACK, "x", language="fr"),
    ):
        with pytest.raises(InvalidInput):
            checked_channel(wrong, LANGUAGES)


def test_secrets_are_checked_and_never_shown() -> None:
    secret = checked_secret(
        ChannelKind.DINGTALK, ChannelSecret(" https://oapi.dingtalk.com/robot/send?access_token=T ", "SEC1")
    )
    assert secret.url.startswith("https://") and "SEC1" not in repr(secret) and "access_token" not in repr(secret)
    with pytest.raises(InvalidInput):
        checked_secret(ChannelKind.SLACK, ChannelSecret("hooks.slack.com/x"))


def told(number: int, urgency: AlertUrgency = AlertUrgency.HIGH) -> Told:
    return Told(number, AlertKind.EXPIRY, urgency, verbatim(f"Milk {number}"), verbatim("Use it first."))


def test_one_alert_is_told_in_full_and_many_as_a_digest() -> None:
    title, body = message_of("Corner", [told(1)], 1, 0, "en")
    assert title == "[Important] Expires soon: Milk 1" and body == "Use it first.\n— Corner"
    first = [told(99, AlertUrgency.URGENT), *(told(number) for number in range(MOST_LINES - 1))]
    title, body = message_of("转角", first, 41, 1, "zh")
    lines = body.split("\n")
    assert "41" in title and "紧急 1" in title and len(lines) == MOST_LINES + 2
    assert "Milk 99" in lines[0] and "26" in lines[-2]
