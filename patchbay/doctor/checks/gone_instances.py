"""Statements for instances and bots that the environment does not have, or not any more."""

from collections.abc import Iterator

from patchbay.doctor import called, permissions, removal
from patchbay.doctor.model import Check, Finding, Scene, passed, skipped, warned
from patchbay.doctor.permissions import INVOKERS
from patchbay.live.model import LiveFunction, Read, Statement, Unread
from patchbay.naming import LIVE


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        alias = called.alias(scene, live)
        for unread in (alias, live.policy):
            if isinstance(unread, Unread):
                yield skipped(called.place(live), unread)
                break
        else:
            yield from _function(scene, live)


def _function(scene: Scene, live: LiveFunction) -> Iterator[Finding]:
    left = list(leftovers(scene, live))
    for statement in left:
        yield _statement(scene, live, statement)
    if not left:
        count = len(permissions.statements(live.policy))
        yield passed(called.place(live), f"{count} statements on {LIVE}, each for an instance or bot of ours")


def leftovers(scene: Scene, live: LiveFunction) -> Iterator[Statement]:
    """Those that name one source, but none of the function's; what nearly fits is the permission's matter."""
    wanted = tuple(permissions.sources(scene.environment, live))
    meant = permissions.meant(scene, live)
    for statement in permissions.statements(live.policy):
        is_ours = any(source.exactly(statement) for source in wanted)
        if statement.exact and statement.principal in INVOKERS and not is_ours and statement not in meant:
            yield statement


def _statement(scene: Scene, live: LiveFunction, statement: Statement) -> Finding:
    place, names = called.place(live), f"statement {statement.sid} lets in {statement.source_arn}"
    fix, mend = removal.fix(scene, live, statement), removal.mend(scene, live, statement)
    if statement.source_arn in _arns(scene):
        return _of_ours(scene, live, statement)
    there = scene.seen.sources.get(str(statement.source_arn))
    file = f"environments/{scene.environment.name}.toml"
    if isinstance(there, Unread):
        return skipped(place, Unread(f"{names}, and whether that is there: {there.why}", there.right))
    if there == Read(value=False):
        return warned(
            place, f"{names}, an instance that is gone", removal.fix_or_mend(scene, live, statement), mend
        )
    exists = ", an instance that is there" if there else ""
    sentence = f"{names}{exists}, but {file} does not name it: somebody else's flows may call {live.function}"
    return warned(place, sentence, f"write it into {file}, or: {fix}")


def _of_ours(scene: Scene, live: LiveFunction, statement: Statement) -> Finding:
    """Of the environment, but this statement is of no use to it."""
    place, fix = called.place(live), removal.fix(scene, live, statement)
    for source in permissions.sources(scene.environment, live):
        if source.is_named(statement):
            sentence = (
                f"statement {statement.sid} asks for account {statement.source_account}, but {source.label} "
                f"is in {source.arn.account}: it lets nobody in"
            )
            fix = removal.fix_or_mend(scene, live, statement)
            return warned(place, sentence, fix, removal.mend(scene, live, statement))
    file = f"environments/{scene.environment.name}.toml"
    sentence = f"statement {statement.sid} lets in {statement.source_arn}, to which {file} does not wire it"
    return warned(place, sentence, f"list {live.function} there, or: {fix}")


def _arns(scene: Scene) -> set[str]:
    instances = scene.environment.instances
    bots = {arn for instance in instances for arn in instance.resources.values()}
    return {str(instance.arn) for instance in instances} | bots


CHECK = Check(
    "gone-instances",
    "policies let in no instance or bot that the environment does not have",
    "Whoever makes an instance or a bot there may call the function; and a policy has room for 20 KB only.",
    "remove the statement: patchbay doctor --fix where no stack owns it, else a deploy",
    'Lambda developer guide, "Working with resource-based IAM policies in Lambda": '
    "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
    _look,
)
