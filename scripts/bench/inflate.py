"""The floor: how long only decompressing the input takes, on as many processes as Spark's tasks."""

import concurrent.futures
import pathlib
import time
import zlib

CHUNK = 1 << 20


def inflate(file: pathlib.Path) -> int:
    """Inflates one .gz a megabyte at a time, as a reader would; returns the bytes of text."""
    stream, text = zlib.decompressobj(wbits=31), 0
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            while chunk:
                text += len(stream.decompress(chunk, CHUNK))
                chunk = stream.unconsumed_tail
    return text + len(stream.flush())


def measure(days: list, processes: int) -> float:
    """Seconds for all files of the days; the processes are there before the clock starts."""
    files = [file for day in days for file in sorted(pathlib.Path(day).iterdir())]
    with concurrent.futures.ProcessPoolExecutor(processes) as pool:
        list(pool.map(inflate, files[:processes]))
        begin = time.perf_counter()
        list(pool.map(inflate, files))
        return time.perf_counter() - begin
