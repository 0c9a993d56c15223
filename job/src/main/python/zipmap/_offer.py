"""How a file without a name crosses to another process: the sender keeps it open until the receiver has opened it."""
from __future__ import annotations

import errno
import itertools
import os
import select
import stat
import struct
import threading
import time
from multiprocessing import parent_process
from multiprocessing.util import Finalize, register_after_fork
from typing import NamedTuple

# How long a process that ends waits until the files that it offered have been taken.
_SECONDS_TO_TAKE = 10.0

_ANSWER = struct.Struct("=q")


class Offer(NamedTuple):
    """Says where another process of this host and user finds an open file, and where it answers that it has it."""

    process: int
    descriptor: int
    number: int
    answers: int
    answers_inode: int

    def open(self) -> int:
        """Returns a descriptor of the file, which the caller closes.

        Raises:
            OSError: the process has ended, or is not to be seen from here. The caller must also check which file it
                got: a later process may have the same number.
        """
        return os.open(f"/proc/{self.process}/fd/{self.descriptor}", os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)

    def answer(self) -> None:
        """Tells the sender that it need not keep the file open. A sender that has ended is no error."""
        try:
            pipe = os.open(f"/proc/{self.process}/fd/{self.answers}", os.O_WRONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:
            return
        try:
            status = os.fstat(pipe)
            if stat.S_ISFIFO(status.st_mode) and status.st_ino == self.answers_inode:
                os.write(pipe, _ANSWER.pack(self.number))
        except OSError as e:
            if e.errno not in (errno.EAGAIN, errno.EPIPE):
                raise
        finally:
            os.close(pipe)


class Offers:
    """The files that this process has offered and that no one has taken yet.

    A worker may drop its map as soon as it has returned it, before the parent has opened the file: so the map is kept
    here. A process that ends waits some seconds for those who have not answered. No thread is needed: answers are read
    when the next file is offered, and at the end. Every process has its own, also after a fork.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._kept: dict[int, object] = {}
        self._pipe: tuple[int, int] | None = None
        self._prepared_by_parent = False
        os.register_at_fork(after_in_child=self._forget)
        # multiprocessing calls it in a child that it forked, after it has dropped the parent's finalizers.
        register_after_fork(self, Offers._prepare_as_parent)

    @staticmethod
    def possible() -> bool:
        """Whether processes see each other's open files, as on Linux."""
        return os.path.isdir("/proc/self/fd")

    def prepare(self) -> None:
        """Makes this process wait at its end. To be called before a thread that the end waits for offers a file."""
        with self._lock:
            if self._pipe is None:
                self._pipe = os.pipe()
                os.set_blocking(self._pipe[0], False)
                # After multiprocessing's own finalizers, which send what its queues still have.
                Finalize(None, self._wait, exitpriority=-100)

    def add(self, descriptor: int, keeper: object) -> Offer:
        """Offers a file. ``keeper`` is what keeps its descriptor open; it is held until the offer is taken."""
        self.prepare()
        self._collect()
        number = next(self._numbers)
        self._kept[number] = keeper
        assert self._pipe is not None
        return Offer(os.getpid(), descriptor, number, self._pipe[1], os.fstat(self._pipe[1]).st_ino)

    def _collect(self) -> None:
        assert self._pipe is not None
        while True:
            try:
                answers = os.read(self._pipe[0], 512 * _ANSWER.size)
            except BlockingIOError:
                return
            for (number,) in _ANSWER.iter_unpack(answers):
                self._kept.pop(number, None)

    def _wait(self) -> None:
        """Only a process that a parent started waits: the first one ends after all that it started."""
        parent = parent_process()
        if parent is None or self._pipe is None:
            return
        answers = select.poll()
        answers.register(self._pipe[0], select.POLLIN)
        end = time.monotonic() + _SECONDS_TO_TAKE
        self._collect()
        while self._kept and parent.is_alive() and time.monotonic() < end:
            answers.poll(100)
            self._collect()

    def _forget(self) -> None:
        """What the parent offered is the parent's."""
        self._prepared_by_parent = self._pipe is not None
        if self._pipe is not None:
            for end in self._pipe:
                os.close(end)
        self._lock = threading.Lock()
        self._kept = {}
        self._pipe = None

    def _prepare_as_parent(self) -> None:
        """A child that was forked has the parent's maps, and may send them from a queue's thread at its very end."""
        if self._prepared_by_parent:
            self.prepare()
