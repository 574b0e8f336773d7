"""Lambda developer guide, "Types of metrics": silent on ExecutedVersion for an alias of one version."""

from patchbay.probe import series
from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import PLAIN, SPLIT, ZERO, Bench


def ask(bench: Bench) -> Answer:
    name, traffic, arrivals = bench.site.name, bench.traffic, bench.arrivals
    by_version = {alias: series.of_versions(name, traffic, alias) for alias in (PLAIN, ZERO)}
    came = {
        alias for alias, found in by_version.items() if any(arrivals.lag(one) is not None for one in found)
    }
    zero = f"at a weight of 0: {'yes' if ZERO in came else 'none'}"
    if PLAIN in came:
        return Answer.no("yes, there too", f"the count by version was complete; {zero}")
    # Control: absence counts only once the split alias's metrics by version are there.
    if any(arrivals.lag(one) is None for one in series.of_versions(name, traffic, SPLIT)):
        return Answer.unknown(
            "none came", f"but none of the split alias either, within {arrivals.waited:.0f} s"
        )
    return Answer.yes("no: none", f"none came, while the split alias had its own; {zero}")


QUESTION = Question(
    id="metrics-unsplit",
    asked="Are there metrics by ExecutedVersion for an alias without a split?",
    how="invocations without weights and at a weight of 0, then GetMetricData beside the split alias",
    assumed="no: only a split alias has them",
    ask=ask,
)
