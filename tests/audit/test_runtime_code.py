"""Functions do the same in every environment: what says where they run decides nothing."""

import pytest

from audit.runtime_code import runtime_findings

TELLING = {"ENVIRONMENT", "AUDIT_TABLE", "WEBHOOK_URL"}
BRANCHES = (
    'import os\nif os.environ["ENVIRONMENT"] == "prod": x = 1',
    'import os\nt = 900 if os.getenv("ENVIRONMENT") in ("prod",) else 30',
    'from os import environ\nenv = environ.get("ENVIRONMENT", "")\nt = {"prod": 1}.get(env, 2)',
    'import os\ne = os.environ["ENVIRONMENT"]\nt = len(e)',
    'import os\ne = os.environ["ENVIRONMENT"]\nt = T[e]',
    'def f(settings):\n  if settings.environment.startswith("pr"): return 1\nclass S:\n  environment: str = variable("ENVIRONMENT")',
    'class S:\n  environment: str = variable("ENVIRONMENT")\ndef f(settings):\n  e = settings.environment\n  return g(e)\ndef g(name):\n  return name == "prod"',
    'class S:\n  table: str = variable("AUDIT_TABLE")\ndef f(self):\n  return "prod" in self.table',
    'def handler(event, context):\n  if "prod" in context.function_name: return 1',
    'def handler(event, context):\n  if context.invoked_function_arn.split(":")[4] == "3": return 1',
    'import os\nif os.environ["AWS_REGION"] == "us-east-1": x=1',
    'import os\nmatch os.environ["ENVIRONMENT"]:\n  case "prod": x=1',
    'import os\nx = [i for i in y if os.environ["ENVIRONMENT"] > "p"]',
    'import os, re\nx = re.match("pr", os.environ["ENVIRONMENT"])',
    'import os\nx = os.environ["ENVIRONMENT"][0]',
    'import os, hashlib\nx = hashlib.md5(os.environ["ENVIRONMENT"].encode()).digest()[0] % 2',
    'def handler(event, context):\n  if event["requestContext"]["accountId"] == "1": return 1',
    'def handler(event, context):\n  a = event["requestContext"].get("stage")\n  return 900 if a != "x" else 3',
    'import os\nflag = os.environ["ENVIRONMENT"].endswith("d")\nif flag: x=1',
    'import os\nx = "prod" == f"{os.environ[\'ENVIRONMENT\']}"',
    'import os\nx = getattr(settings, os.environ["ENVIRONMENT"])',
    'import os\nx = eval("1")',
    'import boto3\nx = boto3.client("sts").get_caller_identity()["Account"]',
    'import boto3\nif boto3.session.Session().region_name == "eu-west-1": x = 1',
    'import os\ndef name():\n  return os.environ["ENVIRONMENT"]\nif name() == "prod": x = 1',
    'import os\nfor k in os.environ:\n  if k == "x": pass',
    'import os\nx = dict(os.environ)["ENVIRONMENT"] == "prod"',
    'import os\nn = "ENVIRON" + "MENT"\nif os.environ[n] == "prod": x = 1',
    'import os as o\nif o.environ["ENVIRONMENT"] == "prod": x = 1',
    'from os import environ as e\nif e["ENVIRONMENT"] == "prod": x = 1',
    'from os import getenv as g\nif g("ENVIRONMENT") == "prod": x = 1',
    'import os\nif os.environb[b"ENVIRONMENT"] == b"prod": x = 1',
    'import os\nif set(os.environ["ENVIRONMENT"]) & {"p"}: x = 1',
    'import os\ntry:\n  assert os.environ["ENVIRONMENT"] == "prod"\nexcept AssertionError: pass',
    'import os\nx = (lambda e: 900 if e == "prod" else 30)(os.environ["ENVIRONMENT"])',
    'import os\nf = {"prod": a, "dev": b}\nf[os.environ["ENVIRONMENT"]]()',
    'import os\nx = os.environ["ENVIRONMENT"] * 3',
    'import os\nif (e := os.environ["ENVIRONMENT"]) == "prod": x=1',
    'import os\nwhile os.environ["ENVIRONMENT"] != "prod": pass',
    'import socket\nif "x" in socket.gethostname(): x = 1',
    'import os\nx = any(c == "p" for c in os.environ["ENVIRONMENT"])',
    'import os\nx = max(os.environ["ENVIRONMENT"], "p") == "p"',
    'import os\nx = os.environ.copy()["ENVIRONMENT"] == "prod"',
    'import os\nx = {**os.environ}["ENVIRONMENT"] == "prod"',
    'import os\nd = {}\nd["e"] = os.environ["ENVIRONMENT"]\nif d["e"] == "prod": x = 1',
    'import subprocess\nsubprocess.run(["env"])',
    'import os\nx = ["a", "b"][os.environ["ENVIRONMENT"] == "prod"]',
    'import os\nx = (os.environ["ENVIRONMENT"] == "prod") * 900',
    'import os\nx = os.environ["ENVIRONMENT"].__eq__("prod")',
    'import os, operator\nx = operator.eq(os.environ["ENVIRONMENT"], "prod")',
    'class E:\n  def __init__(self, e): self._e = e\n  def go(self): return self._e == "prod"\nimport os\nE(os.environ["ENVIRONMENT"])',
    'from attrs import frozen\n@frozen\nclass E:\n  e: str\n  def go(self): return self.e == "prod"\nimport os\nE(os.environ["ENVIRONMENT"])',
)
"""Ways to find out where the code runs, and to do something else there."""

