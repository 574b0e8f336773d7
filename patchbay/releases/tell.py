"""Prints what came of a command at several sites, and says with which code it ends."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from patchbay import output
from patchbay.releases.everywhere import REFUSED, Result, worst

T = TypeVar("T")


def failures(results: Sequence[Result[T]]) -> int:
    """Complains about what failed, once where nothing is deployed at all. Returns the exit code."""
    if results and all(result.is_missing for result in results):
        output.error(_not_deployed(results))
        return REFUSED
    for result in results:
        if result.sentence:
            output.error(result.sentence)
    return worst(result.code for result in results)


def _not_deployed(results: Sequence[Result[T]]) -> str:
    site = results[0].site
    name = site.environment.name
    regions = ", ".join(dict.fromkeys(result.site.region for result in results))
    if len(results) == 1 or len({result.site.function.name for result in results}) == 1:
        return f"{site.name} has no alias {site.alias} in {regions}: deploy environment {name} first"
    return f"environment {name} is not deployed: no function has an alias {site.alias} in {regions}"


def values(
    results: Sequence[Result[T]], as_dict: Callable[[T], dict[str, object]]
) -> list[dict[str, object]]:
    """For --json: what came of it, or the sentence that says why nothing did."""
    return [
        as_dict(result.value)
        if result.value is not None
        else {
            "function": result.site.function.name,
            "region": result.site.region,
            "error": result.sentence,
        }
        for result in results
    ]
