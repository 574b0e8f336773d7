"""ResourceConflictException is among AssociateLambdaFunction's errors; for which requests is not said."""

from patchbay.probe.answers import Answer, Question
from patchbay.probe.bench import Bench
from patchbay.probe.questions import listing


def ask(bench: Bench) -> Answer:
    arn = listing.associated(bench)
    refusal = bench.associations.associate(arn)
    if refusal and refusal.status != 409:
        return Answer.no("refused, but not as a conflict", str(refusal))
    text = "409, a conflict" if refusal else "200, as the first time"
    count = bench.associations.own().count(arn)
    code = f"{refusal.code}; " if refusal else ""
    evidence = f"{code}ListLambdaFunctions gives it {'once' if count == 1 else f'{count} times'}"
    return (Answer.yes if count == 1 else Answer.no)(text, evidence)


QUESTION = Question(
    id="associated-twice",
    asked="What does a second association of the same ARN return?",
    how="AssociateLambdaFunction again with a new token, then ListLambdaFunctions",
    assumed="200 or 409, and it is listed once",
    ask=ask,
)
