"""Prints what release commands find, for people or as JSON, and says with which code they end."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence

from patchbay import output
from patchbay.aws import Aws
from patchbay.releases import finish, plan_text, screen, starting, tell
from patchbay.releases.everywhere import MISTAKEN, Result, worst
from patchbay.releases.orders import Done
from patchbay.releases.plans import Plan
from patchbay.releases.refusals import refusal
from patchbay.releases.sight import Sight
from patchbay.releases.sites import Site
from patchbay.releases.watching import REAL, Aim, Clock, Glance, exit_code, glances, is_over, leading
from release.report_text import markdown


def reading_plans(aws: Aws, sites: Sequence[Site], version: str | None) -> list[Result[Plan]]:
    """Days of log lines take some seconds."""
    with output.step("reading the last seven days"):
        return starting.read_plans(aws, sites, version)


def plans(planned: Sequence[Result[Plan]], *, json: bool) -> None:
    """Without the reasons against them."""
    if json:
        output.data({"plans": tell.values(planned, plan_text.as_dict)})
        return
    for plan in (result.value for result in planned if result.value):
        first, *rest = plan_text.lines(plan)
        output.line(first, "bold")
        for text in rest:
            output.line(text)


def refused_plans(planned: Sequence[Result[Plan]]) -> int:
    """Complains; the exit code."""
    codes = [tell.failures(planned)]
    for result in planned:
        if result.value is not None and (why := refusal(result.value)):
            output.error(f"{result.site.label}: {why}")
            codes.append(MISTAKEN)
    return worst(codes)


def done(results: Sequence[Result[Done]], planned: Sequence[Result[Plan]] = (), *, json: bool) -> int:
    """What was done where; the exit code."""
    if json:
        given = {"plans": tell.values(planned, plan_text.as_dict)} if planned else {}
        output.data({**given, "releases": [_done(result) for result in results]})
    else:
        for result in results:
            if result.value is not None:
                output.line(f"{result.site.label}: {result.value.sentence}")
    unread = [result for result in planned if result.value is None]
    if unread:
        return worst(
            [tell.failures(unread), tell.failures([r for r in results if r.site not in _sites(unread)])]
        )
    return tell.failures(results)


def _sites(results: Sequence[Result[Plan]]) -> list[Site]:
    return [result.site for result in results]


def _done(result: Result[Done]) -> dict[str, object]:
    value = result.value
    return {
        "function": result.site.function.name,
        "region": result.site.region,
        "done": value is not None,
        "changed": value is not None and value.changed,
        "sentence": value.sentence if value else result.sentence,
    }


def watch(
    aws: Aws, sites: Sequence[Site], aim: Aim, *, json: bool, brief: bool = False, clock: Clock = REAL
) -> int:
    """Looks until the end; the exit code. `brief`: a sentence at the end in place of the report."""
    seen: Glance = ()
    try:
        with _drawing(json=json) as draw:
            for seen in glances(aws, sites, aim, clock):
                draw(seen)
    except KeyboardInterrupt:
        _left(seen, every=aim.every)
        return 130
    return _over(seen, aim, json=json, brief=brief)


def _left(seen: Glance, *, every: bool) -> None:
    running = [result.value for result in leading(seen) if result.value]
    if running:
        output.note(finish.how_to_go_on(running, every=every))


def _over(seen: Glance, aim: Aim, *, json: bool, brief: bool) -> int:
    sights = [result.value for result in seen if result.value]
    code = worst([tell.failures(seen), exit_code(seen, aim)])
    if json:
        output.data({"code": code, "releases": tell.values(seen, finish.as_dict)})
    else:
        for sight in (s for s in sights if s.standing.site.leads or len(sights) == 1):
            _conclude(sight, brief=brief)
    if sights and not is_over(seen, aim):
        output.note(f"still running: {finish.how_to_go_on(sights, every=aim.every)}")
    return code


def _conclude(sight: Sight, *, brief: bool) -> None:
    output.line()
    made = finish.report_of(sight)
    if made is not None and not brief and sight.is_over(until_done=False):
        output.markdown(markdown(made))
        output.line()
    # Last, where a terminal still shows it.
    output.line(finish.sentence(sight))


@contextlib.contextmanager
def _drawing(*, json: bool) -> Iterator[Callable[[Glance], None]]:
    """On a terminal a part of the screen, elsewhere a line for each change; for JSON, beside the data."""
    if output.is_live() and not json:
        with output.live() as draw:
            yield lambda seen: draw(_rows(seen))
        return
    told: dict[tuple[str, str], object] = {}
    say = output.note if json else output.line

    def tell_changes(seen: Glance) -> None:
        for result in seen:
            if result.value is not None and told.get(result.site.key) != result.value.news:
                told[result.site.key] = result.value.news
                say(screen.line(result.value, time.time()))

    yield tell_changes


def _rows(seen: Glance) -> list[output.Row]:
    rows: list[output.Row] = []
    for result in leading(seen):
        if result.value is None:
            rows.append([(result.sentence, "red")])
            continue
        rows.extend(screen.rows(result.value, _followers(result.value, seen), time.time(), output.width()))
        rows.append([("", "")])
    return rows


def _followers(sight: Sight, seen: Glance) -> list[Sight]:
    """Of the same function."""
    site = sight.standing.site
    others = [r.value for r in seen if r.value and r.site.function.name == site.function.name]
    return [
        other
        for other in others
        if not other.standing.site.leads and other.standing.site.leader == site.region
    ]
