"""The text of a new environment, in the style of those that are there."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from patchbay.arns import InstanceArn

_COMMENT_COLUMN = 43


@dataclass(frozen=True)
class Answers:
    """What the file is made from."""

    name: str
    arn: InstanceArn
    alias: str
    regions: Sequence[str]
    """Of the functions: the preferred one first."""
    account: str
    """Of the functions."""
    app: str = "patchbay"
    functions: Sequence[str] = ()
    flows: Sequence[str] = ()
    resources: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    """The way into the instance's account."""


def text(answers: Answers, missing: Mapping[str, str]) -> str:
    """The file; `missing` are the resources still to be filled in, each with a flow that names it."""
    return "\n".join([*_head(answers), *_instance(answers, missing), *_accounts(answers)]) + "\n"


def _head(answers: Answers) -> Iterator[str]:
    yield f"# Instance {answers.alias} and its functions. `make deploy ENV={answers.name}` deploys it."
    yield f"app = {_quoted(answers.app)}"
    yield f"account = {_quoted(answers.account)}"
    yield ""
    yield "[region_groups.main]"
    fallback = (
        "the second is their fallback" if len(answers.regions) > 1 else "a second would be their fallback"
    )
    yield _commented(f"regions = {_list(answers.regions)}", f"flows call the first; {fallback}")
    yield ""
    yield "[release]"
    yield _commented('strategy = "all-at-once"', "canary: callers move to a new version by evidence")


def _instance(answers: Answers, missing: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield "[[instances]]"
    yield 'name = "main"'
    yield f"arn = {_quoted(str(answers.arn))}"
    alias = f"alias = {_quoted(answers.alias)}"
    yield _commented(alias, f"names its log group: /aws/connect/{answers.alias}")
    yield 'region_group = "main"'
    yield f"functions = {_list(answers.functions)}"
    yield f"flows = {_list(answers.flows)}"
    yield ""
    yield _commented("[instances.resources]", "what flows name as {{resource:KEY}}")
    for key, arn in answers.resources.items():
        yield f"{key} = {_quoted(arn)}"
    for key, flow in missing.items():
        yield f'# {key} = "{answers.arn}/..."   # flow {flow} names it'


def _accounts(answers: Answers) -> Iterator[str]:
    """How the tools reach the instance, where not with the credentials of the shell."""
    foreign = answers.arn.account != answers.account
    if not (answers.profile or foreign):
        return
    mark = "" if answers.profile else "# "
    yield ""
    if foreign:
        yield "# The instance is in another account than its functions; the tools need a way in:"
    yield f"{mark}[accounts.{_quoted(answers.arn.account)}]"
    yield _commented(f"{mark}profile = {_quoted(answers.profile or 'contact-centre')}", "or role_arn")


def _quoted(value: str) -> str:
    """What JSON writes, TOML reads."""
    return json.dumps(value, ensure_ascii=False)


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _commented(line: str, comment: str) -> str:
    return f"{line:<{_COMMENT_COLUMN - 1}} # {comment}"
