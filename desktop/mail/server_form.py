"""The form of the mail server: fields, and what was typed as settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QWidget

from core.errors import InvalidInput
from core.i18n import Text, _
from core.mail import MailServerEdit, Security
from desktop.widgets import CheckEdit, Choice, CodeEdit, Form, TextEdit

SECURITY_WORDS: tuple[tuple[Security, Text], ...] = (
    ("starttls", _("STARTTLS (port 587)")), ("ssl", _("SSL (port 465)")), ("none", _("No encryption (port 25)")),
)  # fmt: skip


def make_server_form(known: QWidget) -> Form:
    """Fields for server, sender and password; `known` says whether this PC knows the password."""
    form = Form()
    form.add("host", _("Server"), CodeEdit(most=253, placeholder="smtp.example.com"), required=True)
    form.add("security", _("Encryption"), Choice(options=SECURITY_WORDS, search=False), required=True)
    form.add("port", _("Port"), CodeEdit(most=5), required=True)
    form.add("user", _("User name"), CodeEdit(most=200), hint=_("Often the whole address. Empty: without signing in."))
    form.add(
        "password",
        _("Password"),
        TextEdit(most=200, is_secret=True),
        hint=_("Kept on this PC only, never in the database. Empty: it stays as it is. Some providers want a code made for programs."),
    )  # fmt: skip
    form.add_widget(known)
    form.add_heading(_("Sender"))
    form.add("address", _("E-mail address"), CodeEdit(most=320), required=True)
    form.add("name", _("Name"), TextEdit(most=100), hint=_("Shown beside the address. Empty: the site's name."))
    form.add("reply_to", _("Answers to"), CodeEdit(most=320), hint=_("Empty: to the sender's address."))
    form.add("is_copied", _("Own copy"), CheckEdit(_("A copy of each e-mail to the sender")))
    return form


def server_values(edit: MailServerEdit) -> dict[str, Any]:
    """The settings as the fields show them."""
    return {**asdict(edit), "port": str(edit.port)}


def typed_server(form: Form) -> tuple[MailServerEdit, str] | None:
    """What stands in the form and the password typed; None when a field says what is wrong. Raises InvalidInput."""
    values = form.read()
    if values is None:
        return None
    words: dict[str, Any] = {
        key: value or "" for key, value in values.items() if key not in ("port", "password", "is_copied")
    }
    port = str(values["port"])
    if not (port.isascii() and port.isdigit()):
        raise InvalidInput(_("A port is a number from 1 to 65535; usual are 465 and 587."), field="port")
    return MailServerEdit(port=int(port), is_copied=bool(values["is_copied"]), **words), values["password"] or ""
