"""Load only the part of a cdktf provider package that a program uses.

A provider package describes two thousand resources, and importing one of them loads them
all: some 18 s and 600 MB for AWS. `activate` puts a slim package of the same name in front
of the installed one; it holds the resources the program's files import, and nothing else.
Nothing is patched, the installed package stays as it is, and the output is the same to the
byte. `SLIM_PROVIDER=off` in the environment turns it off.
"""

from slim_provider.activation import activate

__all__ = ["activate"]
