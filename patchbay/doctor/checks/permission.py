"""Whether everybody who calls an alias may: its policy, which decides before any code runs."""

from collections.abc import Iterator

from patchbay.doctor import called, deployed, owned, permissions, proposed
from patchbay.doctor.model import Check, Finding, Mend, Scene, failed, passed, skipped, warned
from patchbay.doctor.permissions import Source, Standing
from patchbay.live.model import LiveFunction, Read, Unread
from patchbay.naming import LIVE


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        yield from _function(scene, live)


def _function(scene: Scene, live: LiveFunction) -> Iterator[Finding]:
    alias = called.alias(scene, live)
    for source in permissions.sources(scene.environment, live):
        for unread in (alias, live.policy):
            if isinstance(unread, Unread):
                yield skipped(called.place(live, source.instance), unread)
                break
    if not isinstance(alias, Unread) and isinstance(live.policy, Read):
        for standing in permissions.standings(scene, live):
            yield _source(scene, live, standing)


def _source(scene: Scene, live: LiveFunction, standing: Standing) -> Finding:
    source, place = standing.source, called.place(live, standing.source.instance)
    if standing.refused is None and standing.exact:
        return passed(place, f"the policy of {LIVE} lets {source.label} in, and says exactly which")
    recorded = owned.recorded(scene, live, source)
    taken = isinstance(recorded, Read) and recorded.value in _sids(live)
    is_busy = deployed.is_busy(scene, live.region)
    mend = None if taken or is_busy or isinstance(recorded, Unread) else _mend(live, source, recorded.value)
    waits = is_busy and isinstance(recorded, Read)
    fix = _waiting(scene, live) if waits else _fix(scene, live, recorded, taken=taken)
    if standing.refused is not None:
        return failed(place, _refused(scene, live, standing), fix, mend)
    if taken:
        return passed(place, f"{source.label} gets in by a statement that names more: see open-statements")
    sentence = f"no statement is for {source.label} alone: it gets in by one that names more"
    return warned(place, sentence, fix, mend)


def _refused(scene: Scene, live: LiveFunction, standing: Standing) -> str:
    source, near = standing.source, standing.near
    start = f"{source.label} may not invoke the alias {LIVE}, so its calls get AccessDenied"
    if standing.exact:
        return f"{start}: {standing.refused}"
    if near is None:
        there = permissions.statements(live.policy)
        why = f"no statement names {source.arn}" if there else "the alias has no policy"
        return f"{start}: {why}"
    return f"{start}: statement {near.sid} {permissions.wrong_parts(scene, live, source, near)}"


def _sids(live: LiveFunction) -> set[str]:
    return {statement.sid for statement in permissions.statements(live.policy)}


def _fix(scene: Scene, live: LiveFunction, recorded: Read[str | None] | Unread, *, taken: bool) -> str:
    again = f"patchbay doctor --env {scene.environment.name} --fix"
    if isinstance(recorded, Unread):
        right = f"with the right {recorded.right}: " if recorded.right else "once the stacks can be read: "
        return f"{right}{again}"
    if recorded.value is None:
        return proposed.deploy(scene.environment, scene.environment.names.functions_stack(live.region))
    if taken:
        sid = f"--qualifier {LIVE} --statement-id {recorded.value}"
        return f"{called.command('remove-permission', live, sid)}; then: {again}"
    return again


def _waiting(scene: Scene, live: LiveFunction) -> str:
    """A deploy that is at work may put it there by itself."""
    stack = scene.environment.names.functions_stack(live.region)
    return f"once no deploy of {stack} is at work: patchbay doctor --env {scene.environment.name} --fix"


def _mend(live: LiveFunction, source: Source, sid: str | None) -> Mend | None:
    """Under the id that CloudFormation recorded, so that a later deploy finds and removes it."""
    if sid is None:
        return None
    arguments = {
        "function": live.function,
        "region": live.region,
        "sid": sid,
        "principal": source.principal,
        "source_account": source.arn.account,
        "source_arn": str(source.arn),
    }
    place = called.place(live).label
    return Mend(f"let {source.label} invoke {place}, as statement {sid}", "add-permission", arguments)


CHECK = Check(
    "permission",
    "the policy of every alias lets its instances and bots in",
    "A call that the policy does not let in takes the Error branch, with 403 AccessDenied in the flow log.",
    "put the permission back under the id that CloudFormation has for it: patchbay doctor --fix, or deploy",
    'Amazon Connect administrator guide, "Invoke AWS Lambda functions": '
    "https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html",
    _look,
)
