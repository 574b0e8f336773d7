"""Amazon Connect API reference, AssociateLambdaFunction: FunctionArn has no pattern; no word on aliases."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import PLAIN, Bench
from patchbay.probe.questions import listing


def ask(bench: Bench) -> Answer:
    arn = f"{bench.home.arn}:{PLAIN}"
    bench.needs(bench.associations)
    refusal = bench.associations.associate(arn)
    if refusal:
        return Answer.no("refused", str(refusal))
    shown, listed = listing.shown(bench, arn)
    if shown:
        return Answer.yes("accepted, and listed as it was", "ListLambdaFunctions gives the alias ARN")
    if listed:
        return Answer.no("accepted, but listed another way", f"ListLambdaFunctions gives {', '.join(listed)}")
    return Answer.no(
        "accepted, but not listed", f"ListLambdaFunctions did not give it, in {listing.LISTINGS} looks"
    )


QUESTION = Question(
    id="qualified-arn",
    asked="Does Connect associate an alias ARN of its own Region and list it as it was?",
    how="AssociateLambdaFunction of the alias, then ListLambdaFunctions",
    assumed="it is accepted and listed as it was",
    ask=ask,
)
