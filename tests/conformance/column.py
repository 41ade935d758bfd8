"""One column of the requirements' table: a platform, its environments side by side."""

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from audit.synthesized import Resource, Stack
from model.blueprint import Blueprint

ENVIRONMENTS = ("dev", "staging", "prod")


@frozen(kw_only=True)
class Column:
    """A platform as synthesized, the values of locals filled in."""

    blueprint: Blueprint
    stacks: Mapping[str, Stack]

    @property
    def name(self) -> str:
        """The platform's name."""
        return self.blueprint.platform.name

    def stack(self, environment: str, family: str = "") -> Stack:
        """Return the stack of *environment*, the main one or that of *family*."""
        name = "-".join(filter(None, (self.name, family, environment)))
        return self.stacks[name].resolved

    def resources(self, environment: str, *types: str, family: str = "") -> list[Resource]:
        """Return the resources of *types* in one environment."""
        return list(self.stack(environment, family).resources(*types))

    def one(self, environment: str, type_: str, family: str = "") -> Mapping[str, Any]:
        """Return the configuration of the only resource of *type_*."""
        (resource,) = self.resources(environment, type_, family=family)
        return resource.config

    def each(self, type_: str, path: str, *, where: str = "", family: str = "") -> tuple[Any, ...]:
        """Return what all resources of *type_* have at *path*, for dev, staging and prod.

        *where* narrows them to those whose address contains it. Resources that disagree are an
        error: the cell of the table has one value.
        """
        cells = []
        for environment in ENVIRONMENTS:
            found = {
                json.dumps(at(resource.config, path), sort_keys=True)
                for resource in self.resources(environment, type_, family=family)
                if where in resource.address
            }
            assert len(found) == 1, f"{self.name}-{environment}: {type_}.{path} is {found}"
            cells.append(json.loads(found.pop()))
        return tuple(cells)

    def names(self, type_: str, path: str, *, family: str = "") -> list[set[Any]]:
        """Return the set of values at *path* in each environment."""
        return [
            {at(resource.config, path) for resource in self.resources(one, type_, family=family)}
            for one in ENVIRONMENTS
        ]

    def same(self, type_: str, path: str, *, where: str = "", family: str = "") -> Any:
        """Return the one value that all resources have in all environments."""
        first, *others = self.each(type_, path, where=where, family=family)
        assert all(other == first for other in others)
        return first

    def functions(self) -> set[str]:
        """Return the names of the functions, without what the environment adds."""
        (names,) = {
            frozenset(
                resource.config["handler"].split(".")[2]
                for resource in self.resources(environment, "aws_lambda_function")
            )
            for environment in ENVIRONMENTS
        }
        return set(names)

    def absent(self, *prefixes: str) -> bool:
        """Tell whether the main stacks have no resource of a type that starts so."""
        return not any(
            resource.type.startswith(prefixes)
            for environment in ENVIRONMENTS
            for resource in self.resources(environment)
        )

    def alarm_metrics(self) -> set[str]:
        """Return the metrics that alarms watch."""
        (metrics,) = {frozenset(found) for found in self.names("aws_cloudwatch_metric_alarm",
                                                               "metric_name")}  # fmt: skip
        return set(metrics)

    def threshold(self, metric: str) -> tuple[float, ...]:
        """Return the threshold of the alarms on *metric* in each environment."""
        cells = []
        for environment in ENVIRONMENTS:
            (value,) = {
                resource.config["threshold"]
                for resource in self.resources(environment, "aws_cloudwatch_metric_alarm")
                if resource.config["metric_name"] == metric
            }
            cells.append(value)
        return tuple(cells)


def at(config: Any, path: str) -> Any:
    """Return the value at the dotted *path*, None where there is none."""
    for key in path.split("."):
        if isinstance(config, list):
            config = config[int(key)] if int(key) < len(config) else None
        else:
            config = config.get(key) if config is not None else None
    return config


def tests_of(file: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the requirements and the statement of every test in *file*, without running it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "requirement":
                    ids = tuple(ast.literal_eval(argument) for argument in decorator.args)
                    yield ids, (ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")


def requirement(*ids: str) -> pytest.MarkDecorator:
    """Say which requirements a test shows."""
    return pytest.mark.requirement(*ids)
