"""Lambda API reference, PublishVersion: nothing is published where code and configuration are unchanged."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import Bench
from patchbay.probe.refusals import attempt


def ask(bench: Bench) -> Answer:
    first = bench.home.publish("equal")
    versions: list[str] = []
    refusal = attempt(lambda: versions.append(bench.home.publish_as_it_is()))
    if refusal:
        return Answer.no("refused", str(refusal))
    if versions != [first]:
        return Answer.no("a new version", f"version {first}, then version {versions[0]}")
    # The same package sent again, as a deploy from another machine would.
    again = bench.home.publish("equal")
    if again != first:
        return Answer.no("a new version once the code is sent again", f"version {first}, then {again}")
    return Answer.yes("the same version", f"version {first} each time, also when the code is sent again")


QUESTION = Question(
    id="equal-version",
    asked="Does publishing equal code and configuration give the same version?",
    how="PublishVersion twice, then UpdateFunctionCode with the same package and PublishVersion",
    assumed="the same version, and no error",
    ask=ask,
)
