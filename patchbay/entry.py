"""What the command `patchbay` runs: everything else is imported under the wing of Ctrl-C."""

import sys

INTERRUPTED = 130


def main() -> None:
    """As patchbay.main; interrupted while it is still being imported, it ends with 130 and one word."""
    try:
        from patchbay.main import main as run

        run()
    except KeyboardInterrupt:
        # Not by patchbay.output, which may be what was being imported.
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
