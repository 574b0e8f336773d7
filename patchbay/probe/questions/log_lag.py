"""How long until a handler's line can be read back."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import Bench
from patchbay.probe.questions import lags


def ask(bench: Bench) -> Answer:
    arrivals = bench.arrivals
    return lags.judged("log lines", arrivals.lines, arrivals.waited, bench.patience.poll)


QUESTION = Question(
    id="log-lag",
    asked="How long until a log line is readable?",
    how="FilterLogEvents without a pattern until the line of each invocation is there",
    assumed=f"at most {lags.SETTLE_SECONDS} s (settle_seconds)",
    ask=ask,
)
