"""``python -m anlan``: the same command as the launcher hands over to."""

import sys

from anlan.config.cli import main

sys.exit(main())
