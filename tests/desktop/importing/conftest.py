"""The page of importing on a real office: the fixtures of identity's pages."""

from tests.desktop.identity.conftest import context, settled, shell, shown

__all__ = ["context", "settled", "shell", "shown"]
