"""Why AWS does not answer."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError

from patchbay.refusals import Refusal, why


def error(code: str, status: int, message: str = "no") -> ClientError:
    metadata = {"HTTPStatusCode": status}
    return ClientError(
        {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata},  # type: ignore[typeddict-item]  # the part that is used
        "GetPolicy",
    )


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("AccessDenied", 403, "the right lambda:GetPolicy is missing"),
        ("AccessDeniedException", 400, "the right lambda:GetPolicy is missing"),
        ("ExpiredToken", 403, "AWS does not accept the credentials"),
        ("UnrecognizedClientException", 403, "AWS does not accept the credentials"),
        ("TooManyRequestsException", 429, "AWS was too busy"),
        ("ServiceQuotaExceededException", 402, "a quota is used up"),
        ("ServiceException", 500, "AWS failed"),
    ],
)
def test_a_refusal_says_why_there_is_no_answer(code: str, status: int, said: str) -> None:
    assert why(error(code, status)) == f"{said}: GetPolicy answered {code}: no"


def test_an_error_that_answers_the_question_is_told_as_it_is() -> None:
    refused = error("ResourceNotFoundException", 404)
    assert Refusal.of(refused).no_answer is None
    assert why(refused) == "GetPolicy answered ResourceNotFoundException: no"


def test_nothing_that_was_sent_is_no_answer_either() -> None:
    assert why(NoCredentialsError()) == "there are no credentials: Unable to locate credentials"
    assert why(EndpointConnectionError(endpoint_url="https://x")).startswith("AWS was not reached: ")
