"""Answers that a flow can branch on.

A business failure is an answer with `status` "error", not an exception: the flow reads `$.External.errorType`
and decides, while an exception only leads down the Error branch. Every value that these functions add is a
string, so that an answer fits a STRING_MAP as well as JSON.
"""

OK = "ok"
ERROR = "error"


def success(**values: object) -> dict[str, object]:
    """`values` with `status` "ok"."""
    return {**values, "status": OK}


def failure(error_type: str, *, retryable: bool, **extra: object) -> dict[str, object]:
    """An informational error; `error_type` is a fixed identifier such as "lookupUnavailable": it is logged.

    `retryable` tells the flow whether the same request may succeed a moment later.
    """
    return {**extra, "status": ERROR, "errorType": error_type, "retryable": str(retryable).lower()}
