"""404: the function, its qualifier, or the Region of the ARN is wrong."""

from patchbay.explain import evidence
from patchbay.explain.case import Case, Cause, Kind
from patchbay.live.model import Read


def cause(case: Case) -> Cause | None:
    """None where the block named no function's ARN."""
    if case.target is None or case.facts is None:
        return None
    seen, target, facts = evidence.of_block(case), case.target, case.facts
    head = f"not found: Lambda did not know {target.arn}"
    if not isinstance(facts.configuration, Read):
        why = f"; could not tell what is missing: {facts.configuration.why}"
        return Cause(Kind.NOT_FOUND, head + why, seen, False)
    if facts.configuration.value is None:
        absent = f": account {target.account} has no function {target.name} in {target.region}"
        return Cause(Kind.NOT_FOUND, head + absent, seen)
    if isinstance(facts.leads_to, Read) and facts.leads_to.value is None:
        absent = f": the function is there, but it has no alias or version {target.qualifier}"
        return Cause(Kind.NOT_FOUND, head + absent, seen)
    there = "; it is there now, so it was made or put back since"
    return Cause(Kind.NOT_FOUND, head + there, seen, False)
