"""What the domains bring to the window: places, pages, actions, finders for the palette, papers.

Each `desktop/<domain>/__init__.py` has `register(registry: ShellRegistry)`. A permission is a `core.words.Permission`;
None means that everybody signed in may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import Language, Text
from desktop.context import AppContext, Paper

PageFactory = Callable[..., QWidget]


@dataclass(frozen=True)
class Place:
    """One of the at most ten entries of the rail."""

    id: str
    title: Text
    icon: str
    order: int


@dataclass(frozen=True)
class Variant:
    """Another state of a page worth a picture: other `args` of its factory, or something done to it once loaded.

    `find_args(office)` looks them up where they depend on what the site holds, such as the id of a record.
    """

    name: str
    args: Mapping[str, object] = field(default_factory=dict)
    find_args: Callable[[Any], Mapping[str, object]] | None = None
    prepare: Callable[[QWidget], None] | None = None


@dataclass(frozen=True)
class Page:
    """A screen. `factory(context, **args)` makes it; `in_tabs` shows it among the pages of its place.

    A page outside the tabs (of one record) is opened with arguments only; its variants say with which for a picture.
    """

    route: str
    title: Text
    place: str
    permission: object | None
    factory: PageFactory
    order: int = 50
    in_tabs: bool = True
    icon: str = ""
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True)
class Action:
    """Something a person can start from anywhere: by the palette, and by its key when it has one."""

    id: str
    title: Text
    permission: object | None
    run: Callable[..., None]
    key: str = ""
    icon: str = ""
    words: str = ""


@dataclass(frozen=True)
class Hit:
    """One line of the palette. A higher score stands above; `group` is said in grey at the right."""

    title: str
    run: Callable[[], None]
    note: str = ""
    icon: str = ""
    group: str = ""
    score: float = 50.0


Found = Callable[[list[Hit]], None]


@dataclass(frozen=True)
class PaletteProvider:
    """Finds records for the palette: `find(context, owner, text, found)` asks `context.ops` and calls `found`."""

    id: str
    permission: object | None
    find: Callable[[AppContext, QWidget, str, Found], None]


@dataclass(frozen=True)
class Thing:
    """Something that a scan stands for. Its kind is item, lot, location, document, count or person; `code` is its own."""

    kind: str
    id: int
    title: str
    note: str = ""
    code: str = ""
    icon: str = ""


ThingsFound = Callable[[list[Thing]], None]


@dataclass(frozen=True)
class ScanFinder:
    """Finds what a scan stands for: `find(context, owner, scan, found)` asks `context.ops` and calls `found` once."""

    id: str
    permission: object | None
    find: Callable[[AppContext, QWidget, Any, ThingsFound], None]


@dataclass(frozen=True)
class ThingAction:
    """What can be done with a scanned thing of these kinds: `run(context, thing, scan)`. The lowest order is for Enter."""

    id: str
    kinds: frozenset[str]
    title: Text
    permission: object | None
    run: Callable[[AppContext, Thing, Any], None]
    icon: str = ""
    order: int = 50


@dataclass(frozen=True)
class UnknownChoice:
    """What can be done with a code nobody knows: `run(context, scan, again)`; `again` takes the scan once more, where it
    was wanted. `key` is the letter that chooses it."""

    id: str
    title: Text
    permission: object | None
    run: Callable[[AppContext, Any, Callable[[], object]], None]
    key: str = ""
    icon: str = ""


@dataclass(frozen=True)
class PaperMaker:
    """A paper the program can print. `examples(office, language)` makes it of records of the site, without a window."""

    id: str
    title: Text
    permission: object | None
    examples: Callable[[Any, Language], list[Paper]]


@dataclass(frozen=True)
class Bell:
    """The number beside the bell: `count(context, owner, told)` asks and tells it; a click goes to `route`."""

    topics: frozenset[str]
    count: Callable[[AppContext, QWidget, Callable[[int], None]], None]
    route: str


@dataclass(frozen=True)
class LightState:
    """One health light of the footer: level is good, warn, bad or off."""

    level: str
    text: Text


@dataclass(frozen=True)
class Light:
    """A health light of the footer. `start(context, owner, tell)` tells its state now and whenever it changes."""

    id: str
    start: Callable[[AppContext, QWidget, Callable[[LightState], None]], None]
    route: str = ""


@dataclass(frozen=True)
class Chore:
    """Something the program does by itself while somebody is signed in. `start(context, owner)` is called once for a
    frame; what it sets going ends with the owner. It says nothing and asks nothing."""

    id: str
    start: Callable[[AppContext, QWidget], None]


class ShellRegistry:
    """Everything registered, in order. An id or route given twice is a bug and raises ValueError."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._pages: dict[str, Page] = {}
        self._actions: dict[str, Action] = {}
        self._providers: dict[str, PaletteProvider] = {}
        self._papers: dict[str, PaperMaker] = {}
        self._lights: dict[str, Light] = {}
        self._chores: dict[str, Chore] = {}
        self._finders: dict[str, ScanFinder] = {}
        self._thing_actions: dict[str, ThingAction] = {}
        self._choices: dict[str, UnknownChoice] = {}
        self.bell: Bell | None = None
        self.undo: Callable[..., Any] | None = None

    def add_place(self, place: Place) -> None:
        """A further entry of the rail."""
        _put(self._places, place.id, place)

    def add_page(self, page: Page) -> None:
        """A page; its place must be there."""
        if page.place not in self._places:
            raise ValueError(f"page {page.route}: no place {page.place}")
        _put(self._pages, page.route, page)

    def add_action(self, action: Action) -> None:
        """An action of the palette."""
        _put(self._actions, action.id, action)

    def add_provider(self, provider: PaletteProvider) -> None:
        """A finder of records for the palette."""
        _put(self._providers, provider.id, provider)

    def add_paper(self, paper: PaperMaker) -> None:
        """A paper that can be printed."""
        _put(self._papers, paper.id, paper)

    def add_light(self, light: Light) -> None:
        """A health light of the footer."""
        _put(self._lights, light.id, light)

    def add_chore(self, chore: Chore) -> None:
        """Something done in the background."""
        _put(self._chores, chore.id, chore)

    def add_finder(self, finder: ScanFinder) -> None:
        """Who finds what a scan stands for."""
        _put(self._finders, finder.id, finder)

    def add_thing_action(self, action: ThingAction) -> None:
        """Something to do with a scanned thing."""
        _put(self._thing_actions, action.id, action)

    def add_unknown_choice(self, choice: UnknownChoice) -> None:
        """Something to do with a code that nobody knows."""
        _put(self._choices, choice.id, choice)

    def set_bell(self, bell: Bell) -> None:
        """Who counts for the bell."""
        self.bell = bell

    def set_undo(self, command: Callable[..., Any]) -> None:
        """The command that takes back a posting; its arguments come with `Posted.undo`."""
        self.undo = command

    @property
    def places(self) -> list[Place]:
        """The places in their order."""
        return sorted(self._places.values(), key=lambda place: place.order)

    @property
    def pages(self) -> list[Page]:
        """All pages, by place and order."""
        order = {place.id: place.order for place in self.places}
        return sorted(self._pages.values(), key=lambda page: (order[page.place], page.order))

    @property
    def actions(self) -> list[Action]:
        """All actions."""
        return list(self._actions.values())

    @property
    def providers(self) -> list[PaletteProvider]:
        """All finders of records."""
        return list(self._providers.values())

    @property
    def papers(self) -> list[PaperMaker]:
        """All papers."""
        return list(self._papers.values())

    @property
    def lights(self) -> list[Light]:
        """All health lights."""
        return list(self._lights.values())

    @property
    def chores(self) -> list[Chore]:
        """All that is done in the background."""
        return list(self._chores.values())

    @property
    def finders(self) -> list[ScanFinder]:
        """All finders of scanned things."""
        return list(self._finders.values())

    @property
    def unknown_choices(self) -> list[UnknownChoice]:
        """What can be done with unknown codes."""
        return list(self._choices.values())

    def thing_actions(self, kind: str) -> list[ThingAction]:
        """What can be done with a thing, best first."""
        fitting = [one for one in self._thing_actions.values() if kind in one.kinds]
        return sorted(fitting, key=lambda one: one.order)

    def page(self, route: str) -> Page:
        """The page of a route. Raises KeyError."""
        return self._pages[route]

    def action(self, action_id: str) -> Action:
        """The action of an id. Raises KeyError."""
        return self._actions[action_id]

    def pages_of(self, place_id: str, may: Callable[[object | None], bool]) -> list[Page]:
        """The pages of a place that a person may see and that stand in its tabs."""
        return [page for page in self.pages if page.place == place_id and page.in_tabs and may(page.permission)]


def _put(where: dict[str, Any], key: str, value: object) -> None:
    if key in where:
        raise ValueError(f"{key} is registered twice")
    where[key] = value
