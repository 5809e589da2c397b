"""Building blocks: the rules of the site, who acts, signing in, approval, and checks that several commands share."""

from core.identity.steps.actors import load_actor, load_site, program_id, system_actor
from core.identity.steps.approval import approval_needed, check_approval
from core.identity.steps.journal import SIGN_IN, STAND_IN
from core.identity.steps.sign_in import (
    find_sign_in,
    hash_secret,
    record_sign_in,
    shorten_lock,
    sign_in_tiles,
    verify_secret,
)
from core.identity.steps.start import seed_identity

__all__ = [
    "SIGN_IN",
    "STAND_IN",
    "approval_needed",
    "check_approval",
    "find_sign_in",
    "hash_secret",
    "load_actor",
    "load_site",
    "program_id",
    "record_sign_in",
    "seed_identity",
    "shorten_lock",
    "sign_in_tiles",
    "system_actor",
    "verify_secret",
]
