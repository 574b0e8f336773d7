"""Circles that nobody and nothing ends."""

import pytest

from tests.lint.flows import END, ask, block, compare, found, invoke, keep, loop, say, store

ENDLESS, UNBOUNDED = "endless-loop", "unbounded-question"


def test_prompts_that_lead_back_to_each_other_are_found() -> None:
    said = found(ENDLESS, say("One", then="Two"), say("Two", then="One"))

    assert said == {"One": "goes round for ever: 'One', 'Two' lead back to each other"}


def test_a_long_circle_is_not_listed_whole() -> None:
    names = [f"b{n}" for n in range(7)]
    circle = [keep(name, "x", then=names[(place + 1) % 7]) for place, name in enumerate(names)]

    assert found(ENDLESS, *circle)["b0"].endswith("'b0', 'b1', 'b2', 'b3' and 3 more lead back to each other")


def test_a_block_that_leads_to_itself_is_found() -> None:
    assert found(ENDLESS, keep("Set", "x", then="Set")) == {"Set": "goes round for ever: leads to itself"}


def test_polling_with_a_prompt_but_without_a_bound_is_found() -> None:
    said = found(
        ENDLESS,
        say("Patience", then="Poll"),
        invoke("Poll", then="Done?"),
        compare("Done?", "$.External.status", {"pending": "Patience"}),
    )

    assert list(said) == ["Patience"]


def test_a_loop_block_ends_a_circle() -> None:
    assert not found(
        ENDLESS,
        say("Patience", then="Poll"),
        invoke("Poll", then="Done?"),
        compare("Done?", "$.External.status", {"pending": "Count"}),
        loop("Count", again="Patience"),
    )


@pytest.mark.parametrize("waiting", ["Wait", "ShowView", "MessageParticipantIteratively"])
def test_a_circle_that_waits_is_fine(waiting: str) -> None:
    assert found(ENDLESS, block("Wait", waiting, then="Set"), keep("Set", "x", then="Wait")) == {}


def test_a_circle_of_functions_alone_is_told_by_the_rule_for_chains() -> None:
    assert found(ENDLESS, invoke("A", then="B"), invoke("B", then="A")) == {}


def test_a_circle_of_functions_whose_limits_are_not_known_is_found_here() -> None:
    unknown = {"LambdaFunctionARN": "$.Attributes.arn", "InvocationTimeLimitSeconds": "$.Attributes.limit"}

    assert list(found(ENDLESS, invoke("A", then="B", **unknown), invoke("B", then="A", **unknown))) == ["A"]


@pytest.mark.parametrize("kind", ["customerQueue", "customerHold", None])
def test_in_a_queue_prompts_go_round_until_somebody_takes_the_contact(kind: str | None) -> None:
    music = block("Music", "MessageParticipantIteratively", {"Messages": []}, then="One")

    assert found(ENDLESS, music, say("One", then="Two"), say("Two", then="One"), kind=kind) == {}
    assert found(UNBOUNDED, music, say("One", then="Menu"), ask("Menu", {}, otherwise="One"), kind=kind) == {}


def test_a_menu_that_comes_back_to_who_keys_nothing_is_found() -> None:
    said = found(UNBOUNDED, ask("Menu", {"1": END}, otherwise="Sorry"), say("Sorry", then="Menu"))

    assert said == {"Menu": "asks again and again: 'Menu', 'Sorry' lead back to each other"}


def test_a_question_that_is_counted_is_fine() -> None:
    assert found(UNBOUNDED, ask("Menu", {"1": END}, otherwise="Count"), loop("Count", again="Menu")) == {}


def test_a_menu_that_the_caller_chose_to_hear_again_is_fine() -> None:
    assert found(UNBOUNDED, ask("Menu", {"1": "Answer"}), say("Answer", then="Menu")) == {}


def test_a_choice_by_stored_input_is_a_choice_too() -> None:
    assert not found(
        UNBOUNDED,
        store("Key", then="Which"),
        compare("Which", "$.StoredCustomerInput", {"1": "Answer"}),
        say("Answer", then="Key"),
    )


def test_stored_input_that_is_refused_and_asked_for_again_is_found() -> None:
    said = found(
        UNBOUNDED,
        store("Key", then="Right?"),
        invoke("Right?", then="Which"),
        compare("Which", "$.External.status", {"ok": END}, otherwise="Key"),
    )

    assert list(said) == ["Key"]
