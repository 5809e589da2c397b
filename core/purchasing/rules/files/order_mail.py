"""What an order, a request or a claim says in the subject line of its e-mail."""

from __future__ import annotations

from typing import Literal

from core.i18n import Text, _

Subject = Literal["order", "order_changed", "order_cancelled", "quotation", "claim"]


def subject_of(subject: Subject, number: str, site: str) -> Text:
    """The subject line, for the supplier's language."""
    words = {
        "order": _("Purchase order {number} from {site}", number=number, site=site),
        "order_changed": _("Changed: purchase order {number} from {site}", number=number, site=site),
        "order_cancelled": _("Cancelled: purchase order {number} from {site}", number=number, site=site),
        "quotation": _("Request for quotation {number} from {site}", number=number, site=site),
        "claim": _("Claim {number} from {site}", number=number, site=site),
    }
    return words[subject]
