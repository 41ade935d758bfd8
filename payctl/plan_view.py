"""Shows what a plan does; replacements and losses of data are highlighted."""

from typing import Any, Final

from payctl.screen import say
from payctl.terraform.summary import Action, Step, Summary

_STYLES: Final = {
    Action.CREATED: ("+", "green"),
    Action.CHANGED: ("~", "yellow"),
    Action.REPLACED: ("-/+", "bold red"),
    Action.DESTROYED: ("-", "bold red"),
    Action.IMPORTED: ("<-", "yellow"),
    Action.MOVED: ("->", "yellow"),
    Action.FORGOTTEN: ("x", "bold red"),
}
_LISTED: Final = 15
"""Harmless steps of one kind that are listed before the rest is only counted."""


def show_plan(name: str, summary: Summary, *, verbose: bool = False) -> None:
    """Print what happens to the stack called *name*."""
    say(f"{name}: {summary}", style="bold")
    for action in Action:
        _show_steps(action, summary.of_action(action), verbose=verbose)
    for output in summary.outputs:
        say(f"    ~ output {output}", style="dim")
    for step in summary.of_action(Action.FORGOTTEN):
        say(f"FORGOTTEN: {step.address} stays in the account, not in the state.", style="bold red")
    replaced = summary.of_action(Action.REPLACED)
    if replaced:
        say(f"REPLACED: {len(replaced)} resources will be replaced.", style="bold red")
    for step in summary.losses:
        say(f"DATA LOSS: {step.address} is {step.action.value} with all its data.", style="red")


def _show_steps(action: Action, steps: tuple[Step, ...], *, verbose: bool) -> None:
    sign, style = _STYLES[action]
    # Whoever removes something must read all of it.
    every = verbose or action not in (Action.CREATED, Action.CHANGED)
    for step in steps if every else steps[:_LISTED]:
        why = f" ({', '.join(step.attributes)})" if step.attributes else ""
        say(f"  {sign:>3} {step.address}{why}", style=style)
    if not every and len(steps) > _LISTED:
        say(f"      … and {len(steps) - _LISTED} more {action.value} (--verbose)", style="dim")


def plan_json(name: str, summary: Summary) -> dict[str, Any]:
    """Return the summary as JSON."""
    return {
        "stack": name,
        "summary": str(summary),
        **{
            action.value: [
                {
                    "address": step.address,
                    "attributes": list(step.attributes),
                    "loses_data": step.loses_data,
                }
                for step in summary.of_action(action)
            ]
            for action in Action
        },
        "outputs": list(summary.outputs),
    }
