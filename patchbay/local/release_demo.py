"""Two releases for the demo, with callers on the line: one that goes back, one that is promoted."""

from patchbay import output
from patchbay.aws import Aws
from patchbay.calls import Line
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.local import candidates
from patchbay.local.traffic import Traffic
from patchbay.releases import show, sites, starting
from patchbay.releases.orders import Wish
from patchbay.releases.watching import Aim
from release.operate import Command

FUNCTION = "tutorial"
PAUSE_SECONDS = 0.05
"""Between two callers: slow enough to watch, fast enough for a demo."""
_CALLERS = tuple(f"+1{area}555{number:04}" for number, area in enumerate((416, 212, 604, 305), start=101))

_CITIES = '''

CITIES = {"416": "Toronto"}
_answer = answer


def answer(caller: str, company: str | None) -> dict[str, object]:
    """Names the caller's city, too."""
    return {**_answer(caller, company), "city": CITY}
'''
_CANDIDATES = (
    (
        "a new version names the caller's city, but it knows one area code alone: the recorded events pass, "
        "callers do not",
        'CITIES[caller[2:5]] if caller.startswith("+1") else "unknown"',
    ),
    ("the next version says so where it does not know", 'CITIES.get(caller[2:5], "unknown")'),
)


def show_releases(environment: Environment, aws: Aws) -> None:
    """Each watched until it is decided."""
    line = Line(environment, environment.instances[0], aws)
    places = sites.choose(environment, FUNCTION, every=False)
    with Traffic(line, FUNCTION, _CALLERS, {"companyName": "GGG"}, PAUSE_SECONDS) as callers:
        for title, city in _CANDIDATES:
            output.heading(f"a release with callers on the line: {title}")
            failed, served = callers.failed(), len(callers.contacts)
            _publish(environment, aws, city)
            planned = starting.read_plans(aws, places, None)
            if show.done(starting.start(aws, planned, Wish(Command.START)), planned, json=False):
                raise UserError("the release did not start: run `make demo` again")
            show.watch(aws, places, Aim(), json=False, brief=True)
            lost = callers.failed() - failed
            output.line(
                f"of {len(callers.contacts) - served} callers meanwhile {lost} heard the error prompt"
            )


def _publish(environment: Environment, aws: Aws, city: str) -> None:
    """As a deploy does, in every Region; past the stack, because the demo does not edit your files."""
    code = (environment.root / "lambdas" / FUNCTION / "logic.py").read_text() + _CITIES.replace(
        "CITY}", f"{city}}}"
    )
    for region in environment.regions:
        candidates.publish(environment, aws, (region, FUNCTION), logic=code)
