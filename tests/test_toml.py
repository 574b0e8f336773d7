"""TOML into frozen models, and the sentence for each mistake."""

from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError, model_validator

from patchbay import toml
from patchbay.errors import UserError


class Inner(toml.Section):
    colour: str
    size: Annotated[int, Field(ge=1)] = 1


class Outer(toml.Section):
    name: str
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    by_name: dict[str, Inner] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> "Outer":
        if self.name == "wrong":
            raise ValueError("name is wrong: choose another")
        return self


def complaint(data: dict[str, Any]) -> str:
    with pytest.raises(UserError) as caught:
        toml.parse(Outer, data, "file.toml")
    return str(caught.value)


def test_a_table_becomes_a_frozen_model() -> None:
    outer = toml.parse(Outer, {"name": "x", "many": [{"colour": "red"}]}, "file.toml")
    assert outer == Outer(name="x", many=(Inner(colour="red"),))
    with pytest.raises(ValidationError, match="frozen"):
        outer.name = "y"


def test_an_unknown_key_is_answered_with_the_allowed_ones() -> None:
    assert complaint({"name": "x", "height": 1}) == (
        "file.toml: height is not a known key: allowed are by_name, inner, many, name"
    )


def test_a_misspelt_key_is_answered_with_the_one_that_was_meant() -> None:
    assert complaint({"nmae": "x"}) == (
        "file.toml: nmae is not a known key: did you mean name? allowed are by_name, inner, many, name"
    )


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"inner": {"color": "red"}}, "inner.color"),
        ({"many": [{"colour": "red"}, {"color": "red"}]}, "many.1.color"),
        ({"by_name": {"first": {"color": "red"}}}, "by_name.first.color"),
    ],
)
def test_an_unknown_key_of_an_inner_table_is_answered_with_its_own_keys(
    data: dict[str, Any], key: str
) -> None:
    assert complaint({"name": "x", **data}) == (
        f"file.toml: {key} is not a known key: did you mean colour? allowed are colour, size"
    )


def test_a_missing_key_is_named() -> None:
    assert complaint({}) == "file.toml: name is missing: add it"
    assert complaint({"name": "x", "inner": {}}) == "file.toml: inner.colour is missing: add it"


def test_a_wrong_value_is_shown_with_what_is_allowed() -> None:
    sentence = complaint({"name": "x", "inner": {"colour": "red", "size": 0}})
    assert sentence == "file.toml: inner.size: Input should be greater than or equal to 1, but it is 0"
    assert complaint({"name": 5}) == "file.toml: name: Input should be a valid string, but it is 5"


def test_a_models_own_sentence_stands_alone() -> None:
    assert complaint({"name": "wrong"}) == "file.toml: name is wrong: choose another"


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file.toml"
    path.write_text('name = "Zoë"\n', encoding="utf-8")
    assert toml.read(path) == {"name": "Zoë"}


@pytest.mark.parametrize("content", [b"name = ", b"name = 'x'\nname = 'y'\n", b"name = '\xff'\n"])
def test_a_file_that_is_not_toml_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.toml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"^[^/]+/file\.toml is not valid TOML: ") as caught:
        toml.read(path)
    assert "\n" not in str(caught.value)
