"""Worker processes that take events, and end by SIGKILL when the run says so."""

import itertools
import multiprocessing
import queue
import random
from typing import Any

from attrs import define, field
from tests.functions.faults.plan import SEED, Scene
from tests.functions.faults.worker import serve

ANSWER_SECONDS = 120


@define(eq=False)
class Pool:
    """As many environments as Lambda keeps warm; each handles one event at a time.

    Attributes:
        scene: What the processes are told.

        size: How many there are.

        kills_count: How many have been killed so far.

    """

    scene: Scene
    size: int = 6
    kills_count: int = field(default=0, init=False)
    _context: Any = field(init=False)
    _free: queue.SimpleQueue[int] = field(init=False, factory=queue.SimpleQueue)
    _busy: set[int] = field(init=False, factory=set)
    _running: dict[int, tuple[Any, Any]] = field(init=False, factory=dict)
    _seeds: Any = field(init=False, factory=lambda: itertools.count(SEED))

    def __attrs_post_init__(self) -> None:
        """Start the processes from one that has imported everything."""
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.functions.faults.worker"])
        for slot in range(self.size):
            self._start(slot)
            self._free.put(slot)

    def invoke(self, event: dict[str, Any]) -> Any:
        """Return what the handler answers to *event*; None if its process was killed."""
        slot = self._free.get()
        process, pipe = self._running[slot]
        self._busy.add(slot)
        try:
            pipe.send(event)
            if not pipe.poll(ANSWER_SECONDS):
                raise EOFError  # noqa: TRY301 - it hangs, which Lambda ends as well
            return pipe.recv()
        except (EOFError, OSError):
            process.kill()
            process.join()
            pipe.close()
            self._start(slot)
            return None
        finally:
            self._busy.discard(slot)
            self._free.put(slot)

    def kill_one(self, chance: random.Random) -> None:
        """Kill a process that is at work, if there is one."""
        busy = sorted(self._busy)
        if busy:
            self._running[chance.choice(busy)][0].kill()
            self.kills_count += 1

    def stop(self) -> None:
        """End all processes."""
        for process, pipe in self._running.values():
            process.kill()
            process.join()
            pipe.close()

    def _start(self, slot: int) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=serve, args=(theirs, self.scene, next(self._seeds)), daemon=True
        )
        process.start()
        theirs.close()
        self._running[slot] = (process, ours)
