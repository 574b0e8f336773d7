"""What a new function may be called."""

import pytest

from patchbay.errors import UserError
from patchbay.scaffold import names


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Opening", "use small letters, digits and underscores"),
        ("opening-hours", "use small letters, digits and underscores"),
        ("1st", "begin with a letter"),
        ("_hours", "begin with a letter"),
        ("../up", "cannot be imported"),
        ("", "cannot be imported"),
        ("class", "a word of Python's own"),
        ("match", "a word of Python's own"),
        ("json", "would hide the Python module of that name: choose another, for instance json_function"),
        ("boto3", "would hide"),
        ("common", "would hide"),
        ("association", "would hide"),
    ],
)
def test_a_name_that_could_not_be_imported_is_one_sentence(name: str, why: str) -> None:
    with pytest.raises(UserError) as caught:
        names.check(name)
    assert why in str(caught.value)


@pytest.mark.parametrize("name", ["hours_in_a_test", "a1", "no_such_module_anywhere"])
def test_any_other_word_will_do(name: str) -> None:
    names.check(name)
