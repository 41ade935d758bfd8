"""The functions are those of the installed cdktf, with its own checks of their arguments."""

import re
import tarfile
from pathlib import Path

import cdktf

from jsii_kernel.functions import FORMS

_METHOD = re.compile(r"static (\w+)\(([^)]*)\) \{\s*return (.*?);\s*\}", re.DOTALL)
_COMMENT = re.compile(r"/\*\*.*?\*/", re.DOTALL)
_BODY = re.compile(
    r"as(\w+)\)?\(\(0, helpers_1\.terraformFunction\)\(\"\w+\", \[(.*?)\]\)\(", re.DOTALL
)
_KINDS = {
    "anyValue": "any",
    "mapValue": "any",
    "stringValue": "string",
    "numericValue": "number",
    "listOf(anyValue)": "list",
    "variadic(anyValue)": "*any",
    "variadic(numericValue)": "*number",
    "variadic(listOf(anyValue))": "*list",
}
_RESULTS = {"String": "string", "Any": "string", "Number": "number", "List": "list"}


def installed_forms() -> dict[str, tuple[tuple[str, ...], str]]:
    """Read the JavaScript of cdktf's functions."""
    (tarball,) = Path(cdktf.__file__).parent.glob("_jsii/*.tgz")
    with tarfile.open(tarball) as members:
        name = "package/lib/functions/terraform-functions.generated.js"
        script = members.extractfile(name)
        assert script
        text = _COMMENT.sub("", script.read().decode())
    forms = {}
    for method, _, body in _METHOD.findall(text):
        found = _BODY.search(body)
        assert found, method
        kinds = re.sub(r"\(0, helpers_1\.(\w+)\)|helpers_1\.|\s", r"\1", found[2]).strip(",")
        parameters = tuple(_KINDS[kind] for kind in kinds.split(",") if kind)
        forms[method.removeprefix("_")] = (parameters, _RESULTS.get(found[1], "value"))
    return forms


def test_signatures() -> None:
    """Every function of cdktf is here, takes the same and returns the same."""
    assert installed_forms() == FORMS
