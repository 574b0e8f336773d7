"""What the call was told of blocks that look outside it."""

import pytest

from patchbay.errors import UserError
from patchbay.simulator.given import Given
from patchbay.simulator.transcript import CallResult, Who
from tests.simulator.world import block, call, contact, heard, says

FOUND = {"NoMatchingError": "sorry", "NoneFound": "none", "MultipleFound": "many"}


def with_case(given: dict[str, Given], **more: object) -> CallResult:
    return call(
        block("case", "GetCase", next_="say", errors=FOUND),
        says("say", "$.Case.status"),
        says("none", "No case."),
        says("many", "Many cases."),
        given=given,
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("key", ["case", "GetCase"])
def test_a_block_goes_where_the_call_says_and_its_data_can_be_read(key: str) -> None:
    result = with_case({key: Given(data={"Case": {"status": "open"}})})

    assert heard(result) == ["open"]
    assert heard(result, Who.FLOW)[0] == "GetCase is not simulated; given for this call: success"


@pytest.mark.parametrize(
    ("result", "words"),
    [("NoneFound", "No case."), ("MultipleFound", "Many cases."), ("TimeLimitExceeded", "Sorry.")],
)
def test_an_error_type_takes_its_branch_or_the_error_branch(result: str, words: str) -> None:
    assert heard(with_case({"GetCase": Given(result)})) == [words]


def test_the_identifier_goes_before_the_type() -> None:
    assert heard(with_case({"GetCase": Given(), "case": Given("NoneFound")})) == ["No case."]


def test_a_result_that_is_no_way_on_is_an_error_that_names_the_ways() -> None:
    with pytest.raises(
        UserError, match=r"'Sucess' given for block 'case' .* use success, NoMatchingError, None"
    ):
        with_case({"case": Given("Sucess")})


def test_data_cannot_replace_what_the_contact_has_itself() -> None:
    with pytest.raises(
        UserError, match=r"data given for 'case' sets 'Channel', which the contact has itself"
    ):
        with_case({"case": Given(data={"Channel": "CHAT"})})


@pytest.mark.parametrize(("agents", "words"), [("3", "Staffed."), ("0", "Nobody.")])
def test_a_metric_is_compared_as_a_number(agents: str, words: str) -> None:
    result = call(
        block(
            "staff",
            "CheckMetricData",
            {"MetricType": "NumberOfAgentsOnline"},
            errors={"NoMatchingCondition": "nobody", "NoMatchingError": "sorry"},
            conditions=[("NumberGreaterThan", "0", "staffed")],
        ),
        says("staffed", "Staffed."),
        says("nobody", "Nobody."),
        given={"CheckMetricData": Given(agents)},
    )

    assert heard(result) == [words]


def test_a_view_branches_on_the_action_that_the_participant_chose() -> None:
    result = call(
        block("view", "ShowView", next_="sorry", conditions=[("Equals", "Submit", "say")]),
        says("say", "$.Views.ViewResultData.reason"),
        given={"view": Given("Submit", {"Views": {"ViewResultData": {"reason": "lost"}}})},
    )

    assert heard(result) == ["lost"]


def test_a_full_queue_takes_its_own_branch() -> None:
    queue = {"QueueAtCapacity": "full", "NoMatchingError": "sorry"}

    result = call(
        block("set", "UpdateContactTargetQueue", {"QueueId": "arn:q"}, next_="queue"),
        block("queue", "TransferContactToQueue", errors=queue),
        says("full", "All lines are busy."),
        given={"queue": Given("QueueAtCapacity")},
    )

    assert heard(result) == ["All lines are busy."]


@pytest.mark.parametrize(
    ("hours", "words"), [("True", "Open."), ("False", "Closed."), ("NoMatchingError", "Sorry.")]
)
def test_given_hours_go_before_those_of_the_whole_call(hours: str, words: str) -> None:
    result = call(
        block(
            "hours",
            "CheckHoursOfOperation",
            errors={"NoMatchingError": "sorry"},
            conditions=[("Equals", "True", "open"), ("Equals", "False", "closed")],
        ),
        says("open", "Open."),
        says("closed", "Closed."),
        given={"hours": Given(hours)},
        hours_open=True,
    )

    assert heard(result) == [words]


def test_a_block_that_is_simulated_runs_although_data_was_given() -> None:
    result = call(says("say", "$.Case.status"), given={"say": Given(data={"Case": {"status": "open"}})})

    assert heard(result) == ["open"]


def third_party(keep: str, given: dict[str, Given] | None = None, **more: str) -> CallResult:
    errors = {"NoMatchingError": "sorry", "CallFailed": "failed"}
    parameters = {"ThirdPartyPhoneNumber": "+18005550100", "ContinueFlowExecution": keep, **more}
    return call(
        block("away", "TransferParticipantToThirdParty", parameters, errors=errors, next_="after"),
        says("after", "Welcome back."),
        says("failed", "No answer."),
        given=given,
    )


def test_a_transfer_to_a_phone_number_that_the_flow_does_not_survive_ends_it() -> None:
    result = third_party("False", ThirdPartyDTMFDigits="77")

    assert heard(result, Who.FLOW)[0] == "the caller is put through to +18005550100, keys 77"
    assert result.ended == "transferred to phone number"


def test_a_transfer_to_a_phone_number_and_back_is_only_named_unless_the_call_says_how_it_went() -> None:
    unknown = third_party("True")

    assert heard(unknown) == ["Welcome back."]
    assert "TransferParticipantToThirdParty is not simulated" in heard(unknown, Who.FLOW)[1]
    assert heard(third_party("True", {"away": Given("CallFailed")})) == ["No answer."]
    assert not any(
        "not simulated" in text for text in heard(third_party("True", {"away": Given()}), Who.FLOW)
    )


def test_a_chat_has_no_phone_to_put_through() -> None:
    parameters = {"ThirdPartyPhoneNumber": "+18005550100"}

    result = call(
        block("away", "TransferParticipantToThirdParty", parameters, errors={"NoMatchingError": "sorry"}),
        caller=contact("CHAT"),
    )

    assert heard(result) == ["Sorry."]
