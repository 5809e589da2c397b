"""What a person can do about people, roles, their own account and the site's settings."""

from core.identity.commands.account import set_own_language, set_own_password, set_own_pin
from core.identity.commands.people import (
    add_person,
    deactivate_person,
    reactivate_person,
    unlock_person,
    update_person,
)
from core.identity.commands.roles import create_role, delete_role, give_role, take_role, update_role
from core.identity.commands.secrets import set_badge, set_password, set_pin
from core.identity.commands.site import remove_approval_rule, set_approval_rule, update_site

__all__ = [
    "add_person",
    "create_role",
    "deactivate_person",
    "delete_role",
    "give_role",
    "reactivate_person",
    "remove_approval_rule",
    "set_approval_rule",
    "set_badge",
    "set_own_language",
    "set_own_password",
    "set_own_pin",
    "set_password",
    "set_pin",
    "take_role",
    "unlock_person",
    "update_person",
    "update_role",
    "update_site",
]
