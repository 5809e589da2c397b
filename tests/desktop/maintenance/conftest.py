"""The page of maintenance on a real office: the fixtures of identity's pages."""

from tests.desktop.identity.conftest import context, make_person, settled, shell, shown

__all__ = ["context", "make_person", "settled", "shell", "shown"]
