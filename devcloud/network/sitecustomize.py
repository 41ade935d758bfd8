# ruff: noqa: INP001 - a folder for PYTHONPATH, no package
"""The name server of an emulated account: names under example.com lead to our receiver.

Python imports this file by itself in every process whose PYTHONPATH names its folder: the emulator
and the functions it runs. RFC 2606 reserves example.com, so no real name is ever hidden. The
functions are as they are in AWS; only the network around them is not.
"""

import os
import socket
from typing import Any

_VARIABLE = "PAYCTL_LOCAL_RECEIVER"
_look_up = socket.getaddrinfo


def _getaddrinfo(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
    receiver = os.environ.get(_VARIABLE, "")
    if receiver and isinstance(host, str) and host.endswith(".example.com"):
        host, _, port = receiver.partition(":")
    return _look_up(host, port, *args, **kwargs)


socket.getaddrinfo = _getaddrinfo
