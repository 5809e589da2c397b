"""The sample site: a restaurant with a small shop, made through the same commands that people use.

Promises: small is made in seconds, with master data in both languages, three months of history up to now and a year brought in
from before them; large has 100,000 items and a million ledger entries; the same clock gives the same site; verify finds nothing
wrong in it. Sources and licences of the data, names and secrets of the people: `resources/sample/README.md`.
"""

from core.sample.people import ADMIN_NAME, ADMIN_PASSWORD, SAMPLE_PIN, SITE_NAME, SITE_NAME_EN, STAFF
from core.sample.site import create_sample_site

__all__ = [
    "ADMIN_NAME",
    "ADMIN_PASSWORD",
    "SAMPLE_PIN",
    "SITE_NAME",
    "SITE_NAME_EN",
    "STAFF",
    "create_sample_site",
]
