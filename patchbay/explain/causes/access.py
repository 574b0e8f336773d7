"""403: no statement of the resource policy let Connect in. Reads the policy of the very ARN."""

from collections.abc import Iterator, Mapping
from typing import Any

from patchbay.explain import evidence, words
from patchbay.explain.case import Case, Cause, Kind
from patchbay.explain.causes.statements import mismatches, statements
from patchbay.explain.model import Facts, Target
from patchbay.live.model import Read, Unread
from patchbay.simulator import policies

_CHANGED = (
    "it was changed since, which CloudTrail has as AddPermission, RemovePermission or PutResourcePolicy; or "
    "something beside it denied (an organization's policy, or another instance than the one read here)"
)


def cause(case: Case) -> Cause | None:
    """None where the block named no function's ARN."""
    if case.target is None or case.facts is None:
        return None
    policy, seen = case.facts.policy, evidence.of_block(case)
    head = f"access denied: Lambda did not let Connect invoke {case.target.label}"
    if not isinstance(policy, Read):
        why = f"; could not tell why, because its policy could not be read: {_why(policy)}"
        return Cause(Kind.ACCESS_DENIED, head + why, seen, False)
    if policy.value is None and (absent := _absent(case.target, case.facts)):
        return Cause(Kind.ACCESS_DENIED, f"{head}: {absent}, and what is not there has no policy", seen)
    request = policies.Request(case.target.arn, case.source)
    if policies.refusal(policy.value, request) is None:
        fits = f"; its policy fits now, so {_CHANGED}"
        return Cause(Kind.ACCESS_DENIED, head + fits, (*seen, *_shown(policy.value, case.target)), False)
    sentence = f"{head}: {_reason(case, case.target, policy.value, request)}"
    return Cause(Kind.ACCESS_DENIED, sentence, (*seen, *_shown(policy.value, case.target)))


def _absent(target: Target, facts: Facts) -> str | None:
    """Lambda asks who it is before it looks for the function."""
    if facts.configuration == Read(None):
        return f"account {target.account} has no function {target.name} in {target.region} now"
    if facts.leads_to == Read(None):
        return f"the function is there, but it has no alias or version {target.qualifier} now"
    return None


def _why(policy: Unread | None) -> str:
    if policy is None:
        return "nobody asked for it"
    return f"{policy.why}{f' (the right {policy.right} is missing)' if policy.right else ''}"


def _reason(case: Case, target: Target, policy: Mapping[str, Any] | None, request: policies.Request) -> str:
    found = statements(policy, target.arn)
    denying = policies.refusal({"Statement": found}, request) if found else ""
    if denying and "denies it" in denying:
        return denying
    near = [mismatch for statement in found if (mismatch := mismatches(statement, request))]
    if near:
        nearest = words.listed(min(near, key=len))
        return f"no statement fits, the nearest of {len(near)} in this: {nearest}" if near[1:] else nearest
    return _elsewhere(case, target, request) or "no statement of this ARN's policy names Connect"


def _elsewhere(case: Case, target: Target, request: policies.Request) -> str | None:
    """The permission is there, but on another qualifier than the block names."""
    other_policy = case.facts.other_policy if case.facts else None
    if not isinstance(other_policy, Read):
        return None
    others = [s for s in statements(other_policy.value, None) if s.get("Resource") != target.arn]
    for statement in others:
        resource = str(statement.get("Resource"))
        there = policies.Request(resource, request.source)
        if policies.refusal({"Statement": [statement]}, there) is None:
            other = Target.parse(resource)
            place = f"the alias {other.qualifier}" if other and other.qualifier else "the function itself"
            return (
                f"the qualifier does not match: statement {statement.get('Sid')!r} is on {place}, but the "
                f"block names {target.qualifier or 'the function itself'}, which has a policy of its own"
            )
    return None


def _shown(policy: Mapping[str, Any] | None, target: Target) -> Iterator[str]:
    found = statements(policy, target.arn)
    if not found:
        yield f"policy of {target.arn} now: it has none"
    for statement in found:
        conditions = statement.get("Condition", {})
        yield f"policy of {target.arn} now: {statement.get('Sid')}: {statement.get('Principal')} {conditions}"
