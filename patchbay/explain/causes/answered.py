"""Lambda reports a success in time, and Connect took the Error branch all the same."""

from patchbay.explain import evidence, words
from patchbay.explain.case import Case, Cause, Kind
from patchbay.limits import RESPONSE_MAX_BYTES


def cause(case: Case) -> Cause | None:
    """Nothing says why, so only a difference between block and function makes it more than likely."""
    if not case.attempts or any(attempt.failed for attempt in case.attempts[-1:]):
        return None
    last, seen = case.attempts[-1], evidence.of_attempts(case)
    head = f"Lambda reports a success in time ({words.ran(last)}, limit {words.seconds(case.limit_ms)})"
    wanted = case.entry.parameters.get("ResponseValidation", "").removeprefix("ResponseType=")
    checked = case.facts.response_type if case.facts else None
    if last.outcome and checked and wanted and checked != wanted:
        why = f"the block takes {wanted}, but the function checks its answers as {checked}"
        return Cause(Kind.RESPONSE_REFUSED, f"response refused, most likely: {head}; {why}", seen, False)
    if last.outcome:
        sentence = (
            f"could not tell: {head} and the decorator found nothing wrong with the answer, yet Connect took "
            "the Error branch; the way to Lambda and back is in no log"
        )
        return Cause(Kind.UNKNOWN, sentence, seen, False)
    likely = (
        f"an answer of {RESPONSE_MAX_BYTES} bytes or more, or one that is no "
        f"{'flat object of strings' if wanted != 'JSON' else 'JSON object'}"
    )
    by_time = " (found by its time: no line names the contact)" if case.joined.by_time else ""
    sentence = f"response refused, most likely: {head}{by_time}, yet Connect took the Error branch: {likely}"
    return Cause(Kind.RESPONSE_REFUSED, sentence, seen, False)
