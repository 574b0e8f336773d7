"""Taking a statement away: by `--fix` where nobody can miss it, by a command where somebody might."""

import json

from patchbay.doctor import called, deployed, owned, proposed
from patchbay.doctor.model import Mend, Scene
from patchbay.live.model import LiveFunction, Statement, Unread
from patchbay.naming import LIVE


def is_owned(scene: Scene, statement: Statement) -> bool:
    """Whether a stack of the environment made it; also where that cannot be told."""
    ids = owned.statement_ids(scene.seen)
    return isinstance(ids, Unread) or statement.sid in ids.value


def is_mendable(scene: Scene, live: LiveFunction, statement: Statement) -> bool:
    """Whether `--fix` may take it away. PutResourcePolicy writes statements without an id, or of patterns."""
    arn = scene.environment.function_arn(live.function, live.region)
    is_named = bool(statement.sid) and statement.resource in (arn, f"{arn}:{LIVE}")
    return is_named and not is_owned(scene, statement) and not deployed.is_busy(scene, live.region)


def mend(scene: Scene, live: LiveFunction, statement: Statement) -> Mend | None:
    """None for one that a stack may have made, which CloudFormation would not find, and for one that
    RemovePermission cannot name."""
    if not is_mendable(scene, live, statement):
        return None
    qualifier = _qualifier(live, statement)
    arguments = {
        "function": live.function,
        "region": live.region,
        "qualifier": qualifier,
        "sid": statement.sid,
        "statement": json.dumps(statement.raw, sort_keys=True),
    }
    whose = f"the alias {LIVE}" if qualifier == LIVE else "the function itself"
    place = called.place(live).label
    return Mend(f"remove statement {statement.sid} of {place}, on {whose}", "remove-statement", arguments)


def fix(scene: Scene, live: LiveFunction, statement: Statement) -> str:
    """The command: a deploy, where the stack made it."""
    ids, again = owned.statement_ids(scene.seen), f"patchbay doctor --env {scene.environment.name}"
    if isinstance(ids, Unread):
        return f"once the stacks can be read, which may own it: {again}"
    if statement.sid in ids.value:
        return proposed.deploy(scene.environment, scene.environment.names.functions_stack(live.region))
    return by_hand(live, statement)


def fix_or_mend(scene: Scene, live: LiveFunction, statement: Statement) -> str:
    """Where `mend` has one."""
    command = fix(scene, live, statement)
    if not is_mendable(scene, live, statement):
        return command
    return f"patchbay doctor --env {scene.environment.name} --fix, or: {command}"


def by_hand(live: LiveFunction, statement: Statement) -> str:
    """With the AWS CLI; in words where it has no id."""
    if not statement.sid:
        return f"the statement has no Sid: write the policy of {live.name} anew without it"
    qualifier = _qualifier(live, statement)
    arguments = f"--qualifier {qualifier} " if qualifier else ""
    return called.command("remove-permission", live, f"{arguments}--statement-id {statement.sid}")


def _qualifier(live: LiveFunction, statement: Statement) -> str:
    """Of its resource, `arn:...:function:NAME[:QUALIFIER]`."""
    return statement.resource.partition(f":function:{live.name}:")[2]
