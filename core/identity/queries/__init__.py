"""What a person can see of people, roles, rights, settings and the operation log."""

from core.identity.queries.audit import list_audit_choices, search_audit
from core.identity.queries.people import find_person_by_badge, get_me, get_person, list_people
from core.identity.queries.roles import list_permissions, list_role_places, list_roles
from core.identity.queries.site import get_site, list_approval_rules, list_approvers

__all__ = [
    "find_person_by_badge",
    "get_me",
    "get_person",
    "get_site",
    "list_approval_rules",
    "list_approvers",
    "list_audit_choices",
    "list_people",
    "list_permissions",
    "list_role_places",
    "list_roles",
    "search_audit",
]
