"""What the chips of the list of orders mean."""

from __future__ import annotations

from core.i18n import Text, _
from core.words import OrderState

S = OrderState
GROUPS: tuple[tuple[str, Text, tuple[OrderState, ...]], ...] = (
    ("draft", _("Drafts, to approve"), (S.DRAFT,)),
    ("to_send", _("To send"), (S.APPROVED,)),
    ("on_way", _("On the way"), (S.SENT, S.CONFIRMED, S.PART_RECEIVED)),
    ("received", _("Received"), (S.RECEIVED,)),
    ("closed", _("Closed or cancelled"), (S.CLOSED, S.CANCELLED)),
)
STATES_OF: dict[str | None, tuple[OrderState, ...]] = {None: (), **{key: states for key, _words, states in GROUPS}}
