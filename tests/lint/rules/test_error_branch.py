"""Every Invoke block has an Error branch."""

from tests.lint.flows import found, invoke, say

RULE = "error-branch"


def test_an_invoke_block_without_an_error_branch_is_found() -> None:
    assert found(RULE, invoke("Ask", error=None)) == {"Ask": "has no Error branch (NoMatchingError)"}


def test_an_error_branch_back_to_the_same_block_is_found() -> None:
    assert "back to itself" in found(RULE, invoke("Ask", error="Ask"))["Ask"]


def test_an_error_branch_that_leads_on_is_fine() -> None:
    assert found(RULE, invoke("Ask", error="Sorry"), say("Sorry")) == {}
