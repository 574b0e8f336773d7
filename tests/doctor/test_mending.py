"""What `--fix` does: one request for each mend, guarded by what the doctor saw."""

import json
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.doctor import mending
from patchbay.doctor.model import Check, Mend, Place, passed, warned
from patchbay.doctor.run import Result
from tests import few_samples
from tests.doctor import scenes
from tests.doctor.scenes import OTHER, TUTORIAL

NAME = "patchbay-local-tutorial"
ARN = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial:live"
STATEMENT = dict(scenes.allowing(scenes.healthy(), TUTORIAL, OTHER).raw)
REMOVE = Mend(
    "remove",
    "remove-statement",
    {
        "function": "tutorial",
        "region": "us-west-2",
        "qualifier": "live",
        "sid": "by-hand",
        "statement": json.dumps(STATEMENT),
    },
)
ADD = Mend(
    "add",
    "add-permission",
    {
        "function": "tutorial",
        "region": "us-west-2",
        "sid": "of-the-stack",
        "principal": "connect.amazonaws.com",
        "source_account": "000000000000",
        "source_arn": str(OTHER),
    },
)
ASSOCIATE = Mend("associate", "associate", {"instance": "americas", "arn": ARN})
ADDED = {
    "FunctionName": NAME,
    "Qualifier": "live",
    "StatementId": "of-the-stack",
    "Action": "lambda:InvokeFunction",
    "Principal": "connect.amazonaws.com",
    "SourceAccount": "000000000000",
    "SourceArn": str(OTHER),
}
REMOVED = {"FunctionName": NAME, "Qualifier": "live", "StatementId": "by-hand"}
CHANGED = "changed meanwhile: run doctor again"


class Told:
    """AWS that gives the answers it was told to, to the requests it was told of."""

    def __init__(self) -> None:
        self.environment: Environment = few_samples.load("local")
        self.aws = Aws(self.environment, "http://127.0.0.1:9")
        self.lambda_ = Stubber(self.aws.client("lambda", "us-west-2"))
        self.connect = Stubber(self.aws.client("connect", "us-east-1", "000000000000"))

    def policy(
        self, *statements: dict[str, Any], revision: str = "now", qualifier: str | None = "live"
    ) -> None:
        """GetPolicy's answer."""
        asked = {"FunctionName": NAME, **({"Qualifier": qualifier} if qualifier else {})}
        document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        self.lambda_.add_response("get_policy", {"Policy": document, "RevisionId": revision}, asked)

    def no_policy(self) -> None:
        """None at all."""
        self.refuses("get_policy", "ResourceNotFoundException", 404)

    def refuses(self, operation: str, code: str, status: int, message: str = "no") -> None:
        """The next answer of Lambda."""
        self.lambda_.add_client_error(operation, code, message, http_status_code=status)

    def carries_out(self, mend: Mend) -> str:
        """All that was told of must have been asked."""
        with self.lambda_, self.connect:
            answer = mending.carry_out(mend, self.environment, self.aws)
        self.lambda_.assert_no_pending_responses()
        self.connect.assert_no_pending_responses()
        return answer


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_permission_is_added_with_the_revision_of_the_policy(told: Told) -> None:
    told.policy(STATEMENT, revision="now")
    told.lambda_.add_response("add_permission", {}, {**ADDED, "RevisionId": "now"})
    assert told.carries_out(ADD) == ""


def test_where_there_is_no_policy_yet_there_is_no_revision(told: Told) -> None:
    told.no_policy()
    told.lambda_.add_response("add_permission", {}, ADDED)
    assert told.carries_out(ADD) == ""


def test_a_permission_that_somebody_else_has_added_meanwhile_is_left_alone(told: Told) -> None:
    told.policy({**STATEMENT, "Sid": "of-the-stack"})
    assert told.carries_out(ADD) == f"statement of-the-stack is there now: {CHANGED}"


@pytest.mark.parametrize(
    ("code", "status"), [("PreconditionFailedException", 412), ("ResourceConflictException", 409)]
)
def test_a_policy_that_changes_between_two_requests_is_left_alone(told: Told, code: str, status: int) -> None:
    told.no_policy()
    told.refuses("add_permission", code, status)
    assert told.carries_out(ADD) == f"the policy {CHANGED}"


