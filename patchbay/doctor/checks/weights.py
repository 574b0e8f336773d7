"""Whether a split of callers belongs to a release, and whether somebody works on that release."""

from collections.abc import Iterator

from live_alias import record as records
from live_alias.executions import Run
from live_alias.progress import Phase
from live_alias.record import Record
from live_alias.routing import Routing
from patchbay.doctor import called
from patchbay.doctor.model import Check, Finding, Scene, failed, passed, skipped, warned
from patchbay.functions import Kind
from patchbay.live.model import Alias, LiveFunction, Read, Unread


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        alias = called.alias(scene, live)
        if isinstance(alias, Unread):
            yield skipped(called.place(live), alias)
            continue
        record = records.parse(alias.description)
        if record is not None and record.active and record.releases:
            yield _release(scene, live, alias, record)
        else:
            yield _no_release(scene, live, alias, record)


def _release(scene: Scene, live: LiveFunction, alias: Alias, record: Record) -> Finding:
    """One that goes on; a paused one does so too: its controller still looks."""
    place, routing = called.place(live), Routing.of(alias.version, alias.weights)
    assert record.active is not None
    candidate = record.releases[0].candidate
    strangers = [v for v in routing.shares if v not in (candidate, record.stable, *_previous(live))]
    if strangers:
        sentence = (
            f"callers are on {routing}, but the release that goes on is that of version {candidate} in place "
            f"of {record.stable}: somebody moved the alias by hand"
        )
        return warned(place, sentence, _abort(scene, live))
    running = next(region.running for region in scene.seen.regions if region.region == live.region)
    if isinstance(running, Unread):
        return skipped(place, running)
    if any(name.startswith(_executions(live, record)) for name in running.value):
        paused = ", paused" if record.active.paused else ""
        return passed(place, f"{routing}: the release of version {candidate} ({record.active.phase}{paused})")
    sentence = (
        f"the release of version {candidate} is at {record.active.phase}, callers are on {routing}, and no "
        "execution works on it; the sweep takes it up again within 15 minutes"
    )
    return warned(place, sentence, f"look again then, or end it now: {_abort(scene, live)}")


def _previous(live: LiveFunction) -> tuple[str, ...]:
    """A release goes back there where the recorded version is gone."""
    assert isinstance(live.aliases, Read)
    previous = live.aliases.value.get("previous")
    return (previous.version,) if previous else ()


def _executions(live: LiveFunction, record: Record) -> str:
    """What the names of the release's executions begin with."""
    assert record.active is not None
    return Run(live.name, record.releases[0].candidate, record.active.at).name.removesuffix("1")


def _no_release(scene: Scene, live: LiveFunction, alias: Alias, record: Record | None) -> Finding:
    place, routing = called.place(live), Routing.of(alias.version, alias.weights)
    if not any(0 < share < 1 for share in routing.shares.values()):
        return passed(place, f"callers are on version {routing.most}, and no release goes on")
    progress = record.progress if record and record.releases else None
    if record is None or progress is None:
        sentence = f"calls are split, {routing}, and no release works on it: somebody did that by hand"
        return warned(place, sentence, _end(scene, live, routing))
    candidate = record.releases[0].candidate
    sentence = (
        f"calls are split, {routing}, but the release of version {candidate} ended ({progress.phase}: "
        f"{progress.why or 'no reason on record'}): somebody split them by hand"
    )
    can_abort = candidate in routing.shares and record.stable
    fix = _abort(scene, live) if can_abort else _end(scene, live, routing)
    if progress.phase is Phase.BACK and candidate in routing.shares:
        return failed(place, f"{sentence}, and that version was judged bad", fix)
    return warned(place, sentence, fix)


def _end(scene: Scene, live: LiveFunction, routing: Routing) -> str:
    """Only a flow's function is released by evidence."""
    whole = called.all_to(live, routing.most)
    other = next(version for version in routing.shares if version != routing.most)
    if scene.environment.functions[live.function].kind is not Kind.FLOW:
        return whole
    start = f"patchbay release start {_site(scene, live)} --version {other}"
    return f"{whole}, or, to release version {other} by evidence: {start}"


def _abort(scene: Scene, live: LiveFunction) -> str:
    return f"patchbay release abort {_site(scene, live)}"


def _site(scene: Scene, live: LiveFunction) -> str:
    return f"{live.function} --env {scene.environment.name} --region {live.region}"


CHECK = Check(
    "weights",
    "calls are split only by a release, and somebody works on it",
    "On a forgotten split some callers meet a version that nobody watches, for as long as nobody looks.",
    "abort the release, or send every call to one version",
    'Lambda developer guide, "Implement Lambda canary deployments using a weighted alias": '
    "https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html",
    _look,
)
