"""When figures from paper were counted: a time of today; empty is now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import InvalidInput
from core.i18n import _
from desktop.context import AppContext
from desktop.widgets import Label, TextEdit

_TIME = re.compile(r"^\s*(\d{1,2})\s*[:：.]\s*(\d{2})\s*$|^\s*(\d{1,2})(\d{2})\s*$")


class MomentEdit(QWidget):
    """A field "counted at" beside the chips."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.edit = TextEdit(_("Counted at"), placeholder=_("now"))
        self.edit.setFixedWidth(104)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Label(_("Counted at"), "muted"))
        row.addWidget(self.edit)

    def moment(self) -> datetime | InvalidInput | None:
        """The moment said, None for now; what is wrong with it stands below the field and comes back."""
        typed = self.edit.text().strip()
        if not typed:
            return None
        try:
            return self._read(typed)
        except InvalidInput as error:
            self.edit.set_error(error.text)
            return error

    def _read(self, typed: str) -> datetime:
        found = _TIME.match(typed)
        hour, minute = (int(found[1] or found[3]), int(found[2] or found[4])) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise InvalidInput(_("A time is written like 14:30."))
        now = self._context.office.clock.now()
        here = now.astimezone(ZoneInfo(self._context.office.site.zone))
        at = datetime.combine(here.date(), time(hour, minute), here.tzinfo).astimezone(UTC)
        return at - timedelta(days=1) if at > now + timedelta(hours=12) else at
