"""Entry point of the worker: an event of start_order_search in, nothing out.

It writes the same two lines as the functions of a flow, with the id of the search in place of a contact, and
nothing of the customer's.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from common import log, remaining
from common.order_searches import SearchId
from order_search_worker import logic
from order_search_worker.store import SlowOrderSystem, TableOfSearches

_PASS = {"done", "failed", "repeated"}


class RunFailed(Exception):
    """A run raised. Names the error only: Lambda logs this text, and another's may hold personal data."""


def handler(raw: object, context: object) -> None:
    """Searches the orders of `customerId` for `searchId`. Raises RunFailed: Lambda keeps the event."""
    remaining.begin(context)
    with _logged(raw, context) as ended:
        search, customer_id = logic.asked(raw)
        system = SlowOrderSystem(float(os.environ["SECONDS_A_PAGE"]))
        ended(logic.run(search, customer_id, system, TableOfSearches(), lambda: _left(search)))


def _left(search: SearchId) -> float:
    return min(search.deadline - time.time(), remaining.seconds())


@contextmanager
def _logged(raw: object, context: object) -> Iterator[Callable[[str], None]]:
    """One line before the run and one after; the block is given what takes its outcome."""
    names = {"search_id": _search_id(raw), "request_id": getattr(context, "aws_request_id", None)}
    names["function_version"] = getattr(context, "function_version", None)
    outcomes, error_type = ["raised"], None
    begun = time.perf_counter()
    log.started(dict(names))
    try:
        yield outcomes.append
    except Exception as error:
        error_type = type(error).__name__
        raise RunFailed(error_type) from None
    finally:
        took = round((time.perf_counter() - begun) * 1000, 1)
        facts = {"outcome": outcomes[-1], "error_type": error_type, "duration_ms": took}
        log.invocation({**names, **facts}, failed=outcomes[-1] not in _PASS)


def _search_id(raw: object) -> str | None:
    """Only a text of our own form is fit for the log."""
    try:
        return str(logic.asked(raw)[0])
    except logic.NotASearch:
        return None
