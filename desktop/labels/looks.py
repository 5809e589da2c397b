"""How what the label pages show is called and looks."""

from __future__ import annotations

from core.i18n import Text, _, _n, join, verbatim
from core.labels import Difference, JobRow, QueueRow, fields_for
from core.words import LabelJobState, LabelReason, LabelState, word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Words, ui_text

TROUBLES: dict[str, Text] = {
    "head_open": _("The cover or print head is open."),
    "paper_out": _("No labels left in the printer."),
    "ribbon_out": _("No ribbon left in the printer."),
    "jam": _("Labels are jammed."),
    "fault": _("The printer reports a fault."),
    "hot": _("The print head is too hot or too cold."),
    "paused": _("The printer is paused."),
    "garbage": _("The printer answers in another language."),
    "silent": _("The printer does not answer."),
    "absent": _("The printer cannot be reached."),
    "refused": _("The printer refuses the connection."),
    "busy": _("Another program uses the printer."),
    "timeout": _("The printer did not answer in time."),
    "closed": _("The connection to the printer broke."),
    "stalled": _("The printer takes no more data."),
    "restart": _("The program or the printer was switched off in the middle."),
    "unsure": _("The printer stands ready, but it did not print everything it was sent."),
    "unseen": _("This printer does not tell whether labels came out."),
    "asked": _("Say first which was the last good label."),
    "stopped": _("Stopped by hand."),
    "office": _("The sheets went to the office printer."),
}
STATE_LOOKS = {
    LabelJobState.PRINTING: Meaning.ACCENT, LabelJobState.PAUSED: Meaning.SOON, LabelJobState.ASKED: Meaning.SOON,
    LabelJobState.DONE: Meaning.GOOD, LabelJobState.CANCELLED: Meaning.PLAIN,
}  # fmt: skip
LABEL_LOOKS = {
    LabelState.QUEUED: Meaning.PLAIN, LabelState.SENT: Meaning.ACCENT, LabelState.CONFIRMED: Meaning.GOOD,
    LabelState.ASKED: Meaning.SOON, LabelState.SKIPPED: Meaning.PLAIN,
}  # fmt: skip
SUBJECT_WORDS: dict[str, Text] = {
    "item": _("Item"), "location": _("Place"), "lot": _("Lot"), "person": _("Person"), "document": _("Document"),
    "asset": _("Asset"),
}  # fmt: skip
SHOWN_DIFFERENCES = 2
PRICES = ("price_text", "price", "price_whole", "price_cents")


def paper_words(stock: str) -> Text:
    """A paper as people call it."""
    return _("{stock} mm", stock=stock.replace("x", " × ")) if stock else verbatim("")


def field_title(subject: str, name: str) -> Text:
    """What people call a field of a label."""
    kind = subject if subject in SUBJECT_WORDS else "item"
    found = next((one.words for one in fields_for(kind) if one.name == name), None)
    return found if found is not None else _("Picture") if name == "picture" else verbatim(name)


def difference_words(differences: tuple[Difference, ...], subject: str = "item") -> Text:
    """What is no longer true, at most two fields of it."""
    parts: list[Text] = []
    differences = _each_once(differences)
    for one in differences[:SHOWN_DIFFERENCES]:
        title = _("Price") if one.field in PRICES else field_title(subject, one.field)
        parts.append(_("{field} {before} → {now}", field=title, before=one.printed or "-", now=one.true or "-"))
    if len(differences) > SHOWN_DIFFERENCES:
        more = len(differences) - SHOWN_DIFFERENCES
        parts.append(_n("{n} more field", "{n} more fields", more))
    return join(parts)


def _each_once(differences: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """A price that changed is said once, first, however many fields of the label follow from it."""
    prices = sorted((one for one in differences if one.field in PRICES), key=lambda one: PRICES.index(one.field))
    if not prices:
        return differences
    others = (one for one in differences if one.field not in PRICES and not one.field.startswith("unit_price"))
    return (prices[0], *others)


def reason_words(row: QueueRow) -> Text:
    """Why a label is to be printed, in words."""
    if row.reason in (LabelReason.CHANGED, LabelReason.PLANNED) and row.differences:
        return difference_words(row.differences)
    if row.document:
        return _("{reason}: {document}", reason=word(row.reason), document=row.document)
    return word(row.reason)


def queue_look(row: QueueRow, missing: dict[str, tuple[str, ...]]) -> BadgeLook | None:
    """What is to be known of a row at a glance."""
    if missing.get(row.key):
        return BadgeLook(_("Stays: {fields} missing", fields=missing_words(row, missing)), Meaning.DANGER, "error")
    if row.is_late:
        return BadgeLook(_("Overdue"), Meaning.DANGER, "clock")
    if row.reason in (LabelReason.CHANGED, LabelReason.PLANNED):
        return BadgeLook(word(row.reason), Meaning.SOON)
    return None


def missing_words(row: QueueRow, missing: dict[str, tuple[str, ...]]) -> Text:
    """The fields a label must carry and lacks."""
    return join([field_title("item", name) for name in missing.get(row.key, ())], ", ")


def job_look(row: JobRow, *, is_running: bool = False) -> BadgeLook:
    """Where a job stands."""
    if row.state is LabelJobState.PRINTING and not is_running and not row.is_held:
        return BadgeLook(_("Cut off"), Meaning.SOON)
    return BadgeLook(word(row.state), STATE_LOOKS[row.state])


def job_words(row: JobRow, told: Words = "") -> Text:
    """A job in one sentence: how far, and what holds it."""
    told = told or TROUBLES.get(row.trouble, "")
    head = _(
        "{number}: {done} of {total} labels printed on {printer}.", number=row.number, done=row.confirmed,
        total=row.labels, printer=row.printer or ui_text(_("the office printer")),
    )  # fmt: skip
    return join([head, told if isinstance(told, Text) else verbatim(told)], " ") if told else head
