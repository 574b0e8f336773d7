"""Reads, examines and mends one environment, and says how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from patchbay import output
from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.doctor import mending, run, scene
from patchbay.doctor.model import Mend
from patchbay.doctor.run import Result
from patchbay.doctor.scene import Made, Templates


def once(templates: Templates) -> Templates:
    """What is mended changes no code: the second look takes what the first one synthesized."""
    made: list[Made] = []

    def kept(environment: Environment) -> Made:
        if not made:
            made.append(templates(environment))
        return made[0]

    return kept


@dataclass(frozen=True)
class Visit:
    """What is asked for."""

    environment: Environment
    aws: Aws
    templates: Templates
    all_flows: bool = False
    """Those of others, too."""

    def examine(self, *, synthesizing: bool = False) -> tuple[tuple[Result, ...], str]:
        """Every check, and what was not read, in words. Raises UserError where no Region could be asked.

        `synthesizing` is for the title of the progress: that takes longest.
        """
        code = ", and synthesizing this code" if synthesizing else ""
        with output.step(f"reading environment {self.environment.name}{code}") as report:
            read = scene.read(
                self.environment,
                self.aws,
                self.templates,
                other_flows=self.all_flows,
                progress=lambda done, total, what: report(f"{done} of {total}: {what}"),
            )
        scene.check_read(read.seen)
        number = sum(instance.flows_left_out for instance in read.seen.instances)
        return run.examine(read), f"{number} flows of others were not read: --all-flows" if number else ""

    def carry_out(self, plan: Sequence[Mend]) -> None:
        """One after the other; what is refused does not stop the rest."""
        for mend in plan:
            refused = mending.carry_out(mend, self.environment, self.aws)
            word, style = ("refused", "red") if refused else ("done", "green")
            output.beside(((f"  {word:<8}", style),), ((refused or mend.sentence, ""),))
