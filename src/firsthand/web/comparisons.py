"""Comparisons of two articles that are asked for: worked out by `aligning`, one at a time, and kept for a while."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Literal

from firsthand.library.packing import packed, unpacked
from firsthand.web.aligning import MOST_SECONDS, Found, Wanted

KEPT = 100
"""Comparisons that stay in memory: some kilobytes each."""

FRESH = 600.0
"""Seconds for which one is kept: what is an outlet's boilerplate changes as articles come."""

MOST_WAITING = 8
"""Comparisons that wait for their turn; who asks for more is told to ask again."""

LONGEST = 2.0 * MOST_SECONDS
"""Seconds until a comparison is given up, which the process itself should have been long before."""

Problem = Literal["busy", "failed", "too long"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a comparison: what was `found`, or why it was not; neither while it is under way."""

    found: Found | None = None
    problem: Problem | None = None
    at: float = 0.0

    @property
    def done(self) -> bool:
        """Whether there is more to wait for."""
        return self.found is not None or self.problem is not None


UNDER_WAY = Answer()


class Comparisons:
    """What was compared lately, and what waits to be. Safe to be asked by several threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._one_at_a_time = threading.Lock()
        self._answers: OrderedDict[Wanted, Answer] = OrderedDict()

    def ask(self, wanted: Wanted, patience: float = 0.0) -> Answer:
        """Have two articles compared, unless that is done or under way; wait so many seconds for it."""
        with self._changed:
            if not self._known(wanted).done and wanted not in self._answers:
                if sum(not answer.done for answer in self._answers.values()) >= MOST_WAITING:
                    return Answer(problem="busy")
                self._answers[wanted] = UNDER_WAY
                threading.Thread(target=self._work, args=(wanted,), daemon=True).start()
            self._changed.wait_for(lambda: self._known(wanted).done, patience)
            return self._known(wanted)

    def known(self, wanted: Wanted) -> Answer:
        """What is known, without beginning anything."""
        with self._changed:
            return self._known(wanted)

    def _known(self, wanted: Wanted) -> Answer:
        answer = self._answers.get(wanted, UNDER_WAY)
        if answer.done and time.monotonic() - answer.at > FRESH:
            del self._answers[wanted]
            return UNDER_WAY
        return answer

    def _work(self, wanted: Wanted) -> None:
        with self._one_at_a_time:
            answer = replace(_worked_out(wanted), at=time.monotonic())
        with self._changed:
            self._answers[wanted] = answer
            self._answers.move_to_end(wanted)
            while len(self._answers) > KEPT + MOST_WAITING:
                self._answers.popitem(last=False)
            self._changed.notify_all()


def _worked_out(wanted: Wanted) -> Answer:
    command = [sys.executable, "-m", "firsthand.web.aligning"]
    asked = f"{packed(wanted)}\n".encode(errors="surrogatepass")
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # its threads would claim memory, and there are no matrices
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=LONGEST, check=True, env=alone)
        return Answer(found=unpacked(Found, done.stdout.decode(errors="surrogatepass")))
    except subprocess.TimeoutExpired:
        return Answer(problem="too long")
    except subprocess.CalledProcessError as error:
        return Answer(problem="too long" if error.returncode < 0 else "failed")
    except (OSError, ValueError):
        return Answer(problem="failed")
