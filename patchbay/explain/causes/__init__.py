"""Why a Lambda block took its Error branch: one module for each kind of cause, asked in this order."""

from collections.abc import Callable

from patchbay.explain import results
from patchbay.explain.case import Case, Cause
from patchbay.explain.causes import access, answered, faulty, late, missing, service, throttled, unknown

Rule = Callable[[Case], Cause | None]

BY_STATUS: dict[int, Rule] = {403: access.cause, 404: missing.cause, 429: throttled.cause}
"""Lambda said so to Connect, so the function did not run."""

OF_FUNCTION: tuple[Rule, ...] = (
    late.chain,
    faulty.start_up,
    late.block,
    late.function,
    faulty.refused,
    faulty.raised,
    answered.cause,
    unknown.nothing,
)
"""Connect says the same of all of these; the first that fits is it."""


def find(case: Case) -> Cause | None:
    """None where the block did not fail."""
    if not case.entry.failed:
        return None
    said = case.entry.results or ""
    if refused := results.refusal(said):
        rule = BY_STATUS.get(refused.status, service.cause)
        return rule(case) or unknown.other(case)
    if results.instance_limit(said):
        return throttled.instance(case)
    if not results.function_failed(said):
        return unknown.other(case)
    found = (rule(case) for rule in OF_FUNCTION)
    return next((cause for cause in found if cause), None) or unknown.other(case)
