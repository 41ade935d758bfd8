"""Changes one environment's synthesized folder at random, as a tired developer or a tool would."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from audit.canonical import canonical

Document = dict[str, Any]
EXPRESSIONS = (
    '${local.identity_name == "prod" ? 1 : 2}',
    '${lookup({"prod" = 900}, local.identity_name, 30)}',
    "${length(local.identity_name)}",
    '${startswith(local.identity_name, "p") ? "a" : "b"}',
    "${timestamp()}",
    "${data.http.x.body}",
    "${terraform.workspace}",
    "${var.anything}",
    "${local.identity_region}",
    '${file("x")}',
)
BESIDE = (
    "override.tf.json",
    "x_override.tf",
    "main.tf",
    "x.tf.json",
    "terraform.tfvars",
    "terraform.tfvars.json",
    "x.auto.tfvars",
    "x.auto.tfvars.json",
    "x.tofu",
    "cdk.tf",
    ".terraform/environment",
)


class Mutator:
    """Makes one change at a time; the same seed makes the same changes."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret

    def document(self, document: Document) -> tuple[str, Document]:
        """Return a changed copy of *document*, and what was changed."""
        makers: list[Callable[[Document], str]] = [
            *[self._leaf] * 6,
            self._key,
            self._gone,
            self._list,
            self._element,
            self._section,
            *[self._local] * 3,
            *[self._backend] * 2,
        ]
        while True:
            changed = copy.deepcopy(document)
            what = self.random.choice(makers)(changed)
            if canonical(_said(changed)) != canonical(_said(document)):
                return what, changed

    def files(self, output: Path, stack: str) -> str:
        """Change what lies beside the documents below *output*, and return what."""
        folder = output / "stacks" / stack
        archives = sorted((output / "archives").glob("*.zip"))
        choice = self.random.randrange(len(BESIDE) + 5)
        if choice < len(BESIDE):
            file = folder / BESIDE[choice]
            file.parent.mkdir(exist_ok=True)
            file.write_text('{"locals": {"identity_name": "x"}}')
            return f"beside: {BESIDE[choice]}"
        archive = self.random.choice(archives)
        content = bytearray(archive.read_bytes())
        if choice == len(BESIDE):
            archive.unlink()
        elif choice == len(BESIDE) + 1:
            content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
            archive.write_bytes(content)
        elif choice == len(BESIDE) + 2:
            archive.write_bytes(content + b"x")
        elif choice == len(BESIDE) + 3:
            (output / "stacks" / "extra").mkdir()
            (output / "stacks" / "extra" / "cdk.tf.json").write_text("{}")
        else:
            (folder / "cdk.tf.json").unlink()
        return f"file {choice}: {archive.name}"

    def _leaf(self, document: Document) -> str:
        holder, key = self.random.choice([*_leaves(_body(document))])
        holder[key] = self._other(holder[key])
        return f"{key} = {holder[key]!r}"

    def _other(self, value: Any) -> Any:
        if self.random.random() < 0.3:
            return self.random.choice(EXPRESSIONS)
        if isinstance(value, bool):
            return self.random.choice((not value, str(value).lower(), int(value), None))
        if isinstance(value, int | float):
            return self.random.choice((value + 1, -value, float(value), str(value), None))
        if isinstance(value, str):
            changes = (value + " ", value[:-1], value.swapcase(), f"{value}x", None, [value], "")
            return self.random.choice(changes)
        return self.random.choice(("x", 1, False))

    def _key(self, document: Document) -> str:
        holder = self.random.choice([*_objects(_body(document))])
        holder[f"added_{self.random.randrange(9)}"] = self.random.choice((1, "x", *EXPRESSIONS))
        return "a key more"

    def _gone(self, document: Document) -> str:
        holder = self.random.choice([h for h in _objects(_body(document)) if h])
        key = self.random.choice([key for key in holder if key != "//"] or ["//"])
        del holder[key]
        return f"without {key}"

    def _list(self, document: Document) -> str:
        lists = [v for h, k in _places(_body(document)) if isinstance(v := h[k], list) and v]
        chosen = self.random.choice(lists)
        change = self.random.choice((chosen.reverse, chosen.pop, lambda: chosen.append(chosen[0])))
        change()
        return "a list"

    def _element(self, document: Document) -> str:
        type_ = self.random.choice([*document["resource"]])
        named = document["resource"][type_]
        name = self.random.choice([*named])
        match self.random.randrange(4):
            case 0:
                named[f"{name}X"] = named.pop(name)
            case 1:
                del named[name]
            case 2:
                named[f"{name}X"] = copy.deepcopy(named[name])
            case _:
                document["resource"][f"{type_}x"] = {}
        return f"{type_}.{name}"

    def _section(self, document: Document) -> str:
        name, content = self.random.choice(
            (
                ("module", {"m": {"source": "./m"}}),
                ("check", {"c": {}}),
                ("import", [{"to": "aws_vpc.v", "id": "x"}]),
                ("moved", [{"from": "aws_vpc.a", "to": "aws_vpc.b"}]),
                ("removed", [{"from": "aws_vpc.a"}]),
                ("data", {"aws_region": {"now": {}}}),
                ("variable", {}),
                ("whatever", {"a": 1}),
            )
        )
        document[name] = content
        return f"section {name}"

    def _local(self, document: Document) -> str:
        locals_ = document["locals"]
        name = self.random.choice([*locals_])
        match self.random.randrange(6):
            case 0:
                del locals_[name]
            case 1:
                locals_["added"] = 1
            case 2:
                locals_[name] = self.random.choice(EXPRESSIONS)
            case _:
                locals_[name] = self._other(locals_[name])
        return f"local.{name}"

    def _backend(self, document: Document) -> str:
        terraform = document["terraform"]
        block = terraform["backend"]["s3"]
        key = self.random.choice([*block])
        match self.random.randrange(5):
            case 0:
                del block[key]
            case 1:
                block["profile"] = "x"
            case 2:
                terraform["backend"] = {"local": {"path": "x"}}
            case _:
                block[key] = self._other(block[key])
        return f"backend {key}"


def harmless(text: str, seed: int) -> str:
    """Return the document in *text* written another way: order, space, cdktf's comments."""
    document = json.loads(text)
    document["//"] = {"metadata": {"seed": seed}}
    for named in document["resource"].values():
        for config in named.values():
            config["//"] = {"metadata": {"path": f"x/{seed}"}}
    return json.dumps(document, indent=seed % 5 or None, sort_keys=bool(seed % 2))


def _said(document: Document) -> Document:
    """Return what a document says; an absent and an empty locals block say the same."""
    return {key: value for key, value in document.items() if key != "//"}


def _body(document: Document) -> Document:
    return {k: v for k, v in document.items() if k not in ("//", "locals", "terraform")}


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, below in [*pairs]:
        if key == "//":
            continue
        yield value, key
        if isinstance(below, dict | list):
            yield from _places(below)


def _leaves(value: Any) -> Iterator[tuple[Any, Any]]:
    return ((h, k) for h, k in _places(value) if not isinstance(h[k], dict | list))


def _objects(value: Any) -> Iterator[Any]:
    return (h[k] for h, k in _places(value) if isinstance(h[k], dict))
