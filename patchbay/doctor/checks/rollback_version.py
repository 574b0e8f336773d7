"""Whether the version that a rollback would take callers to is still there, and stays."""

from collections.abc import Iterator

from live_alias import record as records
from live_alias.progress import Phase
from live_alias.record import Record
from patchbay.doctor import called, proposed
from patchbay.doctor.model import Check, Finding, Scene, failed, passed, skipped, warned
from patchbay.live.model import Alias, LiveFunction, Read, Unread
from patchbay.naming import PREVIOUS


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        alias = called.alias(scene, live)
        for unread in (alias, live.versions):
            if isinstance(unread, Unread):
                yield skipped(called.place(live), unread)
                break
        else:
            assert isinstance(alias, Alias)
            yield _function(scene, live, alias)


def _function(scene: Scene, live: LiveFunction, alias: Alias) -> Finding:
    record = records.parse(alias.description)
    if record is None or not record.releases or record.stable is None:
        return passed(called.place(live), "no release is on record, so none would be taken back")
    if record.active is not None:
        return _going(scene, live, record, record.stable)
    candidate, stable = record.releases[0].candidate, record.stable
    if stable in _versions(live):
        return passed(called.place(live), f"version {stable}, which version {candidate} replaced, is there")
    sentence = f"version {stable}, which version {candidate} replaced, is not there: nobody can go back to it"
    return warned(called.place(live), sentence, _deploy(scene, live))


def _going(scene: Scene, live: LiveFunction, record: Record, stable: str) -> Finding:
    """As `release.view` chooses: the recorded version, or what `previous` names."""
    place, candidate = called.place(live), record.releases[0].candidate
    assert record.active is not None
    release = f"the release of version {candidate} is at {record.active.phase}"
    previous = _previous(live)
    if stable in _versions(live):
        if record.active.phase is Phase.WATCH and previous != stable:
            names = f"names version {previous}" if previous else "is not there"
            sentence = (
                f"{release}, but the alias {PREVIOUS} {names}: nothing keeps version {stable} from deletion"
            )
            return warned(place, sentence, _keep(live, stable, previous))
        return passed(place, f"{release}, and would go back to version {stable}")
    if previous in _versions(live) and previous != candidate:
        sentence = (
            f"{release}; version {stable}, from which it began, is not there: it would go back to {previous}"
        )
        return warned(
            place, sentence, f"patchbay release status {live.function} --env {scene.environment.name}"
        )
    sentence = f"{release}, and version {stable} is not there: a bad verdict could take no caller back"
    return failed(place, sentence, _deploy(scene, live))


def _versions(live: LiveFunction) -> tuple[str, ...]:
    assert isinstance(live.versions, Read)
    return live.versions.value


def _previous(live: LiveFunction) -> str | None:
    assert isinstance(live.aliases, Read)
    found = live.aliases.value.get(PREVIOUS)
    return found.version if found else None


def _keep(live: LiveFunction, stable: str, previous: str | None) -> str:
    operation = "update-alias" if previous else "create-alias"
    return called.command(operation, live, f"--name {PREVIOUS} --function-version {stable}")


def _deploy(scene: Scene, live: LiveFunction) -> str:
    """A deleted version does not come back."""
    stack = scene.environment.names.functions_stack(live.region)
    return f"take the commit with the code to go back to; then: {proposed.deploy(scene.environment, stack)}"


CHECK = Check(
    "rollback-version",
    "the version that a release would go back to is there",
    "Without it a release that is judged bad, or an operator's abort, leaves callers on the bad version.",
    "deploy the earlier code again as a new version",
    'Lambda developer guide, "Manage Lambda function versions": '
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html",
    _look,
)
