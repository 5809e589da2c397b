"""Passwords of shared databases: kept in the system's keyring, never in our files.

Where a PC has no keyring (a bare Linux without a secret service) nothing is kept: the password is asked at each start,
and the window says so. PostgreSQL's own password file (`~/.pgpass`) works there too.
"""

from __future__ import annotations

from sqlalchemy.engine import URL, make_url

SERVICE = "Steward"


def has_keyring() -> bool:
    """Whether this PC can remember a password safely."""
    import keyring
    from keyring.backends import fail, null

    return not isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring)


def remember_password(address: str, password: str) -> bool:
    """Keep the password of a database address; False when there is no keyring or it refuses."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, _key(address), password)
    except KeyringError:
        return False
    return has_keyring()


def find_password(address: str) -> str | None:
    """The password kept for a database address, or None."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, _key(address))
    except KeyringError:
        return None


def forget_password(address: str) -> None:
    """Take the password of an address out of the keyring; nothing happens when there is none."""
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        keyring.delete_password(SERVICE, _key(address))
    except (KeyringError, PasswordDeleteError):
        return


def without_password(address: str) -> str:
    """A database address as it may be written down and shown."""
    if "://" not in address:
        return address
    url = make_url(address)
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string(hide_password=False)


def with_password(address: str, password: str | None = None) -> str:
    """A database address ready to open: with the password given, else the one in the address, else the keyring's."""
    if "://" not in address or make_url(address).get_backend_name() == "sqlite":
        return address
    url = make_url(address)
    found = password or url.password or find_password(address)
    return (url.set(password=found) if found else url).render_as_string(hide_password=False)


def postgres_address(host: str, port: int, database: str, user: str) -> str:
    """The address of a shared database, without its password."""
    return URL.create("postgresql", username=user, host=host, port=port, database=database).render_as_string(
        hide_password=False
    )


def _key(address: str) -> str:
    return without_password(address)
