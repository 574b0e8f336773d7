"""Codes and PINs that would be written to the flow log."""

from tests.lint.flows import END, block, found, invoke, log, operation, store

RULE = "secret-in-log"
CODE = operation("verify", code="$.StoredCustomerInput")


def test_a_code_that_is_keyed_in_and_passed_on_with_the_log_on_is_found_twice() -> None:
    said = found(
        RULE, log("On", "Enabled", then="Key"), store("Key", then="Verify"), invoke("Verify", "codes", **CODE)
    )

    assert said == {
        "Verify": "passes $.StoredCustomerInput to codes while the flow log is on",
        "Key": "asks for what 'Verify' passes on as a secret while the flow log is on",
    }


def test_with_the_log_off_around_both_it_is_fine() -> None:
    assert not found(
        RULE,
        log("On", "Enabled", then="Off"),
        log("Off", "Disabled", then="Key"),
        store("Key", then="Verify"),
        invoke("Verify", "codes", then="On again", **CODE),
        log("On again", "Enabled", then=END),
    )


def test_a_log_that_was_switched_off_too_late_is_found_at_the_question() -> None:
    said = found(
        RULE,
        log("On", "Enabled", then="Key"),
        store("Key", then="Off"),
        log("Off", "Disabled", then="Verify"),
        invoke("Verify", "codes", **CODE),
    )

    assert list(said) == ["Key"]


def test_a_log_that_this_flow_does_not_touch_is_left_alone() -> None:
    assert found(RULE, store("Key", then="Verify"), invoke("Verify", "codes", **CODE)) == {}


def test_a_function_without_secrets_may_get_what_was_keyed_in() -> None:
    parts = (log("On", "Enabled", then="Key"), store("Key", then="Ask"), invoke("Ask", "accounts", **CODE))

    assert found(RULE, *parts) == {}


def test_another_branch_than_the_answers_stores_nothing() -> None:
    said = found(
        RULE,
        log("On", "Enabled", then="Key"),
        store("Key", then=END, error="Off"),
        log("Off", "Disabled", then="Verify"),
        invoke("Verify", "codes", **CODE),
        block("Unused", "EndFlowExecution"),
    )

    assert said == {}
