"""Effects that would happen a second time because the first answer was lost."""

from tests.lint.flows import FALLBACK, ask, compare, found, invoke, loop, operation, say

RULE = "effects-twice"


def test_an_effect_in_the_fallback_region_is_found() -> None:
    said = found(
        RULE,
        invoke("Lock", "accounts", error="Lock there", **operation("lock")),
        invoke("Lock there", "accounts:fallback", **operation("lock")),
    )

    assert said == {"Lock there": "invokes accounts with operation lock in the fallback Region"}


def test_the_arn_of_the_fallback_region_is_found_as_well() -> None:
    there = invoke("There", "accounts", LambdaFunctionARN=FALLBACK.format("accounts"), **operation("lock"))

    assert list(found(RULE, there)) == ["There"]


def test_a_harmless_operation_and_a_function_without_effects_may_fall_back() -> None:
    assert not found(
        RULE,
        invoke("Check", "accounts", error="Check there", **operation("check")),
        invoke("Check there", "accounts:fallback", error="Look up", **operation("check")),
        invoke("Look up", error="Look up there"),
        invoke("Look up there", "lookup:fallback"),
    )


def test_a_retry_on_the_error_branch_is_found_through_prompts_and_loops() -> None:
    said = found(
        RULE,
        invoke("Lock", "accounts", error="Count", **operation("lock")),
        loop("Count", again="Patience"),
        say("Patience", then="Lock"),
    )

    assert said == {"Lock": "invokes accounts with operation lock again on the Error branch of 'Lock'"}


def test_a_second_block_with_the_same_operation_is_found() -> None:
    said = found(
        RULE,
        invoke("Lock", "accounts", error="Lock again", **operation("lock")),
        invoke("Lock again", "accounts", **operation("lock")),
    )

    assert said == {"Lock again": "invokes accounts with operation lock again on the Error branch of 'Lock'"}


def test_a_function_whose_every_call_has_an_effect_needs_no_operation() -> None:
    said = found(RULE, invoke("A", "accounts", error="B"), invoke("B", "accounts"))

    assert said == {"B": "invokes accounts again on the Error branch of 'A'"}


def test_who_asks_for_the_state_first_may_go_on() -> None:
    assert not found(
        RULE,
        invoke("Lock", "accounts", error="State", **operation("lock")),
        invoke("State", "accounts", then="Known?", **operation("state")),
        compare("Known?", "$.External.status", {"none": "Lock"}),
    )


def test_who_does_not_get_the_state_may_not() -> None:
    said = found(
        RULE,
        invoke("Lock", "accounts", error="State", **operation("lock")),
        invoke("State", "accounts", error="Lock", **operation("state")),
    )

    assert list(said) == ["Lock"]


def test_what_the_caller_asks_for_anew_is_the_callers_choice() -> None:
    assert not found(
        RULE,
        ask("Menu", {"1": "Lock"}),
        invoke("Lock", "accounts", error="Sorry", **operation("lock")),
        say("Sorry", then="Menu"),
    )


def test_another_operation_is_another_effect() -> None:
    assert not found(
        RULE,
        invoke("Lock", "accounts", error="Note", **operation("lock")),
        invoke("Note", "accounts", **operation("note")),
    )


def test_an_operation_that_the_call_chooses_is_left_alone() -> None:
    assert not found(RULE, invoke("Do", "accounts:fallback", **operation("$.Attributes.operation")))
