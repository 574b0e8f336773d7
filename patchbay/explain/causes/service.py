"""Other status codes: Lambda itself failed, or refused the request as it was."""

from patchbay.explain import evidence, results
from patchbay.explain.case import Case, Cause, Kind


def cause(case: Case) -> Cause | None:
    """None where the text has no status code."""
    refused = results.refusal(case.entry.results or "")
    if refused is None:
        return None
    what = case.target.label if case.target else "the function"
    if refused.status >= 500:
        sentence = (
            f"service error: Lambda answered {refused.status} {refused.code} for {what}, so no handler ran "
            "then; Connect repeats such a request while the block's time lasts"
        )
        return Cause(Kind.SERVICE_ERROR, sentence, evidence.of_block(case))
    sentence = f"Lambda refused the request for {what} as it was: {refused.status} {refused.code}"
    return Cause(Kind.REQUEST_REFUSED, sentence, evidence.of_block(case))
