"""The requirements of PCI DSS 4.0.1 that rules serve, in our words.

Source: *PCI DSS: Requirements and Testing Procedures*, version 4.0.1 of June 2024,
https://docs-prv.pcisecuritystandards.org/PCI%20DSS/Standard/PCI-DSS-v4_0_1.pdf. All numbers
but 1.3.1 and 1.3.2 were compared with published copies of the defined approach requirements.

A rule serves a requirement, it does not fulfil it: much of each is about people and papers.
"""

from collections.abc import Mapping
from typing import Final

REQUIREMENTS: Final[Mapping[str, str]] = {
    "1.3.1": "only necessary traffic comes into the cardholder data environment",
    "1.3.2": "only necessary traffic leaves it",
    "1.4.4": "what stores cardholder data is not directly reached from untrusted networks",
    "3.5.1": "card numbers are unreadable wherever they are stored",
    "3.7.4": "keys are changed at the end of their cryptoperiod",
    "4.2.1": "strong cryptography safeguards card numbers on open, public networks",
    "6.5.1": "production changes by an established procedure, with approval and tests",
    "6.5.3": "pre-production is separated from production, by access controls",
    "7.2.5": "applications and systems have the least privileges they can work with",
    "7.2.5.1": "what applications and systems may do is reviewed",
    "8.6.2": "passwords of applications are not hard coded in scripts, files or code",
    "10.5.1": "audit logs are kept for twelve months, three of them at hand",
    "12.5.1": "there is an inventory of the system components in scope, kept current",
}
