"""Lines of a function's log, for people and as data."""

import json
from typing import Any

from patchbay import output
from patchbay.explain import words
from patchbay.explain.as_data import moment
from patchbay.explain.tail_lines import Shown


def lines(found: tuple[Shown, ...], wide: int) -> None:
    """Time, Region (in `wide` columns), version, request, message; the contact where the request begins."""
    for line in found:
        if line.text is None:
            continue
        version = f"v{line.version}" if (line.version or "").isdigit() else line.version or "-"
        contact = f"  contact {line.contact}" if line.contact and line.text == "started" else ""
        output.pieces(
            (
                (f"{words.time_of(line.at)}  ", "dim"),
                (f"{line.region:<{wide}}  ", "cyan"),
                (f"{version:<4}  ", "green"),
                (f"{(line.request or '-')[:8]:<8}  ", "dim"),
                (line.text, "red" if line.failed else ""),
                (contact, "dim"),
            )
        )


def as_data(line: Shown) -> dict[str, Any]:
    """One line whole."""
    return {
        "at": moment(line.at),
        "region": line.region,
        "version": line.version,
        "request_id": line.request,
        "contact_id": line.contact,
        "failed": line.failed,
        "message": line.message,
        "log_stream": line.stream,
    }


def data_lines(found: tuple[Shown, ...]) -> None:
    """One JSON object a line, for what follows."""
    for line in found:
        output.line(json.dumps(as_data(line), ensure_ascii=False))
