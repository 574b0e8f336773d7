"""What function.toml may say, beyond what test_environment_mistakes has by its files."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from patchbay.errors import UserError
from patchbay.function_folders import load, warm_up_events
from patchbay.functions import Function, Runtime


def function(**settings: Any) -> Function:
    return Function.model_validate(
        {"name": "lookup", "description": "Looks up", "time_limit_seconds": 3, **settings}
    )


@pytest.mark.parametrize("level", ["WARNING", "error", "CRITICAL", "30", "NOTSET"])
@pytest.mark.parametrize("name", ["POWERTOOLS_LOG_LEVEL", "LOG_LEVEL"])
def test_a_log_level_that_filters_the_lines_of_a_release_is_refused(name: str, level: str) -> None:
    with pytest.raises(ValidationError) as refused:
        function(environment={name: level})
    sentence = str(refused.value)
    assert f"{name} is {level!r}, which filters the lines that releases are judged by" in sentence
    assert "use DEBUG or INFO, or set the level of your own logger in the handler" in sentence


@pytest.mark.parametrize(
    "environment",
    [
        {"LOG_LEVEL": "INFO"},
        {"POWERTOOLS_LOG_LEVEL": "debug"},
        {"POWERTOOLS_LOG_LEVEL": "INFO", "LOG_LEVEL": "ERROR"},
        {"LOG_LEVEL": ""},
    ],
    ids=str,
)
def test_a_log_level_that_lets_them_through_is_allowed(environment: dict[str, str]) -> None:
    assert function(environment=environment).environment == environment


def test_a_function_without_contacts_may_be_silent() -> None:
    assert function(kind="worker", environment={"LOG_LEVEL": "ERROR"})


def test_a_candidate_is_warmed_up_with_what_its_author_calls_harmless(tmp_path: Path) -> None:
    events = tmp_path / "lookup" / "events"
    (events / "warm_up").mkdir(parents=True)
    for name in ("voice.json", "chat.json", "warm_up/balance.json"):
        (events / name).write_text("{}")

    def warmed(**settings: Any) -> list[str]:
        found = warm_up_events(tmp_path, function(**settings))
        return [str(path.relative_to(events)) for path in found]

    assert warmed() == ["chat.json", "voice.json"]
    assert warmed(effects=True) == ["warm_up/balance.json"]
    assert warmed(kind="worker") == [], "the events are those of contacts"


SETTINGS = 'description = "Looks up"\ntime_limit_seconds = 3\n'


def node(tmp_path: Path, source: bytes, file: str = "handler.mjs") -> Function:
    """A Node.js function as it is loaded, with this module."""
    folder = tmp_path / "lookup"
    folder.mkdir()
    (folder / "function.toml").write_text(f'{SETTINGS}runtime = "node"\n')
    (folder / file).write_bytes(source)
    return load(tmp_path, "lookup", {}, "environments/dev.toml")


@pytest.mark.parametrize(
    "source",
    [
        "export const handler = contactHandler(answer);",
        "export let handler=async()=>({})",
        "import x from 'y';export async function handler(event) {}",
        "export function* handler() {}",
        "const handler = async () => ({});\nexport { handler };",
        "async function lookUp() {}\nexport { other, lookUp as handler }",
        "export {\n  handler,\n  other\n};",
        'export { handler } from "./lookup.mjs";',
        'export * from "./lookup.mjs";',
        "export const { handler } = make();",
        "const a=1;export{a as handler};",
        "/** Looks up. */ export const handler = lookUp;",
        "const all = 'events/*';\nexport const handler = lookUp; /* the entry point */",
        'const page = "https://example.com"; export { lookUp as handler } from "./it\'s.mjs"',
    ],
)
def test_every_way_to_export_a_handler_is_accepted(tmp_path: Path, source: str) -> None:
    assert node(tmp_path, source.encode()).runtime is Runtime.NODE


@pytest.mark.parametrize(
    "source",
    [
        "",
        "const handler = async () => ({});",
        "export default async function handler() {}",
        "export const handlers = [];",
        "export const lookUp = async () => handler;",
        "const handler = 1;\nexport { handler as other };",
        "// export const handler = lookUp;",
        "/*\nexport const handler = lookUp;\n*/",
        "exports.handler = async () => ({});",
        "lookUp(); // export const handler = lookUp;",
        "const template = `\nexport const handler = lookUp;\n`;",
    ],
)
def test_a_node_module_that_exports_no_handler_is_refused(tmp_path: Path, source: str) -> None:
    with pytest.raises(UserError) as refused:
        node(tmp_path, source.encode())
    assert str(refused.value) == (
        "lambdas/lookup/handler.mjs exports no `handler`: name the function that Lambda calls so, as in "
        "`export const handler = contactHandler(...)`"
    )


def test_a_node_module_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"lambdas/lookup/handler\.mjs is not JavaScript: "):
        node(tmp_path, b"\xff\xfe")


def test_a_handler_in_the_other_language_is_pointed_out(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        node(tmp_path, b"def handler(event, context): ...", file="handler.py")
    assert str(refused.value) == (
        'lambdas/lookup/handler.mjs is missing: the runtime is "node", so write it, '
        'or set runtime = "python" for handler.py'
    )


def test_a_folder_without_any_handler_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"handler\.mjs is missing: it holds the function `handler`$"):
        node(tmp_path, b"", file="logic.mjs")
