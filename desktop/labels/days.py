"""Which day it is on the site: a kitchen's day may begin at four."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from core.clock import business_day
from core.uow import SiteFacts
from desktop.context import AppContext
from desktop.widgets import local_time


class SiteDay:
    """Asks for the site's rules once; until they have come the calendar's day counts."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._clock = context.office.clock
        self._site: SiteFacts | None = None
        office = context.office
        context.ops.run(owner, lambda: office.site, then=self._know, failed=lambda _error: None)

    def today(self) -> date:
        """The business day of now."""
        now = self._clock.now()
        if self._site is None:
            return local_time(now).date()
        return business_day(now, self._site.zone, self._site.day_start_hour)

    def _know(self, site: SiteFacts) -> None:
        self._site = site
