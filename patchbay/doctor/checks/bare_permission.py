"""Permissions on the function itself, which lead past the alias to code that no release guards."""

from collections.abc import Iterator

from patchbay.doctor import called, permissions, removal
from patchbay.doctor.model import Check, Finding, Scene, passed, skipped, warned
from patchbay.doctor.permissions import INVOKERS
from patchbay.live.model import LiveFunction, LiveInstance, Read, Statement, Unread
from patchbay.naming import LIVE


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        absent = called.absent(scene, live)
        for unread in (absent, live.bare_policy):
            if isinstance(unread, Unread):
                yield skipped(called.place(live), unread)
                break
        else:
            yield from _function(scene, live)


def _function(scene: Scene, live: LiveFunction) -> Iterator[Finding]:
    """What names more than one source is a matter of open-statements."""
    meant = permissions.meant(scene, live)
    found = [
        statement
        for statement in permissions.statements(live.bare_policy)
        if statement.principal in INVOKERS and statement.exact and statement not in meant
    ]
    for statement in found:
        yield _statement(scene, live, statement)
    if not found:
        yield passed(called.place(live), f"only the alias {LIVE} may be invoked")


def _statement(scene: Scene, live: LiveFunction, statement: Statement) -> Finding:
    sentence = (
        f"statement {statement.sid} lets {statement.source_arn} invoke the function itself, so $LATEST, "
        "which every deploy changes at once"
    )
    if scene.seen.sources.get(str(statement.source_arn)) == Read(value=False):
        fix, mend = removal.fix_or_mend(scene, live, statement), removal.mend(scene, live, statement)
        return warned(called.place(live), sentence, fix, mend)
    fix = f"{_first(scene, live, statement)}{removal.fix(scene, live, statement)}"
    return warned(called.place(live), sentence, fix)


def _first(scene: Scene, live: LiveFunction, statement: Statement) -> str:
    """What is to be done before, because a flow uses it, or may. Modules, drafts and ARNs that are a
    contact's attribute are in no flow that was read: a person has to say that nothing does."""
    arn = scene.environment.function_arn(live.function, live.region)
    owners = [each for each in scene.seen.instances if str(each.instance.arn) == statement.source_arn]
    if not owners:
        return "once no flow there names it: "
    named = _named_by(owners[0], arn)
    if named:
        return f"write {arn}:{LIVE} into the flow {named} first; then: "
    if isinstance(owners[0].flows, Unread) or owners[0].flows_left_out:
        all_flows = f"patchbay doctor --env {scene.environment.name} --all-flows"
        return f"look with {all_flows} whether a flow names it; if none does: "
    return "once no module and no contact attribute names it (no flow does): "


def _named_by(owner: LiveInstance, arn: str) -> str:
    """The first flow that names the function without the alias."""
    flows = owner.flows.value if isinstance(owner.flows, Read) else ()
    for flow in flows:
        if f'"{arn}"' in flow.content or f'"{arn}:$LATEST"' in flow.content:
            return flow.name
    return ""


CHECK = Check(
    "bare-permission",
    f"nobody is let in past the alias {LIVE}",
    "A flow that names the function without its alias meets every deploy at once, and nothing takes it back. "
    "The Connect console adds such a statement when a function without an alias is chosen there.",
    "name the alias in the flow, then remove the statement",
    'Lambda developer guide, "Using Lambda aliases in event sources and permissions policies": '
    "https://docs.aws.amazon.com/lambda/latest/dg/using-aliases.html",
    _look,
)
