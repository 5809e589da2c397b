"""How suppliers call items: kept from invoices once a person or an order said which item it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from core import catalog
from core.purchasing.steps.invoices.ready import Ready
from core.uow import UnitOfWork


def learn_codes(uow: UnitOfWork, readies: Iterable[Ready]) -> None:
    """Keep the suppliers' codes of lines whose item is known; codes that mean an item already stay as they are."""
    said: dict[int, dict[str, int]] = defaultdict(dict)
    for ready in readies:
        for line in ready.lines:
            if line["supplier_code"] and line["item_id"] is not None:
                said[ready.new.supplier_id].setdefault(line["supplier_code"], line["item_id"])
    for supplier_id, codes in said.items():
        known = catalog.find_item_by_supplier_code(uow, supplier_id, codes)
        for code, item_id in codes.items():
            if code not in known:
                catalog.learn_supplier_code(uow, supplier_id, item_id, code)
