"""What Connect says about a Lambda block that failed.

`The Lambda Function Returned An Error.` is in AWS's course on Lambda integrations, the form with a status
code and the limits of the instance in AWS re:Post, "How do I troubleshoot Lambda function failures in my
Amazon Connect contact flow?".
"""

import re
from dataclasses import dataclass

FUNCTION_FAILED = "The Lambda Function Returned An Error."
_REFUSED = re.compile(
    r"Status Code: (\d{3}); Error Code: ([\w.]+)(?:; Request ?Id: ([\w-]+))?", re.IGNORECASE
)
_INSTANCE_LIMITS = ("concurrent Lambda thread access limit", "execution limit reached")


@dataclass(frozen=True)
class Refusal:
    """Lambda's answer to Connect where the function did not run."""

    status: int
    code: str
    request: str | None


def refusal(results: str) -> Refusal | None:
    """None where the text has no status code."""
    found = _REFUSED.search(results)
    return Refusal(int(found[1]), found[2], found[3]) if found else None


def instance_limit(results: str) -> bool:
    """Whether the instance ran as many functions at once as it may."""
    return any(text in results for text in _INSTANCE_LIMITS)


def function_failed(results: str) -> bool:
    """Connect's one sentence for several causes."""
    return FUNCTION_FAILED.rstrip(".").lower() in results.lower()
