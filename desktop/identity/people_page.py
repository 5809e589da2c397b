"""The people of the site, with a panel for one of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import identity
from core.i18n import _
from core.identity import PersonRow, RolePlace, RoleRow
from desktop.context import AppContext
from desktop.identity.columns import PEOPLE, roles_words
from desktop.identity.following import follow_rows
from desktop.identity.person_forms import PersonForms
from desktop.identity.person_panel import PersonPanel
from desktop.widgets import ChipSpec, FormPanel, PageBase, RowTable, language


class PeoplePage(PageBase):
    """Who works here, and what each may do. Picking a row opens the person beside the list."""

    def __init__(self, context: AppContext, *, person_id: int = 0, is_adding: bool = False) -> None:
        super().__init__(_("People"), _("Who works here, how they sign in, and what each of them may do."))
        self._context = context
        self._people: tuple[PersonRow, ...] = ()
        self.roles: tuple[RoleRow, ...] = ()
        self.places: tuple[RolePlace, ...] = ()
        self._wanted_id, self._is_adding = person_id, is_adding
        self.table = RowTable(PEOPLE, name=_("People"), key="identity.people")
        self.set_table(self.table)
        self.set_primary(_("Add person"), self.add_person)
        self.add_search(lambda _text: self._show_rows(), _("Find a name or role"))
        self.chips.add(ChipSpec("role", _("Role"), ()))
        self.chips.add(ChipSpec("inactive", _("Show inactive")))
        self.chips.changed.connect(self._show_rows)
        follow_rows(self, self.table, self._on_row)
        self.forms = PersonForms(context, self)
        context.hub.watch(self, ["person"], self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for people, roles and places again; an open panel renews itself."""
        self.start_loading()
        ops = self._context.ops
        ops.ask(self, identity.list_roles, then=self._take_roles)
        ops.ask(self, identity.list_role_places, then=self._take_places)
        ops.ask(self, identity.list_people, then=self._take_people)

    def add_person(self) -> None:
        """Open the form for somebody new."""
        self._open_form(self.forms.new_person(self.roles, self.places))

    def open_person(self, person_id: int) -> None:
        """Show one person beside the list."""
        panel = PersonPanel(self._context, person_id, self.roles, self.places)
        panel.form_wanted.connect(self._on_form_wanted)
        self.open_panel(panel, 420)

    def has_unsaved(self) -> bool:
        """Whether the open form holds something typed."""
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def _take_roles(self, roles: tuple[RoleRow, ...]) -> None:
        self.roles = roles
        chip = self.chips.chip("role")
        chip.set_options([(role.role_id, role.title(language())) for role in roles])  # type: ignore[union-attr]

    def _take_places(self, places: tuple[RolePlace, ...]) -> None:
        self.places = places

    def _take_people(self, people: tuple[PersonRow, ...]) -> None:
        self._people = people
        self._show_rows()
        if self._is_adding:
            self._is_adding = False
            self.add_person()
        elif self._wanted_id:
            wanted, self._wanted_id = self._wanted_id, 0
            if self.table.select_where(lambda row: row.person_id == wanted):
                self.open_person(wanted)

    def _show_rows(self) -> None:
        chosen, letters = self.chips.values(), self.head.search_text().casefold()
        self.table.set_rows(
            [
                row
                for row in self._people
                if (row.is_active or chosen["inactive"])
                and (not chosen["role"] or any(role.role_id == chosen["role"] for role in row.roles))
                and (letters in row.name.casefold() or letters in roles_words(row.roles).casefold())
            ]
        )

    def _on_row(self, row: PersonRow | None) -> None:
        panel = self.panel()
        is_open = isinstance(panel, PersonPanel) and row is not None and panel.person_id == row.person_id
        if row is not None and not is_open and not self.has_unsaved():
            self.open_person(row.person_id)

    def _on_form_wanted(self, kind: str) -> None:
        panel = self.panel()
        if isinstance(panel, PersonPanel) and panel.card is not None:
            self._open_form(self.forms.of_person(kind, panel.card))

    def _open_form(self, panel: FormPanel) -> None:
        panel.saved.connect(self._on_saved)
        panel.cancelled.connect(lambda: self._leave_form(panel))
        self.open_panel(panel, 420)
        self._focus_first(panel)

    def _on_saved(self, person_id: object) -> None:
        if isinstance(person_id, int):
            self.open_person(person_id)

    def _leave_form(self, panel: FormPanel) -> None:
        person_id = panel.property("person_id")
        if person_id:
            self.open_person(int(person_id))
        else:
            self.close_panel()

    @staticmethod
    def _focus_first(panel: FormPanel) -> None:
        field: QWidget = panel.form.editor(panel.form.keys()[0]).field()
        field.setFocus()
