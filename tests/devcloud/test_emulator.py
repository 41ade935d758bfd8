"""The emulator never answers before the question is over."""

import time
from pathlib import Path

from devcloud.emulator import Emulator


def test_no_answer_overtakes_its_question(tmp_path: Path) -> None:
    """The provider would ask again, and be told that it has the thing already."""
    emulator = Emulator.start(tmp_path, account_id="123456789012", region="eu-west-1")
    try:
        waits = []
        for _ in range(20):
            begin = time.perf_counter()
            assert emulator.answers()
            waits.append(time.perf_counter() - begin)
    finally:
        emulator.stop()
    assert min(waits) > 0.005
