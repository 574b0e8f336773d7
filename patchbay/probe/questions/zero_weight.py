"""Whether {candidate: 0.0} is a split: releases never write it, but `live_alias.routing` reckons with it."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import SPLIT, ZERO, Bench
from patchbay.probe.refusals import attempt


def ask(bench: Bench) -> Answer:
    wanted = {bench.candidate: 0.0}
    refusal = attempt(
        lambda: bench.home.client.update_alias(
            FunctionName=bench.home.name, Name=ZERO, RoutingConfig={"AdditionalVersionWeights": wanted}
        )
    )
    if refusal:
        return Answer.no("a weight of 0 is refused", str(refusal))
    kept = bench.home.weights(ZERO)
    stays = "it stays in the alias" if kept == wanted else "it is dropped from the alias"
    ran = bench.traffic.through(ZERO)
    calls = f"{ran.total()} calls ran on version {' and '.join(sorted(ran))}"
    alias = f"GetAlias gives {kept or 'no weights'}"
    if set(ran) != {bench.stable}:
        return Answer.no(f"{stays}, and calls go to the candidate", f"{calls}; {alias}")
    # Control: where a weight of 0.5 routes nothing either, 0 was not tried.
    if len(bench.traffic.through(SPLIT)) < 2:
        return Answer.unknown(
            f"{stays}; no call went there", f"{calls}, but so did those at a weight of 0.5; {alias}"
        )
    return Answer.yes(f"{stays}, and no call goes there", f"{calls}; {alias}")


QUESTION = Question(
    id="zero-weight",
    asked="Is an alias with {candidate: 0.0} still split?",
    how="UpdateAlias with 0.0, GetAlias, a few invocations",
    assumed="it is accepted, and no call goes to the candidate",
    ask=ask,
)
