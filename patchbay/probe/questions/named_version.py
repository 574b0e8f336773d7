"""Lambda API reference, DeleteFunction: a version that an alias names cannot be deleted."""

from patchbay.naming import PREVIOUS
from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import Bench
from patchbay.probe.refusals import attempt


def ask(bench: Bench) -> Answer:
    function = bench.home
    version = function.publish("previous")
    function.lead(PREVIOUS, version)
    refusal = attempt(lambda: function.client.delete_function(FunctionName=function.name, Qualifier=version))
    if refusal is None:
        return Answer.no("it deletes it", f"version {version} went, although alias {PREVIOUS} names it")
    return Answer.yes("it refuses", str(refusal))


QUESTION = Question(
    id="named-version",
    asked="Does Lambda refuse to delete a version that alias `previous` names?",
    how="DeleteFunction with that version as its qualifier",
    assumed="it refuses",
    ask=ask,
)
