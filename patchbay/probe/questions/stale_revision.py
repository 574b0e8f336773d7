"""Lambda API reference, UpdateAlias: RevisionId is what every write of a release is guarded by."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import ZERO, Bench
from patchbay.probe.refusals import attempt


def ask(bench: Bench) -> Answer:
    client, name = bench.home.client, bench.home.name
    first = client.get_alias(FunctionName=name, Name=ZERO)["RevisionId"]
    client.update_alias(FunctionName=name, Name=ZERO, Description="one", RevisionId=first)
    refusal = attempt(
        lambda: client.update_alias(FunctionName=name, Name=ZERO, Description="two", RevisionId=first)
    )
    if refusal is None:
        return Answer.no("accepted", "UpdateAlias wrote over a change that it had not seen")
    if refusal.code != "PreconditionFailedException":
        return Answer.no("refused with another code", str(refusal))
    return Answer.yes("it refuses", f"{refusal.code}, status {refusal.status}")


QUESTION = Question(
    id="stale-revision",
    asked="Does UpdateAlias refuse a RevisionId that is stale?",
    how="UpdateAlias twice with the same RevisionId",
    assumed="PreconditionFailedException",
    ask=ask,
)
