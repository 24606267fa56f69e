"""What `make` calls. Everything up to the virtual environment uses Python alone.

Read this file first on any Python: it must parse on versions that cannot run the rest.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the guard is for those who are older
    sys.exit(
        "The portal needs Python 3.11 or newer and this is %d.%d. "  # noqa: UP031
        "Name a newer one: make run PYTHON=python3.12" % sys.version_info[:2]
    )
