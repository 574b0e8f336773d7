"""The lookup on a database."""

from typing import Any

import pytest

from common.tables import table
from tests.lambdas.conftest import LogLines
from tests.lambdas.invocations import STRANGER, contact_event, invoke

UNAVAILABLE = {"status": "error", "errorType": "lookupUnavailable", "retryable": "true"}


@pytest.mark.usefixtures("seeded_tables")
class TestWithTables:
    """The sample data is there."""

    def test_a_known_caller_is_found(self) -> None:
        assert invoke("customer_lookup", contact_event()) == {
            "status": "ok",
            "found": "true",
            "customerId": "C-1001",
            "name": "Océane Tremblay",
            "language": "fr-CA",
            "membership": "gold",
            "openCase": "CASE-2041",
            "caseTeam": "cards",
        }

    def test_the_parameter_is_normalised_and_goes_before_the_endpoint(self) -> None:
        answer = invoke("customer_lookup", contact_event({"phoneNumber": "+1 (416) 555-0022"}))
        assert (answer["language"], answer["openCase"]) == ("en-CA", "none")

    def test_an_unknown_caller_is_an_answer_not_an_error(self) -> None:
        answer = invoke("customer_lookup", contact_event(caller=STRANGER))
        assert (answer["status"], answer["found"], answer["name"]) == ("ok", "false", "none")

    @pytest.mark.parametrize(
        ("number", "expected"),
        [
            ("+14165550011", ("C-1001", "fr-CA", "gold", "CASE-2041", "cards")),
            ("+14165550022", ("C-1002", "en-CA", "standard", "none", "none")),
            ("+14165550033", ("C-1003", "en-US", "silver", "CASE-2077", "billing")),
            ("+14165550044", ("C-1004", "fr-CA", "silver", "none", "none")),
        ],
    )
    def test_each_sample_customer_takes_another_route(self, number: str, expected: tuple[str, ...]) -> None:
        answer = invoke("customer_lookup", contact_event(caller=number))
        keys = ("customerId", "language", "membership", "openCase", "caseTeam")
        assert tuple(answer[key] for key in keys) == expected

    def test_a_payment_token_stays_in_the_table(self) -> None:
        answer = invoke("customer_lookup", contact_event(caller="+14165550022"))
        assert "tok_1002" not in str(answer)

    @pytest.mark.parametrize(
        ("stored", "key", "answered"),
        [
            ({"name": " "}, "name", "none"),
            ({"name": None}, "name", "none"),
            ({"name": ["Ana", "Bo"]}, "name", "none"),
            ({"name": "x" * 40_000}, "name", "none"),
            ({"membership": True}, "membership", "none"),
            ({"open_case": 2041}, "openCase", "2041"),
            ({"customer_id": 20_410_000_000}, "customerId", "20410000000"),
            ({"open_case": 7, "case_team": "Billing"}, "caseTeam", "billing"),
            ({"open_case": 7, "case_team": "gardening"}, "caseTeam", "none"),
            ({"open_case": 7, "case_team": 3}, "caseTeam", "none"),
            ({"case_team": "cards"}, "caseTeam", "none"),
        ],
    )
    def test_what_another_system_wrote_becomes_text_that_a_flow_can_compare(
        self, stored: dict[str, Any], key: str, answered: str
    ) -> None:
        table("customers").put_item(Item={"phone_number": STRANGER, **stored})
        answer = invoke("customer_lookup", contact_event(caller=STRANGER))
        assert (answer["found"], answer[key]) == ("true", answered)
        assert all(isinstance(value, str) and value for value in answer.values())

    def test_a_refusal_by_dynamodb_is_an_informational_error(
        self, monkeypatch: pytest.MonkeyPatch, log_lines: LogLines
    ) -> None:
        table.cache_clear()
        monkeypatch.setenv("TABLE_CUSTOMERS", "no-such-table")
        assert invoke("customer_lookup", contact_event()) == UNAVAILABLE
        _, line = log_lines()
        assert (line["error_type"], line["cause"]) == ("lookupUnavailable", "ResourceNotFoundException")


@pytest.mark.usefixtures("fresh_client")
def test_a_database_out_of_reach_is_an_informational_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE_CUSTOMERS", "customers")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    assert invoke("customer_lookup", contact_event()) == UNAVAILABLE
