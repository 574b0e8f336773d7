"""Lambda API reference, AliasRoutingConfiguration: a double from 0 to 1; nothing on steps or rounding."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import ZERO, Bench
from patchbay.probe.refusals import attempt

WEIGHTS = (0.05, 0.333, 1 / 3, 0.001, 0.999)


def ask(bench: Bench) -> Answer:
    odd = [f"{weight} {what}" for weight in WEIGHTS if (what := _odd(bench, weight))]
    if odd:
        return Answer.no("not any", "; ".join(odd))
    return Answer.yes(
        "yes, exactly", f"{', '.join(f'{weight:.4g}' for weight in WEIGHTS)} read back as written"
    )


def _odd(bench: Bench, weight: float) -> str | None:
    wanted = {bench.candidate: weight}
    refusal = attempt(
        lambda: bench.home.client.update_alias(
            FunctionName=bench.home.name, Name=ZERO, RoutingConfig={"AdditionalVersionWeights": wanted}
        )
    )
    if refusal:
        return f"is refused: {refusal}"
    read = bench.home.weights(ZERO)
    return None if read == wanted else f"is read back as {read.get(bench.candidate)}"


QUESTION = Question(
    id="any-weight",
    asked="Does an alias take any weight between 0 and 1, and keep it exactly?",
    how=f"UpdateAlias with {len(WEIGHTS)} weights, each read back by GetAlias",
    assumed="each is read back as it was written",
    ask=ask,
)
