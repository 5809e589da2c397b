"""What may be missing on an item, and why two items may be one: stored words with their names."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import Text, _

GAP_NAMES: Mapping[str, Text] = {
    "no_category": _("No category"),
    "no_supplier": _("No supplier"),
    "no_barcode": _("No barcode"),
    "no_english": _("No English name"),
    "no_purchase_unit": _("No purchase unit"),
    "no_shelf_life": _("Chilled or frozen without shelf life"),
    "no_policy": _("No stock policy"),
    "no_price": _("No sale price, or zero"),
    "no_standard": _("Standard cost is missing"),
    "no_photo": _("No photo"),
}

DUPLICATE_REASONS: Mapping[str, Text] = {
    "same_barcode": _("One's barcode is the other's code"),
    "same_name": _("The same name, written differently"),
    "similar_name": _("Very similar names"),
}
