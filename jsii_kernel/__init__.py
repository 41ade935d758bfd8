"""Answers jsii's kernel in this process, in Python, for what this project asks of cdktf.

The Python bindings of cdktf send every call to a kernel that runs JavaScript in Node. `install`
puts a kernel in its place that knows a list of classes and members and writes the same bytes.
Whatever is not on the list raises `OutsideOfKernelError`, and `run` then starts the program once
more on the stock kernel. `PAYMENTS_KERNEL=jsii` in the environment asks for that one at once.
"""

from jsii_kernel.installation import install, run

__all__ = ["install", "run"]
