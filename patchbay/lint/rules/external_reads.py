"""Whether the answer that `$.External` holds where a block reads it has the key."""

import difflib
from collections.abc import Iterable, Iterator, Sized

from common.response import ResponseType
from patchbay.functions import Function
from patchbay.lint import sources
from patchbay.lint.linted_flow import LintedFlow
from patchbay.lint.model import Rule, Severity, Spot, shown
from patchbay.lint.sources import Last, Place

_SHOWN = 3


def _has(function: Function, key: str) -> bool:
    """Also where the answer's part is read whole, or JSON may nest deeper than `returns` says."""
    if function.returns is None:
        return True
    deeper = function.response is ResponseType.JSON
    return any(
        key == name or name.startswith(f"{key}.") or (deeper and key.startswith(f"{name}."))
        for name in function.returns
    )


def _function(flow: LintedFlow, last: Last) -> Function | None:
    """Of a source that is sure: known, and nothing has failed since."""
    return flow.invocations[last.block].function if last.block and last.failed is None else None


def _lacking(flow: LintedFlow, place: Place) -> dict[str, Function]:
    """The blocks that may have answered last, and whose functions do not return the key."""
    return {
        str(last.block): function
        for last in sorted(place.sources, key=str)
        if (function := _function(flow, last)) and not _has(function, place.read.key)
    }


def _others_have(flow: LintedFlow, key: str) -> bool:
    functions = (invocation.function for invocation in flow.invocations.values())
    return any(f is not None and f.returns is not None and _has(f, key) for f in functions)


def _find_stale(flow: LintedFlow) -> Iterator[Spot]:
    for place in sources.places(flow):
        lacking = _lacking(flow, place)
        if lacking and _others_have(flow, place.read.key):
            who = ", ".join(f"{function.name} in {block!r}" for block, function in lacking.items())
            yield Spot(
                place.block,
                f"reads {place.read}, but on a way here the last function that answered is {who}, "
                "which does not return it",
            )


def _find_unknown(flow: LintedFlow) -> Iterator[Spot]:
    for place in sources.places(flow):
        lacking = _lacking(flow, place)
        if lacking and not _others_have(flow, place.read.key):
            function = next(iter(lacking.values()))
            yield Spot(place.block, f"reads {place.read}, but {_returns(function, place.read.key)}")


def _returns(function: Function, key: str) -> str:
    known = function.returns or ()
    close = difflib.get_close_matches(key, known, n=1)
    meant = f" (did you mean {close[0]}?)" if close else ""
    return f"{function.name} returns {', '.join(known) or 'nothing'}{meant}"


def _by_block(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.block, []).append(place)
    return found


def _shown(places: list[Place]) -> str:
    return shown([str(place.read) for place in places], _SHOWN)


def _like_it(more: Sized) -> str:
    return f" (and {len(more)} more blocks like it)" if more else ""


def _find_without(flow: LintedFlow) -> Iterator[Spot]:
    places = [place for place in sources.places(flow) if place.sources == {Last(None)}]
    if places:
        (block, read), *more = _by_block(places).items()
        yield Spot(block, f"reads {_shown(read)}, but no way here invokes a function{_like_it(more)}")


def _find_sometimes(flow: LintedFlow) -> Iterator[Spot]:
    places = (
        place
        for place in sources.places(flow)
        if Last(None) in place.sources and not place.sources <= {Last(None), Last(place.block)}
    )
    for block, read in _by_block(places).items():
        yield Spot(block, f"reads {_shown(read)}, but a way leads here that invokes no function")


def _find_after_error(flow: LintedFlow) -> Iterator[Spot]:
    """One for each block that may fail: where the reads begin, in the flow's order."""
    after: dict[str, list[Place]] = {}
    for place in sources.places(flow):
        for failed in {last.failed for last in place.sources if last.failed is not None}:
            after.setdefault(failed, []).append(place)
    for failed, places in after.items():
        (block, read), *more = _by_block(places).items()
        yield Spot(block, f"reads {_shown(read)} on the Error branch of {failed!r}{_like_it(more)}")


_KEEP = (
    "keep the answer with UpdateContactAttributes right behind its own Invoke block, and read the attribute"
)

RULES = (
    Rule(
        "stale-external",
        Severity.ERROR,
        "$.External is read before another invocation has replaced it.",
        "The key is gone with the answer that had it: the caller hears nothing there, no condition matches.",
        _KEEP,
        _find_stale,
    ),
    Rule(
        "unknown-key",
        Severity.ERROR,
        "A key read from $.External is one that the function returns.",
        "A key that is not there reads as empty.",
        "correct the key, or add it to the function's answer and to `returns` in its function.toml",
        _find_unknown,
    ),
    Rule(
        "external-without-invocation",
        Severity.WARNING,
        "$.External is read only where a function of this flow has answered.",
        "It is empty there, unless another flow came before and its function's answer is still there.",
        "invoke the function first, or hand its answer over as an attribute",
        _find_without,
    ),
    Rule(
        "external-on-some-ways",
        Severity.WARNING,
        "On every way to a read of $.External a function has been invoked.",
        "Callers who come the other way hear nothing there, and no condition matches.",
        _KEEP,
        _find_sometimes,
    ),
    Rule(
        "external-after-error",
        Severity.WARNING,
        "$.External is not read on the Error branch of an invocation.",
        "The function has answered nothing; whether an older answer is still there is not documented.",
        _KEEP,
        _find_after_error,
    ),
)
