"""What a change does: digests, settings, resources and findings, before and after."""

from typing import Any

from attrs import frozen

from audit.finding import ABSENT, Finding
from audit.report import plain
from audit.revision import Edit, StackChange, in_all
from payctl.written import cell

_LONGEST = 200
"""Characters of a value in a comment; `--json` has all of them."""


@frozen(kw_only=True)
class Verdict:
    """What a change does to a platform.

    Attributes:
        appeared: The findings that the change brings.

        gone: The findings that it ends.
    """

    platform: str
    base: str
    stacks: tuple[StackChange, ...]
    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for a pipeline, with every value."""
        return {
            "platform": self.platform,
            "base": self.base,
            "stacks": [
                {
                    "stack": one.stack,
                    "blueprint_before": one.before,
                    "blueprint_after": one.after,
                    "settings": [_edit(edit) for edit in one.settings],
                    "elements": [_edit(edit) for edit in one.elements],
                }
                for one in self.stacks
            ],
            "findings_appeared": [plain(finding) for finding in self.appeared],
            "findings_gone": [plain(finding) for finding in self.gone],
        }

    def markdown(self) -> str:
        """Return it as a comment for a pull request."""
        changed = [one for one in self.stacks if not one.is_none]
        lines = [f"### `{self.platform}` against `{self.base}`", ""]
        if not changed:
            lines += ["No stack changes.", ""]
        else:
            lines += [
                "| stack | blueprint before | after | settings | attributes |",
                "|---|---|---|---|---|",
                *(
                    f"| `{one.stack}` | {_digest(one.before)} | {_digest(one.after)} "
                    f"| {len(one.settings) or '–'} | {len(one.elements) or '–'} |"
                    for one in changed
                ),
                "",
            ]
        lines += [*_settings(changed), *_elements(changed)]
        lines += _findings("New findings", self.appeared)
        lines += _findings("Findings that are gone", self.gone)
        return "\n".join(lines)


def _settings(changed: list[StackChange]) -> list[str]:
    rows = [
        f"| `{edit.where}` | `{one.stack}` | {_value(edit.before)} | {_value(edit.after)} |"
        for one in changed
        for edit in one.settings
    ]
    if not rows:
        return []
    return [
        "#### Settings",
        "",
        "| setting | in | before | after |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def _elements(changed: list[StackChange]) -> list[str]:
    rows = [
        f"| {edit.kind.value} | `{f'{edit.where} {edit.path}'.strip()}` "
        f"| {_where(stacks, changed)} | {_value(edit.before)} | {_value(edit.after)} |"
        for edit, stacks in in_all(changed)
    ]
    if not rows:
        return []
    head = ["| | attribute | in | before | after |", "|---|---|---|---|---|"]
    summary = f"<details><summary>{len(rows)} attributes</summary>"
    return ["#### Resources", "", summary, "", *head, *rows, "", "</details>", ""]


def _where(stacks: tuple[str, ...], changed: list[StackChange]) -> str:
    return "all" if len(stacks) == len(changed) > 1 else ", ".join(f"`{one}`" for one in stacks)


def _findings(title: str, findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return []
    return [
        f"#### {title}",
        "",
        *(
            f"- {one.severity.value}: `{one.where}{f' {one.path}' if one.path else ''}`: "
            f"{_plain(one.message)} (`{one.rule}`)"
            for one in findings
        ),
        "",
    ]


def _digest(digest: str) -> str:
    return f"`{digest[:12]}`" if digest else "(none)"


def _value(value: object) -> str:
    if value is ABSENT:
        return ""
    text = " ".join(cell(value).split())
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"
    return f"`{_plain(cut)}`" if cut else "(empty)"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("`", "'")


def _edit(edit: Edit) -> dict[str, Any]:
    sides = (("before", edit.before), ("after", edit.after))
    return {
        "kind": edit.kind.value,
        "where": edit.where,
        "path": edit.path,
        **{name: value for name, value in sides if value is not ABSENT},
    }
