"""The lookup on a database."""

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
            "name": "Océane Tremblay",
            "language": "fr-CA",
            "membership": "gold",
            "openCase": "CASE-2041",
        }

    def test_the_parameter_is_normalised_and_goes_before_the_endpoint(self) -> None:
        answer = invoke("customer_lookup", contact_event({"phoneNumber": "+1 (416) 555-0022"}))
        assert (answer["language"], answer["openCase"]) == ("en-CA", "none")

    def test_an_unknown_caller_is_an_answer_not_an_error(self) -> None:
        answer = invoke("customer_lookup", contact_event(caller=STRANGER))
        assert (answer["status"], answer["found"], answer["name"]) == ("ok", "false", "none")

    def test_what_another_system_wrote_becomes_text(self) -> None:
        table("customers").put_item(Item={"phone_number": STRANGER, "name": " ", "open_case": 2041})
        answer = invoke("customer_lookup", contact_event(caller=STRANGER))
        assert (answer["found"], answer["name"], answer["openCase"]) == ("true", "none", "2041")

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
