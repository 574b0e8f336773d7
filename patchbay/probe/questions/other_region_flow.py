"""AWS documents cross-Region ARNs in flows, but not what publishing a flow with one checks."""

from collections.abc import Callable

from botocore.exceptions import ClientError

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import PLAIN, Bench
from patchbay.probe.refusals import attempt
from patchbay.refusals import Refusal


def ask(bench: Bench) -> Answer:
    bench.needs(bench.flow)
    refusal = _published(bench, f"{bench.other.arn}:{PLAIN}")
    if refusal is None:
        return Answer.yes("accepted", f"published with an alias of {bench.site.other_region}, and removed")
    # Control: without it, the flow itself might be what Connect does not like.
    control = _published(bench, f"{bench.home.arn}:{PLAIN}")
    if control is not None:
        return Answer.unknown("refused, but so is one of its own Region", f"{refusal}; own Region: {control}")
    return Answer.no("refused; one of its own Region is accepted", refusal)


def _published(bench: Bench, arn: str) -> str | None:
    """None where it was accepted, else the refusal with Connect's list of problems."""
    problems: list[str] = []
    refusal = attempt(_noting(problems, lambda: bench.flow.publish(arn)))
    if refusal is None:
        bench.flow.remove()
        return None
    return _worded(refusal, problems)


def _noting(problems: list[str], call: Callable[[], None]) -> Callable[[], None]:
    def noting() -> None:
        try:
            call()
        except ClientError as error:
            found = error.response.get("problems", error.response["Error"].get("problems", []))
            problems.extend(str(one.get("message", one)) for one in found)  # type: ignore[attr-defined]
            raise

    return noting


def _worded(refusal: Refusal, problems: list[str]) -> str:
    return f"{refusal}{': ' if problems else ''}{'; '.join(problems)}"


QUESTION = Question(
    id="other-region-flow",
    asked="Can a flow be published that names another Region's alias ARN?",
    how="CreateContactFlow with status PUBLISHED, then DeleteContactFlow",
    assumed="it is accepted",
    ask=ask,
)
