"""``convert``: what may be written to, and that it is whole or not there."""

import os
import signal
import subprocess
import sys
import threading
import time

import pyarrow.parquet
import pytest

import logs
import netlytics
from netlytics.errors import NetlyticsError, UsageError
from netlytics.laptop.program import main

# Long enough for a slow machine; the program is waited for, not timed.
SECONDS = 60


@pytest.fixture
def convert(tmp_path):
    """Runs the program to write a log's table; returns its exit status."""
    log = logs.write(tmp_path / "logs" / "dns.log", "#fields\tts\tquery\n1.5\ta.org\n")

    def call(output, *arguments):
        given = ["--connector", "zeek_to_DNS", "--output", str(output), *arguments, str(log)]
        return main(["convert", *given])

    call.log = log
    return call


def test_an_existing_file_is_replaced_only_when_asked_to(convert, tmp_path, capsys):
    output = tmp_path / "out.parquet"
    output.write_text("an older one")
    output.chmod(0o600)
    assert convert(output) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert output.read_text() == "an older one"
    assert convert(output, "--overwrite") == 0
    assert pyarrow.parquet.read_table(output)["query"].to_pylist() == ["a.org"]
    assert output.stat().st_mode & 0o777 == 0o600
    table = netlytics.open("zeek_to_DNS", convert.log)
    with pytest.raises(UsageError, match="exists already"):
        table.convert(output)
    assert table.convert(output, overwrite=True)["rows"] == 1


@pytest.mark.parametrize("link", [None, os.symlink, os.link])
def test_a_log_is_not_replaced_by_its_table(convert, tmp_path, link, capsys):
    before = convert.log.read_bytes()
    output = convert.log
    if link:
        output = tmp_path / "out.parquet"
        link(convert.log, output)
    assert convert(output, "--overwrite") == 2
    assert "one of the files that are read" in capsys.readouterr().err
    assert convert.log.read_bytes() == before
    assert output.is_symlink() == (link is os.symlink)


def test_many_threads_may_write_one_name(tmp_path):
    rows = logs.dns_rows([f"host-{number}.example" for number in range(20_000)])
    logs.write(tmp_path / "logs" / "dns.log", logs.zeek("dns", logs.ZEEK_DNS_FIELDS, rows))
    output = tmp_path / "out.parquet"
    ended = []

    def write():
        try:
            netlytics.open("zeek_to_DNS", tmp_path / "logs").convert(output)
            ended.append("written")
        except NetlyticsError as error:
            ended.append(error.kind)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert ended.count("written") == 1
    assert set(ended) <= {"written", "Io", "BadOption"}
    assert pyarrow.parquet.read_table(output).num_rows == len(rows)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["logs", "out.parquet"]


def program(checkout, output, log):
    """Command line and surroundings of the program, for subprocess."""
    given = ["convert", "--connector", "zeek_to_DNS", "--output", str(output), str(log)]
    surroundings = {**os.environ, "PYTHONPATH": str(checkout / "spark-glue" / "python")}
    return {"args": [sys.executable, "-m", "netlytics", *given], "env": surroundings}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_nothing_and_ends_the_process_as_ever(checkout, large, tmp_path, number):
    running = subprocess.Popen(
        **program(checkout, tmp_path / "out.parquet", large[0]),
        stderr=subprocess.PIPE,
        text=True,
        # The tests may run under nohup, and a signal that is ignored is inherited so.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    deadline = time.monotonic() + SECONDS
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(number)
    _, err = running.communicate(timeout=SECONDS)
    assert (running.returncode, err) == (-number, "")
    assert list(tmp_path.iterdir()) == []


SYNCED = r"""
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Notes which file is synchronised, and whether the output has its name by then. */
int fsync(int file) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  FILE *notes = fopen(getenv("NOTES"), "a");
  fprintf(notes, "%s %s\n", path, access(getenv("OUTPUT"), F_OK) ? "before" : "after");
  fclose(notes);
  return (int)syscall(SYS_fsync, file);
}
"""


def test_the_file_is_on_disk_before_it_has_its_name(convert, checkout, tmp_path):
    (tmp_path / "synced.c").write_text(SYNCED)
    library, notes = tmp_path / "synced.so", tmp_path / "notes"
    command = ["cc", "-shared", "-fPIC", "-o", str(library), str(tmp_path / "synced.c")]
    subprocess.run(command, check=True)
    folder = tmp_path / "written"
    folder.mkdir()
    output = folder / "out.parquet"
    given = program(checkout, output, convert.log)
    given["env"].update(LD_PRELOAD=str(library), NOTES=str(notes), OUTPUT=str(output))
    subprocess.run(**given, check=True, timeout=SECONDS)
    file, directory = notes.read_text().splitlines()
    assert file.startswith(f"{folder}/.netlytics-")
    assert file.endswith(".part before")
    assert directory == f"{folder} after"
