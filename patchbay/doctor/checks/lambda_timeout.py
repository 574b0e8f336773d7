"""Whether the version that callers meet ends when the block that waits for it does."""

from collections.abc import Iterator, Mapping
from typing import Any

from live_alias import record
from live_alias.progress import Phase
from patchbay.config import Environment
from patchbay.doctor import deployed
from patchbay.doctor.model import Check, Finding, Place, Scene, failed, passed, skipped, warned
from patchbay.functions import Function, Kind
from patchbay.limits import LEX_TIME_LIMIT_SECONDS
from patchbay.live.model import Alias, LiveFunction, Read, Unread
from patchbay.naming import LIVE


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        yield _function(scene, live)


def _function(scene: Scene, live: LiveFunction) -> Finding:
    place, settings = (
        Place(function=live.function, region=live.region),
        scene.environment.functions[live.function],
    )
    for unread in (deployed.missing(live), live.configuration):
        if isinstance(unread, Unread):
            return skipped(place, unread)
    assert isinstance(live.configuration, Read)
    assert live.configuration.value is not None
    wrong = _wrong(settings, live.configuration.value)
    if wrong is None:
        return passed(place, f"is ended after {live.configuration.value['Timeout']} s, as configured")
    if unsettled := _unsettled(scene, live, settings):
        return skipped(place, unsettled)
    return (failed if _too_long(settings, live.configuration.value) else warned)(
        place, wrong, _fix(scene.environment, live, settings)
    )


def _wrong(settings: Function, configuration: Mapping[str, Any]) -> str | None:
    timeout, wanted = configuration["Timeout"], settings.time_limit_seconds
    version = f"version {configuration.get('Version', '?')}"
    if _too_long(settings, configuration):
        who = "Lex waits" if settings.kind is Kind.LEX else "blocks wait"
        limit = LEX_TIME_LIMIT_SECONDS if settings.kind is Kind.LEX else wanted
        return f"{version} may run {timeout} s, but {who} {limit} s: it goes on after its caller was sent on"
    if timeout != wanted:
        return f"{version} is ended after {timeout} s, but time_limit_seconds is {wanted}"
    return None


def _too_long(settings: Function, configuration: Mapping[str, Any]) -> bool:
    limits = {Kind.FLOW: settings.time_limit_seconds, Kind.LEX: LEX_TIME_LIMIT_SECONDS}
    limit = limits.get(settings.kind)
    return limit is not None and int(configuration["Timeout"]) > limit


def _unsettled(scene: Scene, live: LiveFunction, settings: Function) -> Unread | None:
    """A change that is on its way, which other checks report."""
    stack = deployed.functions_stack(scene, live.region)
    made = deployed.properties(stack, deployed.FUNCTION, FunctionName=live.name)
    if (made or {}).get("Timeout", settings.time_limit_seconds) != settings.time_limit_seconds:
        return Unread("another time limit waits for its deploy: see stacks-from-code")
    alias = live.aliases.value.get(LIVE) if isinstance(live.aliases, Read) else None
    if alias is not None and (alias.weights or _is_released(alias)):
        return Unread("a release is moving callers to a version with another time limit")
    return None


def _fix(environment: Environment, live: LiveFunction, settings: Function) -> str:
    if settings.kind is Kind.LEX and settings.time_limit_seconds > LEX_TIME_LIMIT_SECONDS:
        file = f"lambdas/{live.function}/function.toml"
        return f"set time_limit_seconds = {LEX_TIME_LIMIT_SECONDS} in {file}, and deploy"
    alias = live.aliases.value.get(LIVE) if isinstance(live.aliases, Read) else None
    version = _deployed(alias) if alias else None
    if version:
        where = f"--region {live.region} --function-name {live.name}"
        return f"aws lambda update-alias {where} --name {LIVE} --function-version {version}"
    return (
        f"patchbay release status {live.function} --env {environment.name} says how that version became "
        f"live; a deploy with a change publishes one with {settings.time_limit_seconds} s"
    )


def _is_released(alias: Alias) -> bool:
    """Before the first step nobody meets the candidate: there are no weights yet."""
    found = record.parse(alias.description)
    return found is not None and found.progress is not None and found.progress.phase is Phase.START


def _deployed(alias: Alias) -> str | None:
    """The version that should be live where somebody moved the alias by hand; None where nobody did."""
    found = record.parse(alias.description)
    if found is None or not found.releases:
        return None
    candidate, before = found.releases[0].candidate, found.stable
    wanted = before if found.rejects(found.fingerprint) else candidate
    return None if alias.version in (candidate, before) else wanted


CHECK = Check(
    "lambda-timeout",
    "live versions end when the blocks that wait for them do",
    "A version that may run longer than its block waits goes on after the caller was sent to the Error "
    "branch, effects included; one that may run shorter is ended while the caller still waits.",
    "let a version be live that has time_limit_seconds as its timeout",
    'Lambda developer guide, "Configure Lambda function timeout": '
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
    _look,
)