HARMLESS = (
    'import os\nlogger = Logger(environment=os.environ.get("ENVIRONMENT", "unknown"))',
    'import os\nlevel = os.environ.get("LOG_LEVEL", "INFO")\nverbose = level == "DEBUG"',
    (
        'class S:\n  table: str = variable("AUDIT_TABLE")\n'
        "def f(settings):\n  found = client.get_item(TableName=settings.table)\n"
        '  return 1 if "Item" in found else 2'
    ),
    (
        'class S:\n  table: str | None = optional_variable("AUDIT_TABLE")\n'
        "def f(settings):\n  if settings.table is None or not settings.table: return 1"
    ),
    (
        'class S:\n  url: str = variable("WEBHOOK_URL")\n'
        'def f(settings, secret):\n  text = f"{settings.url}/x"\n  return post(text.encode(), secret)'
    ),
    "def f(amount):\n  return 1 if amount > 3 else 2",
)
"""What functions do all the time."""


@pytest.mark.parametrize("source", BRANCHES)
def test_a_decision_by_the_environment_is_found(source: str) -> None:
    """Whatever way code takes to ask where it runs, the line is named."""
    found = runtime_findings({"functions/x.py": source}, TELLING)
    assert found
    assert all(finding.where.startswith("functions/x.py:") for finding in found)


@pytest.mark.parametrize("source", HARMLESS)
def test_what_is_passed_on_is_left_alone(source: str) -> None:
    """Names of tables and environments may be logged, passed on and asked for their presence."""
    assert runtime_findings({"functions/x.py": source}, TELLING) == []


def test_a_value_is_followed_through_modules() -> None:
    """What one module reads and another compares is found where it is compared."""
    sources = {
        "settings.py": 'class S:\n  environment: str = variable("ENVIRONMENT")',
        "handler.py": "def f(settings):\n  run(settings.environment, 3)",
        "work.py": 'def run(where, times):\n  return times if where == "prod" else 1',
    }
    assert [f.where for f in runtime_findings(sources, TELLING)] == ["work.py:2"]


def test_code_that_cannot_be_read() -> None:
    """What is no Python is a finding, never silence."""
    [finding] = runtime_findings({"x.py": "def ("}, TELLING)
    assert "must be Python" in finding.message
