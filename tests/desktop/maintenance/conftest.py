"""The page of maintenance on a real office, with the people of identity's pages."""

from tests.desktop.identity.conftest import make_person

__all__ = ["make_person"]
