"""The same thing at several sites at once: what one runs into does not stop the others."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from live_alias.errors import DecideAnewError, LiveAliasError
from patchbay.errors import UserError
from patchbay.live.crowd import Progress, silent
from patchbay.releases.sites import Site
from release.evidence import Unreadable

T = TypeVar("T")

REFUSED, MISTAKEN, RUNNING = 1, 2, 3
"""Exit codes: AWS refused or the bad outcome; bad input; still running."""
_WORST = (REFUSED, MISTAKEN, RUNNING, 0)
_AT_ONCE = 8


@dataclass(frozen=True)
class Result(Generic[T]):
    """What came of it at one site: a value, or a sentence and an exit code."""

    site: Site
    value: T | None = None
    sentence: str = ""
    code: int = 0
    is_missing: bool = False
    """Nothing is deployed there."""


class Refused(Exception):
    """An order that cannot be carried out at one site; the message is one sentence."""

    def __init__(self, sentence: str, code: int = REFUSED) -> None:
        super().__init__(sentence)
        self.code = code


class NotDeployed(Refused):
    """The alias is not there."""

    def __init__(self, site: Site) -> None:
        super().__init__(f"{site.name} has no alias {site.alias}: deploy it first")


def everywhere(
    sites: Sequence[Site], act: Callable[[Site], T], progress: Progress = silent
) -> list[Result[T]]:
    """In the order of `sites`. Raises NoCredentialsError: nothing would go anywhere."""
    found: list[Result[T]] = []
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, max(1, len(sites)))) as pool:
        for result in pool.map(lambda site: _result(site, act), sites):
            found.append(result)
            progress(len(found), len(sites), result.site.label)
    return found


def _result(site: Site, act: Callable[[Site], T]) -> Result[T]:
    try:
        return Result(site, act(site))
    except NoCredentialsError:
        raise
    except Refused as error:
        return Result(site, None, f"{site.label}: {error}", error.code, isinstance(error, NotDeployed))
    except UserError as error:
        return Result(site, None, f"{site.label}: {error}", MISTAKEN)
    except DecideAnewError as error:
        return Result(site, None, f"{site.label}: Lambda did not answer as needed: {error}", REFUSED)
    except (LiveAliasError, Unreadable) as error:
        return Result(site, None, f"{site.label}: {error}", REFUSED)
    except (ClientError, BotoCoreError) as error:
        return Result(site, None, f"{site.label}: AWS did not answer as needed: {error}", REFUSED)


def worst(codes: Iterable[int]) -> int:
    """Of several exit codes: 1, then 2, then 3, then 0."""
    return min(codes, key=_WORST.index, default=0)
