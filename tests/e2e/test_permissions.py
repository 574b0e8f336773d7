"""Without the alias's permission a call goes down the Error branch, and the flow log says 403."""

import re

from patchbay.simulator.transcript import CallResult, Who
from tests.e2e import reads
from tests.e2e.by_hand import without_permission, wrong_permission
from tests.e2e.deployed import Deployed
from tests.e2e.reads import said

TUTORIAL = ("us-west-2", "tutorial")
REFUSED = re.compile(r"Status Code: 403; Error Code: AccessDeniedException; RequestId: [0-9a-f-]{36}")


def _assert_refused(deployed: Deployed, result: CallResult) -> None:
    (invocation,) = result.invocations
    assert (invocation.outcome, invocation.attempts, invocation.version) == ("access-denied", 1, None)
    assert "Error branch (NoMatchingError), to 'Say to try again': access-denied" in said(result, Who.BRANCH)
    assert said(result).splitlines()[-1] == "Please try again later."
    logged = reads.flow_log(deployed.aws, deployed.environment, result.contact_id)
    (entry,) = [entry for entry in logged if entry["ContactFlowModuleType"] == "InvokeExternalResource"]
    assert REFUSED.fullmatch(entry["Results"])
    assert entry["Parameters"]["FunctionArn"].endswith(":function:patchbay-local-tutorial:live")


def test_a_permission_taken_away_sends_the_caller_down_the_error_branch(deployed: Deployed) -> None:
    with without_permission(deployed, TUTORIAL):
        result = deployed.call("tutorial")
    _assert_refused(deployed, result)
    assert "nothing ran" in said(result, Who.LAMBDA)


def test_a_permission_for_another_account_does_not_count(deployed: Deployed) -> None:
    with wrong_permission(deployed, TUTORIAL, SourceAccount="444455556666"):
        result = deployed.call("tutorial")
    _assert_refused(deployed, result)
    assert "the conditions of statement 'by-hand' do not fit" in said(result, Who.LAMBDA)


def test_a_permission_for_another_instance_does_not_count(deployed: Deployed) -> None:
    other = str(deployed.instance.arn).replace("11111111-2222", "99999999-2222")
    with wrong_permission(deployed, TUTORIAL, SourceArn=other):
        result = deployed.call("tutorial")
    _assert_refused(deployed, result)


def test_a_permission_on_the_bare_function_does_not_count_for_the_alias(deployed: Deployed) -> None:
    with wrong_permission(deployed, TUTORIAL, Qualifier=""):
        assert reads.statements(deployed.aws, deployed.environment, *TUTORIAL)
        result = deployed.call("tutorial")
    _assert_refused(deployed, result)


def test_the_permission_put_back_lets_the_call_through(deployed: Deployed) -> None:
    with without_permission(deployed, TUTORIAL):
        pass
    result = deployed.call("tutorial")
    assert [invocation.outcome for invocation in result.invocations] == ["success"]
    assert "Please try again later." not in said(result)
