"""`--fix`: what is safe to mend from here, and doing it: one change for each mend.

| action | arguments |
|---|---|
| `associate` | instance (its name), arn |
| `add-permission` | function, region, sid, principal, source_account, source_arn |
| `remove-statement` | function, region, qualifier, sid, statement |

`function` is the folder's name; `qualifier` is empty for the function itself; `statement` is the statement as
the doctor saw it, in JSON.
"""

from collections.abc import Callable, Iterable

from botocore.exceptions import BotoCoreError, ClientError

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.doctor import mending_connect, mending_policies
from patchbay.doctor.model import Mend
from patchbay.doctor.run import Result
from patchbay.errors import UserError
from patchbay.refusals import why

_ACTIONS: dict[str, Callable[[Mend, Environment, Aws], str]] = {
    "add-permission": mending_policies.add,
    "associate": mending_connect.associate,
    "remove-statement": mending_policies.remove,
}
"""In the order of a plan: nobody is shut out before who is to be let in is in."""


def plan(results: Iterable[Result]) -> tuple[Mend, ...]:
    """Every mend that findings propose, each once, permissions that are missing first."""
    proposed = (finding.mend for result in results for finding in result.findings)
    unique = {(mend.action, *sorted(mend.arguments.items())): mend for mend in proposed if mend is not None}
    return tuple(sorted(unique.values(), key=lambda mend: tuple(_ACTIONS).index(mend.action)))


def carry_out(mend: Mend, environment: Environment, aws: Aws) -> str:
    """Empty where it is done, or was so already; else why not, in one sentence. It may be repeated."""
    try:
        return _ACTIONS[mend.action](mend, environment, aws)
    except UserError as error:
        return str(error)
    except (ClientError, BotoCoreError) as error:
        return why(error)
