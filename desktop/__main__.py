"""`python -m desktop [SITE]` opens Steward's window."""

import sys

from desktop.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))
