"""What can go wrong and is no bug: each is a sentence for a person, with the field it belongs to.

Anything that is not a `CoreError` is a bug and is reported as one.
"""

from __future__ import annotations

from core.i18n import Text


class CoreError(Exception):
    """A sentence for the person: what happened, where, and what would be right. Nothing was saved."""

    def __init__(self, text: Text, *, field: str | None = None, row: int | None = None) -> None:
        super().__init__(text.render("en"))
        self.text = text
        self.field = field
        self.row = row

    def in_row(self, row: int) -> CoreError:
        """The same error, said of a row of a list or file (1 is the first)."""
        self.row = row
        return self


class InvalidInput(CoreError):
    """A value that cannot be right: wrong form, unit, date, code."""


class NotFound(CoreError):
    """The thing named does not exist."""


class NotAllowed(CoreError):
    """The person has no right to do or see this."""


class Refused(CoreError):
    """A rule of the business says no: too little stock, locked place, closed period."""


class Conflict(CoreError):
    """Somebody else changed the record meanwhile; `mine`, `theirs` and `base` are by field, for a merge offer."""

    def __init__(
        self, text: Text, *, base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]
    ) -> None:
        super().__init__(text)
        self.base, self.mine, self.theirs = base, mine, theirs


class NeedsConfirmation(CoreError):
    """A question. The same call with `confirmed` holding `key` goes through."""

    def __init__(self, text: Text, *, key: str, field: str | None = None) -> None:
        super().__init__(text, field=field)
        self.key = key


class Unavailable(CoreError):
    """The database cannot be reached now; the same request may be sent again."""


class Unreachable(Unavailable):
    """There is no way to the database: a window keeps what was typed and sends it later."""


class Outdated(Refused):
    """The site is of an older version and must be upgraded before it can be opened."""


class SignInFailed(CoreError):
    """Name, password or PIN were wrong, or the person is locked out."""


class Rejected(CoreError):
    """Many errors at once, such as the bad rows of a file; nothing was saved."""

    def __init__(self, text: Text, errors: tuple[CoreError, ...]) -> None:
        super().__init__(text)
        self.errors = errors
