"""docs/doctor.md says what the checks say."""

import json
import re

from patchbay.doctor.checks import CHECKS
from patchbay.doctor.model import Check
from patchbay.environments import ROOT
from patchbay.rights import READING

_TEXT = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
_ALONGSIDE = {"ds:DescribeDirectories"}
"""Dependent actions: no operation of ours has the name."""
_BEFORE = {"sts:AssumeRole"}
"""For whom an [accounts] entry names a role: on that role, not in it."""


def test_every_check_is_in_the_table_word_for_word() -> None:
    rows = [line for line in _TEXT.splitlines() if line.startswith("| [`")]

    assert rows == [_row(check) for check in CHECKS]


def test_every_check_says_why_and_what_to_do() -> None:
    for check in CHECKS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.id)
        assert check.title[0].islower() or check.title.startswith("CDK"), check.id
        assert check.why.endswith("."), check.id
        assert check.fix[0].islower(), check.id
        assert not check.fix.endswith("."), check.id


def test_every_link_leads_somewhere() -> None:
    for check in CHECKS:
        page = re.match(r"docs/[\w/-]+\.md", check.link)
        assert (ROOT / page[0]).exists() if page else "https://" in check.link, check.id


def test_the_policy_has_the_rights_of_what_is_read_and_no_other() -> None:
    policy = json.loads(_TEXT.partition("```json\n")[2].partition("```")[0])
    allowed = {action for statement in policy["Statement"] for action in statement["Action"]}

    assert allowed == {*READING.values(), *_ALONGSIDE} - _BEFORE
    assert {statement["Effect"] for statement in policy["Statement"]} == {"Allow"}


def _row(check: Check) -> str:
    page = re.search(r"https://\S+$|docs/([\w/-]+\.md)", check.link)
    assert page is not None, check.id
    return f"| [`{check.id}`]({page[1] or page[0]}) | {check.title} | {check.why} | {check.fix} |"
