"""What a flow file can know without an environment: the settings of this project's own functions."""

import re
from pathlib import Path

from common.response import ResponseType
from patchbay import environments, function_folders, toml

_KEYS = {"time_limit": "time_limit_seconds", "response": "response"}
_PLACEHOLDER = re.compile(r"\{\{(time_limit|response):([^{}:]+)\}\}")


def with_own_settings(flow: str, lambdas: Path | None = None) -> str:
    """The flow's text with the time limits and response types of the functions that have a folder here.

    What has none stays a placeholder, and the transcript says what it is taken as.
    """
    folders = function_folders.folders(lambdas or environments.ROOT / "lambdas")

    def fill(found: re.Match[str]) -> str:
        folder = folders.get(found[2])
        if folder is None:
            return found[0]
        settings = {"response": ResponseType.STRING_MAP, **toml.read(folder)}
        return str(settings.get(_KEYS[found[1]], found[0]))

    return _PLACEHOLDER.sub(fill, flow)
