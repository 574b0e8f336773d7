"""How long until AWS/Lambda metrics count what has happened."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import Bench
from patchbay.probe.questions import lags


def ask(bench: Bench) -> Answer:
    arrivals = bench.arrivals
    return lags.judged("metric series", arrivals.series, arrivals.waited, bench.patience.poll)


QUESTION = Question(
    id="metric-lag",
    asked="How long until the metrics count an invocation?",
    how="GetMetricData until every series shows all invocations",
    assumed=f"at most {lags.SETTLE_SECONDS} s (settle_seconds)",
    ask=ask,
)
