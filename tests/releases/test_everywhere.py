"""The same at several sites: what fails at one does not stop the others."""

from pathlib import Path

import pytest
from botocore.exceptions import NoCredentialsError

from live_alias.errors import DecideAnewError, LiveAliasError
from patchbay import environments
from patchbay.errors import UserError
from patchbay.releases.everywhere import NotDeployed, Refused, everywhere, worst
from patchbay.releases.sites import Site, choose
from release.evidence import Unreadable
from tests.releases.cloud import ENVIRONMENT, FOLLOWER, LEADER


@pytest.fixture
def sites(project: Path) -> tuple[Site, ...]:
    (project / "environments" / "prod.toml").write_text(ENVIRONMENT)
    return choose(environments.load("prod", project), "tutorial", every=False)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("no"), 1),
        (Refused("no", code=2), 2),
        (UserError("no"), 2),
        (LiveAliasError("no"), 1),
        (DecideAnewError("no"), 1),
        (Unreadable("no"), 1),
    ],
)
def test_a_failure_is_a_sentence_with_its_place_and_its_code(
    sites: tuple[Site, ...], error: Exception, code: int
) -> None:
    def act(site: Site) -> str:
        if site.region == LEADER:
            raise error
        return "done"

    failed, fine = everywhere(sites, act)
    assert (failed.value, failed.code, failed.is_missing) == (None, code, False)
    assert failed.sentence.startswith("tutorial in eu-west-1: ")
    assert failed.sentence.endswith("no")
    assert (fine.site.region, fine.value, fine.code) == (FOLLOWER, "done", 0)


def test_progress_is_told_site_by_site(sites: tuple[Site, ...]) -> None:
    told: list[tuple[int, int, str]] = []
    everywhere(sites, lambda _: "done", lambda *news: told.append(news))
    assert told == [(1, 2, "tutorial in eu-west-1"), (2, 2, "tutorial in eu-central-1")]


def test_what_is_not_deployed_is_marked(sites: tuple[Site, ...]) -> None:
    def act(site: Site) -> str:
        raise NotDeployed(site)

    assert all(result.is_missing and result.code == 1 for result in everywhere(sites, act))


def test_without_credentials_nothing_goes_anywhere(sites: tuple[Site, ...]) -> None:
    def act(site: Site) -> str:
        raise NoCredentialsError

    with pytest.raises(NoCredentialsError):
        everywhere(sites, act)


@pytest.mark.parametrize(
    ("codes", "code"), [([], 0), ([0, 0], 0), ([0, 3], 3), ([3, 2], 2), ([2, 1, 0], 1), ([1, 3], 1)]
)
def test_the_worst_code_is_that_of_the_worst_end(codes: list[int], code: int) -> None:
    assert worst(codes) == code
