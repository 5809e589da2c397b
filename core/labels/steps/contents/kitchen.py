"""What a kitchen writes on its labels: made, opened, use by, who, allergens, a code to check stock by."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core import catalog, documents
from core.gtin import is_gtin
from core.i18n import _
from core.labels.rules.dates import use_by
from core.labels.rules.symbologies import can_be_batch
from core.labels.steps.contents.wanted import Wanted
from core.uow import UnitOfWork

_DATED = ("made_at", "opened_at", "use_by", "use_by_day", "use_by_weekday", "who", "batch", "batch_code")
_WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def kitchen_fields(uow: UnitOfWork, row: Any, wanted: Wanted, barcode: str) -> dict[str, str]:
    """Allergens always; times only where the label is dated, so that a shelf label stays true tomorrow."""
    fields = {**dict.fromkeys(_DATED, ""), **_allergens(row.allergens or (), wanted.language)}
    life = wanted.life
    if life is None:
        return fields
    made = life.made_at or uow.now
    zone = uow.site.zone
    end = use_by(life, made, zone, (row.shelf_life_days, row.opened_life_days))
    batch = life.batch or made.astimezone(ZoneInfo(zone)).strftime("%y%m%d")
    fields |= {
        "made_at": documents.format_instant(made, zone),
        "opened_at": documents.format_instant(life.opened_at, zone) if life.opened_at else "",
        "who": life.who or uow.actor.name,
        "batch": batch,
    }
    if end is not None:
        fields |= {
            "use_by": documents.format_instant(end, zone),
            "use_by_day": end.strftime("%m-%d"),
            "use_by_weekday": _WEEKDAYS[end.weekday()].render(wanted.language),
            "batch_code": batch_code(barcode, batch, end),
        }
    return fields


def _allergens(words: Any, language: str) -> dict[str, str]:
    names = [catalog.allergen_name(word).render(language) for word in words]
    if not names:
        return {"allergens": "", "allergen_words": ""}
    joined = "、".join(names) if language == "zh" else ", ".join(name.lower() for name in names)
    return {
        "allergens": _("Contains: {names}", names=joined).render(language),
        "allergen_words": "\n".join(names),
    }


def batch_code(barcode: str, batch: str, end: datetime) -> str:
    """A GS1 code with the item's number, last day and batch, so that stock is checked by a scan; empty where the item has
    no number of GS1's or the batch cannot stand in one."""
    if not is_gtin(barcode) or not can_be_batch(batch):
        return ""
    return f"(01){barcode.zfill(14)}(17){end:%y%m%d}(10){batch}"
