"""Whose answer `$.External` holds where a block reads it."""

import pytest

from tests.lint.flows import ask, block, compare, found, invoke, keep, say, store

STALE, UNKNOWN, WITHOUT = "stale-external", "unknown-key", "external-without-invocation"
SOMETIMES, AFTER_ERROR = "external-on-some-ways", "external-after-error"
ALL = (STALE, UNKNOWN, WITHOUT, SOMETIMES, AFTER_ERROR)


def nothing(*blocks: dict[str, object]) -> bool:
    return not any(found(rule, *blocks) for rule in ALL)


def test_a_key_that_a_later_answer_has_replaced_is_found_with_both_blocks() -> None:
    said = found(
        STALE,
        invoke("Look up", then="Orders"),
        invoke("Orders", "orders", then="Greet"),
        say("Greet", "Hello $.External.name."),
    )

    assert said == {
        "Greet": "reads $.External.name, but on a way here the last function that answered is "
        "orders in 'Orders', which does not return it"
    }


def test_one_way_of_several_is_enough() -> None:
    said = found(
        STALE,
        invoke("Look up", then="Menu"),
        ask("Menu", {"1": "Orders", "2": "Greet"}),
        invoke("Orders", "orders", then="Greet"),
        say("Greet", "Hello $.External.name."),
    )

    assert list(said) == ["Greet"]


def test_an_answer_that_was_kept_in_time_is_fine() -> None:
    assert nothing(
        invoke("Look up", then="Keep"),
        keep("Keep", "$.External.name", then="Orders"),
        invoke("Orders", "orders", then="Greet"),
        say("Greet", "Hello $.Attributes.kept, you have $.External.count orders."),
    )


def test_a_key_that_both_functions_return_is_fine() -> None:
    assert nothing(
        invoke("Look up", then="Orders"),
        invoke("Orders", "orders", then="Check"),
        compare("Check", "$.External.status", {"ok": "End"}),
    )


def test_the_same_function_in_the_fallback_region_answers_as_well() -> None:
    assert nothing(
        invoke("Look up", then="Greet", error="Look up there"),
        invoke("Look up there", "lookup:fallback", then="Greet"),
        say("Greet", "Hello $.External.name."),
    )


def test_a_parameter_of_the_next_function_is_read_before_it_answers() -> None:
    assert nothing(
        invoke("Look up", then="Orders"),
        invoke("Orders", "orders", LambdaInvocationAttributes={"name": "$.External.name"}),
    )


def test_a_circle_brings_a_later_answer_back_to_an_earlier_read() -> None:
    said = found(
        STALE,
        invoke("Look up", then="Greet"),
        say("Greet", "Hello $.External.name.", then="Menu"),
        ask("Menu", {"1": "Orders"}),
        invoke("Orders", "orders", then="Greet"),
    )

    assert list(said) == ["Greet"]


def test_of_a_function_that_does_not_say_what_it_returns_nothing_is_said() -> None:
    assert nothing(
        invoke("Look up", then="Vague"),
        invoke("Vague", "vague", then="Greet"),
        say("Greet", "Hello $.External.name."),
    )


@pytest.mark.parametrize("between", ["InvokeFlowModule", "SomethingNew"])
def test_after_a_module_or_an_unknown_block_nothing_is_said(between: str) -> None:
    assert nothing(
        invoke("Orders", "orders", then="Between"),
        block("Between", between, then="Greet"),
        say("Greet", "Hello $.External.name."),
    )


def test_after_an_asynchronous_function_nothing_is_said() -> None:
    assert nothing(
        invoke("Look up", "orders", InvocationType="ASYNCHRONOUS", then="Greet"),
        say("Greet", "Hello $.External.name."),
    )


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("nam", "lookup returns status, name, language (did you mean name?)"),
        ("name.first", "lookup returns status, name, language"),
        ("['full name']", "reads $.External.full name"),
    ],
)
def test_a_key_that_no_function_returns_is_found(key: str, said: str) -> None:
    path = f"$.External{key}" if key.startswith("[") else f"$.External.{key}"

    wrong = found(UNKNOWN, invoke("Look up", then="Greet"), say("Greet", f"Hello {path}."))

    assert said in wrong["Greet"]


@pytest.mark.parametrize("path", ["Balance.Savings", "Balance", "['Balance'].Savings", "Card.Last4", "Card"])
def test_nested_keys_and_what_lies_above_or_below_them_are_fine(path: str) -> None:
    reference = f"$.External{path}" if path.startswith("[") else f"$.External.{path}"

    assert nothing(invoke("Ask", "accounts", then="Say"), say("Say", f"It is {reference} today."))


def test_a_nested_key_that_is_not_there_is_found() -> None:
    wrong = found(UNKNOWN, invoke("Ask", "accounts", then="Say"), say("Say", "$.External.Balance.Saving"))

    assert "did you mean Balance.Savings?" in wrong["Say"]


def test_a_key_may_be_read_as_the_name_of_an_attribute() -> None:
    given = {"Attributes": {"$.External.nobody": "x"}}

    wrong = found(
        UNKNOWN, invoke("Ask", then="Set"), block("Set", "UpdateContactAttributes", given, then="End")
    )

    assert list(wrong) == ["Set"]


def test_reads_with_no_invocation_before_them_are_one_finding() -> None:
    said = found(WITHOUT, say("Greet", "Hello $.External.name.", then="Bye"), say("Bye", "$.External.name"))

    assert said == {
        "Greet": "reads $.External.name, but no way here invokes a function (and 1 more blocks like it)"
    }


def test_a_way_past_the_invocation_is_found() -> None:
    said = found(
        SOMETIMES,
        ask("Menu", {"1": "Look up", "2": "Greet"}),
        invoke("Look up", then="Greet"),
        say("Greet", "Hello $.External.name."),
    )

    assert said == {"Greet": "reads $.External.name, but a way leads here that invokes no function"}


def test_a_function_may_be_handed_its_own_last_answer() -> None:
    assert not found(
        SOMETIMES,
        invoke("Look up", "lookup", then="Again", LambdaInvocationAttributes={"last": "$.External.name"}),
        store("Again", then="Look up"),
    )


def test_a_read_where_success_and_error_meet_is_found() -> None:
    said = found(
        AFTER_ERROR, invoke("Look up", then="Greet", error="Greet"), say("Greet", "Hello $.External.name.")
    )

    assert said == {"Greet": "reads $.External.name on the Error branch of 'Look up'"}


def test_an_older_answer_on_the_error_branch_of_a_later_function_is_found() -> None:
    said = found(
        AFTER_ERROR,
        invoke("Look up", then="Orders"),
        invoke("Orders", "orders", error="Greet"),
        say("Greet", "Hello $.External.name."),
    )

    assert list(said) == ["Greet"]


def test_the_whole_answer_may_be_handed_on() -> None:
    assert nothing(
        invoke("Look up", then="Orders"),
        invoke("Orders", "orders", LambdaInvocationAttributes={"all": "$.External"}),
    )


def test_what_only_looks_like_the_reference_is_fine() -> None:
    assert nothing(say("Greet", "$.ExternalThings.name"))