def test_a_statement_is_removed_with_the_revision_that_was_read_with_it(told: Told) -> None:
    told.policy(STATEMENT, revision="after an earlier step")
    told.lambda_.add_response("remove_permission", {}, {**REMOVED, "RevisionId": "after an earlier step"})
    assert told.carries_out(REMOVE) == ""


def test_a_statement_of_the_function_itself_is_removed_without_a_qualifier(told: Told) -> None:
    told.policy(STATEMENT, qualifier=None)
    expected = {"FunctionName": NAME, "StatementId": "by-hand", "RevisionId": "now"}
    told.lambda_.add_response("remove_permission", {}, expected)
    bare = Mend("remove", "remove-statement", {**REMOVE.arguments, "qualifier": ""})
    assert told.carries_out(bare) == ""


def test_a_statement_that_is_gone_already_counts_as_removed(told: Told) -> None:
    told.no_policy()
    assert told.carries_out(REMOVE) == ""


def test_a_statement_that_goes_between_two_requests_counts_as_removed(told: Told) -> None:
    told.policy(STATEMENT)
    told.refuses("remove_permission", "ResourceNotFoundException", 404)
    assert told.carries_out(REMOVE) == ""


def test_a_statement_with_the_same_id_and_other_words_is_left_alone(told: Told) -> None:
    told.policy({**STATEMENT, "Principal": {"Service": "lexv2.amazonaws.com"}})
    assert told.carries_out(REMOVE) == f"statement by-hand {CHANGED}"


def test_a_revision_that_is_stale_removes_nothing(told: Told) -> None:
    told.policy(STATEMENT)
    told.refuses("remove_permission", "PreconditionFailedException", 412)
    assert told.carries_out(REMOVE) == f"the policy {CHANGED}"


def test_a_missing_right_is_named(told: Told) -> None:
    told.policy(STATEMENT)
    told.refuses("remove_permission", "AccessDeniedException", 403)
    assert told.carries_out(REMOVE) == (
        "the right lambda:RemovePermission is missing: RemovePermission answered AccessDeniedException: no"
    )


def test_an_alias_is_associated(told: Told) -> None:
    expected = {"InstanceId": "11111111-2222-3333-4444-555555555555", "FunctionArn": ARN}
    told.connect.add_response("associate_lambda_function", {}, expected)
    assert told.carries_out(ASSOCIATE) == ""


@pytest.mark.parametrize(
    ("listed", "answer"),
    [
        ([ARN], ""),
        ([], f"Connect says that {ARN} is associated, but does not list it: run doctor again"),
    ],
)
def test_a_conflict_counts_as_done_once_the_alias_is_listed(
    told: Told, listed: list[str], answer: str
) -> None:
    told.connect.add_client_error("associate_lambda_function", "ResourceConflictException", "", 409)
    told.connect.add_response("list_lambda_functions", {"LambdaFunctions": listed})
    assert told.carries_out(ASSOCIATE) == answer


def test_a_quota_that_is_used_up_is_said(told: Told) -> None:
    told.connect.add_client_error("associate_lambda_function", "ServiceQuotaExceededException", "50", 402)
    assert told.carries_out(ASSOCIATE).startswith("a quota is used up")


def test_an_aws_that_cannot_be_reached_is_said(told: Told) -> None:
    told.aws.client("lambda", "us-west-2").meta.events.register_first("before-send", _unreachable)
    answer = mending.carry_out(REMOVE, told.environment, told.aws)
    assert answer.startswith("AWS was not reached: ")


def test_a_plan_lets_in_before_it_shuts_out_and_says_everything_once() -> None:
    check = Check("made-up", "", "", "", "", lambda _: [])
    findings = tuple(warned(Place(), "", "", mend) for mend in (REMOVE, ASSOCIATE, ADD, REMOVE))
    results = [Result(check, (*findings, passed(Place(), "")))]
    assert mending.plan(results) == (ADD, ASSOCIATE, REMOVE)


def _unreachable(**_: object) -> None:
    raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")
