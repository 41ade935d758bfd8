"""Why a check could not be done; the caller ends with exit status 2.

CouldNotCheckError
├── SynthesisReadError     the synthesized files are missing, broken, or not the only ones
└── UnknownFormatError     Terraform wrote a document in a format we do not know
"""


class CouldNotCheckError(ValueError):
    """Never raised itself; a check that could not be done must not look like one that passed."""


class SynthesisReadError(CouldNotCheckError):
    """What `cdktf synth` left on the disk cannot be read, or is not all that Terraform would."""


class UnknownFormatError(CouldNotCheckError):
    """A plan, a state or a schema is in a format that this version does not know."""
