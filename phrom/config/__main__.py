"""`python -m phrom.config` is the `phrom` command."""

import sys

from phrom.config.command import main

if __name__ == "__main__":  # the server's worker processes import this module again
    sys.exit(main())
