"""Identity: the site's people, their roles and rights, how they sign in, and the audit trail.

Promises: a right is checked in the service layer before any command runs; passwords and PINs are kept as Argon2id hashes
only; after five failed tries a person is locked out for five minutes; permission changes stand in the audit trail.
"""

from core.identity.rules import BUILT_IN_ROLES, LOCK_OUT_MINUTES, MOST_TRIES, check_not_locked_out, wrong_secret
from core.identity.steps import (
    find_sign_in,
    list_sign_in_names,
    load_actor,
    load_site,
    record_sign_in,
    seed_identity,
    system_actor,
    verify_secret,
)
from core.identity.types import NewSite, SignInFacts, SignInName

__all__ = [
    "BUILT_IN_ROLES",
    "LOCK_OUT_MINUTES",
    "MOST_TRIES",
    "NewSite",
    "SignInFacts",
    "SignInName",
    "check_not_locked_out",
    "find_sign_in",
    "list_sign_in_names",
    "load_actor",
    "load_site",
    "record_sign_in",
    "seed_identity",
    "system_actor",
    "verify_secret",
    "wrong_secret",
]
