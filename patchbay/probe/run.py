"""Makes, asks, and removes, whatever happens."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from patchbay import output
from patchbay.probe import clean
from patchbay.probe.answers import Answer, Finding, NotAskedError, Question
from patchbay.probe.bench import Bench
from patchbay.probe.make import make
from patchbay.refusals import why


def probe(bench: Bench, questions: Iterable[Question], left: list[str]) -> tuple[Finding, ...]:
    """The findings; `left` takes a sentence for each thing that could not be removed, however this ends."""
    with clean.interruptible():
        try:
            with _reporting(bench, "making the throw-away function"):
                make(bench)
            with _reporting(bench, "asking"):
                return tuple(_finding(question, bench) for question in questions)
        finally:
            remove(bench, "removing what the probe made", left)


def remove(bench: Bench, title: str, left: list[str]) -> None:
    """See `clean.remove`; a Ctrl-C meanwhile waits."""
    with clean.undisturbed(), _reporting(bench, title):
        left.extend(clean.remove(bench))


def _finding(question: Question, bench: Bench) -> Finding:
    bench.report(question.asked)
    return Finding(question, answer(question, bench))


def answer(question: Question, bench: Bench) -> Answer:
    """What AWS answers, or why there is no answer."""
    try:
        return question.ask(bench)
    except NotAskedError as reason:
        return Answer.unknown("not answered", str(reason))
    except (ClientError, BotoCoreError) as error:
        return Answer.unknown("not answered", why(error))


@contextmanager
def _reporting(bench: Bench, title: str) -> Iterator[None]:
    with output.step(title) as report:
        bench.report = report
        yield
