"""Gateways of text messages: one template for any of them, filled in so that no message can break out of its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import quote, quote_plus

from core.alerts.rules.addresses import check_url
from core.alerts.rules.answers import refused, taken
from core.alerts.types.channels import METHODS, Delivery, Gateway
from core.errors import InvalidInput
from core.i18n import _

PLACES = ("text", "title", "to", "id", "secret")
JSON, FORM, PLAIN = "application/json", "application/x-www-form-urlencoded", "text/plain"
CONTENT_TYPES = (JSON, FORM, PLAIN)
MOST_LETTERS = 4_000
MOST_OF_TEXT = 500
_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")
_ANY_PLACE = re.compile(r"\{([A-Za-z_]+)\}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}: [^\r\n]{1,400}")
_SAMPLE = {"text": "a", "title": "a", "to": "1", "id": "1", "secret": "s"}


def checked_gateway(gateway: Gateway) -> Gateway:
    """The template as it is kept. Raises InvalidInput for what could not be sent: no text in it, an unknown place, a body
    that is no JSON, an address without encryption."""
    method = gateway.method.strip().upper()
    if method not in METHODS:
        raise InvalidInput(_("Write one of {methods}.", methods=", ".join(METHODS)), field="method")
    url, header = gateway.url.strip(), gateway.header.strip()
    _check_parts(url, header, gateway.body)
    check_url(filled(url, _SAMPLE, quoted), field="url")
    if header and not _HEADER.fullmatch(filled(header, _SAMPLE, _one_line)):
        raise InvalidInput(
            _("Write the header as Name: value, for instance {example}.", example="Authorization: Bearer {secret}"),
            field="header",
        )
    content_type = gateway.content_type.strip().lower() or JSON
    if content_type not in CONTENT_TYPES:
        raise InvalidInput(_("Write one of {kinds}.", kinds=", ".join(CONTENT_TYPES)), field="content_type")
    if method == "GET" and gateway.body.strip():
        raise InvalidInput(_("GET has no body. Put the text into the address, or choose POST."), field="body")
    if method != "GET" and content_type == JSON:
        _check_json(gateway.body)
    return Gateway(method, url, header, content_type, gateway.body.strip(), gateway.accepted.strip()[:200])


def _check_parts(url: str, header: str, body: str) -> None:
    for field, part in (("url", url), ("header", header), ("body", body)):
        if len(part) > MOST_LETTERS:
            raise InvalidInput(_("This is too long: at most {most} letters.", most=MOST_LETTERS), field=field)
        unknown = [place for place in _ANY_PLACE.findall(part) if place not in PLACES]
        if unknown:
            raise InvalidInput(
                _(
                    "“{place}” is no place of a template. There are: {places}.",
                    place=unknown[0],
                    places=", ".join(PLACES),
                ),
                field=field,
            )
    for place in ("text", "to"):
        if "{" + place + "}" not in url + body:
            raise InvalidInput(_("The template has no place for {place}.", place="{" + place + "}"), field="body")


def _check_json(body: str) -> None:
    try:
        json.loads(filled(body, _SAMPLE, _in_json))
    except ValueError as fault:
        raise InvalidInput(
            _("The body is no JSON. Places stand within quotation marks, as in {example}.", example='"text": "{text}"'),
            field="body",
        ) from fault


def request_of(gateway: Gateway, values: Mapping[str, str]) -> tuple[str, str, dict[str, str], bytes | None]:
    """Method, address, headers and body with everything filled in; the text is cut to what a text message holds."""
    given = {**values, "text": values.get("text", "")[:MOST_OF_TEXT]}
    headers = {}
    if gateway.header:
        name, _sep, value = filled(gateway.header, given, _one_line).partition(": ")
        headers[name] = value
    url = filled(gateway.url, given, quoted)
    if gateway.method == "GET":
        return gateway.method, url, headers, None
    escape = {JSON: _in_json, FORM: quote_plus}.get(gateway.content_type, str)
    headers["Content-Type"] = f"{gateway.content_type}; charset=utf-8"
    return gateway.method, url, headers, filled(gateway.body, given, escape).encode()


def gateway_answer(gateway: Gateway, answer: bytes) -> Delivery:
    """What an answer of success says: taken, unless words are awaited in it that are not there."""
    words = answer.decode("utf-8", "replace")
    if gateway.accepted and "".join(gateway.accepted.split()) not in "".join(words.split()):
        return refused(_("The gateway did not take it: {words}", words=" ".join(words.split())[:80]))
    return taken()


def filled(template: str, values: Mapping[str, str], escape: object) -> str:
    """A template with its places filled; what is filled in is never looked at again."""
    assert callable(escape)
    return _PLACE.sub(lambda found: str(escape(values.get(found[1], ""))), template)


def quoted(value: str) -> str:
    """As a part of an address."""
    return quote(value, safe="")


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _one_line(value: str) -> str:
    return _CONTROLS.sub(" ", value)
