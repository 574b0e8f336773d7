"""A Lambda block with what is known of it, written by hand."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from patchbay.arns import InstanceArn
from patchbay.explain.attempts import attempts
from patchbay.explain.case import Case, Cause
from patchbay.explain.causes import find
from patchbay.explain.join import Joined
from patchbay.explain.model import Facts, LogLine, Target
from patchbay.live.model import Read
from tests.explain.logs import ARN, FAILED, INSTANCE, NOON, entry

CONFIGURATION = {
    "FunctionName": "patchbay-dev-tutorial",
    "Timeout": 7,
    "LoggingConfig": {"LogGroup": "tutorial-lines"},
    "Environment": {"Variables": {"PATCHBAY_RESPONSE_TYPE": "STRING_MAP"}},
}
FACTS = Facts(Read(CONFIGURATION), Read({"3": 1.0}))


def case(
    lines: Sequence[LogLine] = (), results: str = FAILED, facts: Facts = FACTS, limit: int = 3000, **more: Any
) -> Case:
    """Of the tutorial's function, with the entry at noon and 3 s."""
    joined = Joined(attempts(lines))
    known = {"joined": joined, "log": Read(len(lines)), "age_seconds": 3600.0, **more}
    target = Target.parse(ARN)
    return Case(entry(NOON + 3, results, limit=limit), target, InstanceArn.parse(INSTANCE), facts, **known)


def cause(*arguments: Any, **named: Any) -> Cause:
    """What explains it."""
    found = find(case(*arguments, **named))
    assert found is not None
    return found


def facts(**different: Any) -> Facts:
    """Facts with some of them another way."""
    return dataclasses.replace(FACTS, **different)
