"""The `steward` command: what administrators and scheduled jobs do without a window, by the same commands and queries.

Exit codes: 0 done; 2 it could not be done, with sentences on standard error; 1 the program is at fault, with the id of a
report in the log folder. Data goes to standard output, everything else to standard error.
"""

from core.cli.app import main

__all__ = ["main"]
