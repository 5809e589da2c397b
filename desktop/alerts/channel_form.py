"""The form of one channel: what each kind needs, and what only this PC keeps of it."""

from __future__ import annotations

from typing import Any

from core.alerts import ChannelEdit, ChannelSecret, Gateway
from core.i18n import _
from core.words import ChannelKind, word
from desktop.widgets import CheckEdit, Choice, Form, Label, NoteEdit, TextEdit

ROBOTS = frozenset({ChannelKind.DINGTALK, ChannelKind.WECOM, ChannelKind.SLACK, ChannelKind.WEBHOOK})
SIGNED = frozenset({ChannelKind.DINGTALK, ChannelKind.SMS})
BY_ID = frozenset({ChannelKind.WEBHOOK, ChannelKind.SMS})
LANGUAGES = (("zh", "中文"), ("en", "English"))
METHODS = (("POST", "POST"), ("GET", "GET"), ("PUT", "PUT"))
BODIES = (
    ("application/json", "JSON"), ("application/x-www-form-urlencoded", _("Web form")), ("text/plain", _("Plain text")),
)  # fmt: skip
LONGEST = 4_000


def make_channel_form(edit: ChannelEdit, *, is_new: bool, is_known: bool) -> Form:
    """The fields of a channel of a kind, filled in. `is_known`: this PC keeps its address or secret already."""
    form, kind = Form(), edit.kind
    if is_new:
        options = tuple((one, word(one)) for one in ChannelKind)
        form.add("kind", _("Kind"), Choice(_("Kind"), options), span=True)
    form.add("name", _("Name"), TextEdit(_("Name"), most=80), required=True)
    form.add("is_on", "", CheckEdit(_("Send over it"))).set_name(_("Send over it"))
    form.add("language", _("Language"), Choice(_("Language"), LANGUAGES, empty=_("The site's")))
    if kind in ROBOTS:
        _add_secret(form, "url", _("Address of the robot"), is_known, required=not is_known)
    else:
        form.add("addresses", _("Addresses"), NoteEdit(_("Addresses"), lines=3), hint=_("One in each line."), span=True)
        form.add("to_people", "", CheckEdit(_("Also to the people told, at their own"))).set_name(_("To people"))
    if kind is ChannelKind.SMS:
        _add_gateway(form)
    if kind in SIGNED:
        _add_secret(form, "secret", _("Secret"), is_known)
    if kind in BY_ID:
        known = CheckEdit(_("The receiver knows a message by its id (Idempotency-Key)"))
        form.add("is_repeatable", "", known).set_name(_("Sent again when nobody knows whether it arrived"))
    form.set_values(channel_values(edit, is_new=is_new))
    return form


def _add_secret(form: Form, key: str, label: Any, is_known: bool, *, required: bool = False) -> None:
    hint = _("This PC knows it. Type it only to change it.") if is_known else _("Kept on this PC only, in its keyring.")
    form.add(key, label, TextEdit(label, most=2_000, is_secret=True), hint=hint, required=required, span=True)


def _add_gateway(form: Form) -> None:
    form.add_heading(_("How the gateway is spoken to"))
    places = "{text}, {title}, {to}, {id}, {secret}"
    form.add_widget(Label(_("Address, header and body may hold {places}.", places=places), "small", wrap=True))
    form.add("gateway_url", _("Web address"), TextEdit(_("Web address"), most=LONGEST), required=True, span=True)
    form.add("method", _("Method"), Choice(_("Method"), METHODS))
    form.add("content_type", _("Body is"), Choice(_("Body is"), BODIES))
    form.add("header", _("Header"), TextEdit(_("Header"), most=500), span=True)
    form.add("body", _("Body"), NoteEdit(_("Body"), lines=4, most=LONGEST), span=True)
    accepted = TextEdit(_("Answer holds"), most=200)
    form.add("accepted", _("Answer holds"), accepted, hint=_("Empty: any answer of success."), span=True)


def channel_values(edit: ChannelEdit, *, is_new: bool = False) -> dict[str, Any]:
    """A channel as the values of its fields."""
    gateway = edit.gateway
    values: dict[str, Any] = {
        "name": edit.name or None, "is_on": edit.is_on, "language": edit.language or None,
        "addresses": "\n".join(edit.addresses) or None, "to_people": edit.to_people,
        "is_repeatable": edit.is_repeatable, "gateway_url": gateway.url or None, "method": gateway.method,
        "content_type": gateway.content_type, "header": gateway.header or None, "body": gateway.body or None,
        "accepted": gateway.accepted or None,
    }  # fmt: skip
    return {**values, "kind": edit.kind} if is_new else values


def typed_channel(kind: ChannelKind, values: dict[str, Any]) -> tuple[ChannelEdit, ChannelSecret]:
    """The channel that stands in the fields, and what of it only this PC keeps."""

    def said(key: str) -> str:
        return str(values.get(key) or "")

    gateway = Gateway(
        said("method") or "POST", said("gateway_url"), said("header"), said("content_type") or "application/json",
        said("body"), said("accepted"),
    )  # fmt: skip
    edit = ChannelEdit(
        kind=kind,
        name=said("name"),
        is_on=bool(values["is_on"]),
        language=said("language"),
        addresses=tuple(line.strip() for line in said("addresses").splitlines() if line.strip()),
        to_people=bool(values.get("to_people")),
        is_repeatable=bool(values.get("is_repeatable")),
        gateway=gateway if kind is ChannelKind.SMS else Gateway(),
    )
    return edit, ChannelSecret(said("url"), said("secret"))
