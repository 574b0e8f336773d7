"""Whether callers are led anywhere: the alias that flows name, on versions that are there."""

from collections.abc import Iterator

from patchbay.doctor import called, proposed
from patchbay.doctor.model import Check, Finding, Scene, failed, passed, skipped, warned
from patchbay.live.model import Alias, LiveFunction, Read, Unread
from patchbay.naming import LIVE

_UNPUBLISHED = "$LATEST"


def _look(scene: Scene) -> Iterator[Finding]:
    for live in scene.seen.functions:
        yield _function(scene, live)


def _function(scene: Scene, live: LiveFunction) -> Finding:
    place = called.place(live)
    absent = called.absent(scene, live)
    for unread in (absent, live.configuration, live.aliases, live.versions):
        if isinstance(unread, Unread):
            return skipped(place, unread)
    if live.configuration == Read(None):
        return failed(
            place, f"there is no function {live.name}: calls get Connect's 404", _again(scene, live)
        )
    assert isinstance(live.aliases, Read)
    assert isinstance(live.versions, Read)
    alias = live.aliases.value.get(LIVE)
    if alias is None:
        sentence = f"{live.name} has no alias {LIVE}: every call that a flow makes takes the Error branch"
        return failed(place, sentence, _made(scene, live, live.versions.value))
    return _versions(live, alias, live.versions.value)


def _again(scene: Scene, live: LiveFunction) -> str:
    """CloudFormation does not look for what was deleted behind its back; a flow of the environment that names
    what the environment does not list stops the synth."""
    deploy = proposed.deploy(scene.environment, scene.environment.names.functions_stack(live.region))
    file = f"environments/{scene.environment.name}.toml"
    out = f"take {live.function}, and the flows that name it, out of {file}"
    return f"{out}; then: {deploy}; then put back what was taken out, and: {deploy}"


def _made(scene: Scene, live: LiveFunction, versions: tuple[str, ...]) -> str:
    """With the alias its policy is gone as well."""
    if not versions:
        return _again(scene, live)
    newest = max(versions, key=int)
    create = called.command("create-alias", live, f"--name {LIVE} --function-version {newest}")
    return f"{create}; then, for its permissions: patchbay doctor --env {scene.environment.name} --fix"


def _versions(live: LiveFunction, alias: Alias, versions: tuple[str, ...]) -> Finding:
    place = called.place(live)
    missing = [version for version in alias.versions if version not in (*versions, _UNPUBLISHED)]
    there = [version for version in alias.versions if version in versions] or sorted(versions, key=int)[-1:]
    fix = called.all_to(live, there[0]) if there else "deploy a version first"
    if missing:
        have = f"there {'is' if len(versions) == 1 else 'are'} {', '.join(versions) or 'none'}"
        names = f"{LIVE} names version {' and '.join(missing)}, which is not there ({have})"
        return failed(place, f"{names}: calls that meet it fail", fix)
    if _UNPUBLISHED in alias.versions:
        return warned(place, f"{LIVE} leads to {_UNPUBLISHED}, which every deploy changes at once", fix)
    return passed(place, f"{LIVE} leads to version {' and '.join(alias.versions)}")


CHECK = Check(
    "alias-exists",
    f"every function has its alias {LIVE}, on versions that exist",
    f"Flows name the alias {LIVE}: without it, or with a version that is gone, calls take the Error branch.",
    "make the alias on a version that is there, then put its permissions back with patchbay doctor --fix",
    'Lambda developer guide, "Create an alias for a Lambda function": '
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html",
    _look,
)
