"""SIGTERM and SIGHUP while a file is being written."""

import os
import signal
import threading
from contextlib import contextmanager

SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Terminated(BaseException):
    """Ends the work as KeyboardInterrupt does, so that it cleans up. number: that of the signal."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


@contextmanager
def cleaned_up_when_terminated():
    """Around work that cleans up when an exception ends it: then so do signals that would end the
    process, which they still do afterwards, with the same status.

    Does nothing for signals that the program handles or ignores, nor outside the main thread.
    """
    ours = []
    if threading.current_thread() is threading.main_thread():
        ours = [number for number in SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in ours:
            signal.signal(number, terminate)
        yield
    except Terminated as terminated:
        signal.signal(terminated.number, signal.SIG_DFL)
        os.kill(os.getpid(), terminated.number)
        raise
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def terminate(number, _):
    """The handler."""
    raise Terminated(number)
