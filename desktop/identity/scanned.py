"""People and scans: a badge opens its person, for who looks after people."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import identity
from core.devices import OwnKind, Scan, badge_of
from core.i18n import _
from core.identity import PersonCard
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import ScanFinder, ShellRegistry, Thing, ThingAction, ThingsFound


def register_scans(registry: ShellRegistry) -> None:
    """Bring who finds people by their badge."""
    registry.add_finder(ScanFinder("identity.people", Permission.PERSON_EDIT, find_people))
    registry.add_thing_action(
        ThingAction("identity.open", frozenset({"person"}), _("Open"), Permission.PERSON_EDIT, _open, "user", 10)
    )


def find_people(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The person who carries this badge."""

    def take(card: PersonCard | None) -> None:
        found([] if card is None else [Thing("person", card.person_id, card.name, icon="user")])

    is_about = scan.own.kind is OwnKind.PERSON if scan.own is not None else not scan.gtin
    if is_about:
        ask = context.ops.ask
        ask(owner, identity.find_person_by_badge, badge=badge_of(scan), then=take, failed=lambda _error: found([]))
    else:
        found([])


def _open(context: AppContext, thing: Thing, _scan: Scan) -> None:
    context.shell.go("settings.people", person_id=thing.id)
