"""Work on a stack that several rules need is done once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import finalize

from audit.synthesized import Stack

T = TypeVar("T")


def once(function: Callable[[Stack], T]) -> Callable[[Stack], T]:
    """Return *function* with its answer for each stack kept for as long as the stack is there.

    The stacks of rules are the same objects, and never change; equal ones are judged apart.
    """
    known: dict[int, T] = {}

    @wraps(function)
    def answer(stack: Stack) -> T:
        number = id(stack)
        if number not in known:
            known[number] = function(stack)
            finalize(stack, known.pop, number, None)
        return known[number]

    return answer
