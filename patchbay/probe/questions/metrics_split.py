"""Lambda developer guide, "Types of metrics": ExecutedVersion, for aliases with weights."""

from patchbay.probe import series
from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import SPLIT, Bench


def ask(bench: Bench) -> Answer:
    name, traffic, arrivals = bench.site.name, bench.traffic, bench.arrivals
    ran = traffic.through(SPLIT)
    if len(ran) < 2:
        return Answer.unknown(
            "all calls ran on one version",
            f"{ran.total()} calls at a weight of 0.5, all on version {', '.join(ran)}",
        )
    lags = [arrivals.lag(one) for one in series.of_versions(name, traffic, SPLIT)]
    came = [lag for lag in lags if lag is not None]
    if len(came) == len(lags):
        return Answer.yes("yes", f"both versions' counts were complete after {max(came):.0f} s")
    waited = f"within {arrivals.waited:.0f} s"
    if arrivals.lag(series.of_alias(name, traffic, SPLIT)) is None:
        return Answer.unknown("no metrics of the alias", f"none {waited}, by version or without")
    return Answer.no("no", f"the alias has metrics, but not by version {waited}")


QUESTION = Question(
    id="metrics-split",
    asked="Are there metrics by ExecutedVersion for an alias that is split?",
    how="12 invocations at a weight of 0.5, then GetMetricData until they are counted",
    assumed="yes",
    ask=ask,
)
