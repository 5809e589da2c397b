"""Building blocks: what rules find, alerts in the database, messages made of them."""
