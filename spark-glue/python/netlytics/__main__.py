"""``python -m netlytics``."""

import sys

from netlytics.laptop.program import main

if __name__ == "__main__":
    sys.exit(main())
