"""Building blocks of stock for other domains' commands."""

from core.stock.steps.closed import Held, close_until, first_move, hold_ledger, opening_moment, reopen_until
from core.stock.steps.desk import Desk
from core.stock.steps.links import open_quantities
from core.stock.steps.lots import ensure_lot
from core.stock.steps.places import NewLocation, check_rights_at, create_locations
from core.stock.steps.posting import check_backdating, post, post_all
from core.stock.steps.reverse import moment_of_reversal, post_reversal
from core.stock.steps.reverse_many import post_reversals
from core.stock.steps.seed import SITE_CODE, TRANSIT_CODE, seed_stock
from core.stock.steps.watching import watch_reversals

__all__ = [
    "SITE_CODE",
    "TRANSIT_CODE",
    "Desk",
    "Held",
    "NewLocation",
    "check_backdating",
    "check_rights_at",
    "close_until",
    "create_locations",
    "ensure_lot",
    "first_move",
    "hold_ledger",
    "moment_of_reversal",
    "open_quantities",
    "opening_moment",
    "post",
    "post_all",
    "post_reversal",
    "post_reversals",
    "reopen_until",
    "seed_stock",
    "watch_reversals",
]
