"""Labels of equipment. An asset is an item of the catalog with a code of its own."""

from __future__ import annotations

from dataclasses import replace

from core.labels.steps.contents.items import item_contents
from core.labels.steps.contents.wanted import Wanted, own
from core.labels.types import LabelContent
from core.uow import UnitOfWork


def asset_contents(uow: UnitOfWork, wanted: Wanted) -> list[LabelContent]:
    """One label for each item that is equipment, with the code of the asset."""
    return [
        replace(content.with_fields(own_code=own("asset", content.code)), subject="asset")
        for content in item_contents(uow, wanted)
    ]
