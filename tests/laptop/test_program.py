"""``python -m netlytics``: what is written and shown, exit codes, the end by Ctrl-C."""

import os
import pty
import signal
import subprocess
import sys
import time

import pyarrow.parquet
import pytest

import logs
import netlytics
from netlytics import registry
from netlytics.laptop.program import main

# Long enough for a slow machine; the program is waited for, not timed.
SECONDS = 60


@pytest.fixture
def program(checkout, tmp_path):
    """Command line and surroundings of the program, for subprocess."""

    def call(*arguments):
        command = [sys.executable, "-m", "netlytics", *map(str, arguments)]
        surroundings = {**os.environ, "PYTHONPATH": str(checkout / "spark-glue" / "python")}
        return {"args": command, "env": surroundings, "cwd": tmp_path}

    return call


def test_convert_writes_what_open_reads(zeek, tmp_path, capsys):
    output = tmp_path / "out.parquet"
    assert main(["convert", "--connector", "zeek_to_DNS", "--output", str(output), str(zeek)]) == 0
    expected = netlytics.open("zeek_to_DNS", zeek).to_arrow()
    assert pyarrow.parquet.read_table(output).equals(expected)
    file = pyarrow.parquet.ParquetFile(output)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "6 rows of 6 records" in captured.err


def test_convert_of_many_row_groups_keeps_the_order(large, tmp_path):
    path, count = large
    output = tmp_path / "out.parquet"
    wanted = ["--columns", "query,c_port", "--output", str(output)]
    assert main(["convert", "--connector", "zeek_to_DNS", *wanted, str(path)]) == 0
    file = pyarrow.parquet.ParquetFile(output)
    assert file.metadata.num_rows == count
    assert file.metadata.num_row_groups > 1
    read = file.read()
    assert read.equals(
        netlytics.open("zeek_to_DNS", path, columns=["query", "c_port"]).to_arrow().combine_chunks()
    )


@pytest.mark.parametrize(
    ("conditions", "names"),
    [
        (["query == a.org"], ["a.org", "a.org"]),
        (["query = 'a.org'", "req_time > 0"], ["a.org", "a.org"]),
        (["query in a.org, c.org"], ["a.org", "a.org", "c.org"]),
        (["query not in (a.org,b.org)"], ["c.org"]),
        (["query endswith .org", "s_ip == 8.8.8.8", "c_port==40000"], ["a.org", "a.org", "c.org"]),
        (["resp_code is null"], []),
        (["query startswith b", "resp_code is not null"], ["b.org"] * 3),
    ],
)
def test_filters(zeek, tmp_path, conditions, names):
    output = tmp_path / "out.parquet"
    given = [part for text in conditions for part in ("--filter", text)]
    wanted = ["--output", str(output), *given]
    assert main(["convert", "--connector", "zeek_to_DNS", *wanted, str(zeek)]) == 0
    assert sorted(pyarrow.parquet.read_table(output)["query"].to_pylist()) == names


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--connector", "zeek_to_DSN"], "did you mean zeek_to_DNS"),
        (["--columns", "querry"], "Did you mean query"),
        (["--filter", "querry == a"], "did you mean query"),
        (["--filter", "query ~ a"], "is no filter"),
        (["--filter", "c_port == http"], "holds numbers"),
        (["--option", "seperator=|"], "did you mean separator"),
        (["--start_day", "2017_03_09", "--end_day", "2017_03_01"], "before the first"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(zeek, capsys, arguments, told):
    given = ["show", str(zeek), "--connector", "zeek_to_DNS", *arguments]
    assert main(given) == 2
    err = capsys.readouterr().err
    assert told in err
    assert len(err.splitlines()) == 1


def test_failures_are_one_line_and_status_1(tmp_path, capsys):
    assert main(["show", "--connector", "zeek_to_DNS", str(tmp_path / "nothing")]) == 1
    assert "does not exist" in capsys.readouterr().err
    log = logs.write(tmp_path / "dns.log", "#fields\tts\tquery\nyesterday\ta.org\n")
    output = tmp_path / "out.parquet"
    wanted = ["--mode", "failfast", "--output", str(output), str(log)]
    assert main(["convert", "--connector", "zeek_to_DNS", *wanted]) == 1
    err = capsys.readouterr().err
    assert "dns.log" in err
    assert "at byte" in err
    assert [path.name for path in tmp_path.iterdir()] == ["dns.log"]


def test_show(checkout, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    sample = checkout / "examples" / "logs" / "zeek"
    assert main(["show", "--connector", "zeek_to_DNS", "--rows", "3", str(sample)]) == 0
    shown, columns, account = capsys.readouterr().out.split("\n\n")
    assert max(map(len, shown.splitlines())) <= 90
    assert len(shown.splitlines()) == 1 + 3 + 1
    assert "columns more" in shown
    names = [field["name"] for field in registry.table_schema("DNS")["fields"]]
    assert [line.split()[0] for line in columns.splitlines()] == names
    assert "list<string>" in columns
    assert "bad records" in account
    assert "id.orig_p: expected" in account or "c_port: expected" in account
    assert "at byte" in account


def test_lines_of_other_kinds_are_counted_by_kind(checkout, capsys):
    sample = checkout / "examples" / "logs" / "tstat"
    wanted = ["--option", "pairResponses=false", str(sample)]
    assert main(["show", "--connector", "tstat_to_HTTP", *wanted]) == 0
    assert "lines skipped: responses" in capsys.readouterr().out


def test_help_lists_the_connectors(capsys):
    for arguments in (["--help"], ["convert", "--help"]):
        with pytest.raises(SystemExit) as leaving:
            main(arguments)
        assert leaving.value.code == 0
        out = capsys.readouterr().out
        for entry in registry.connectors():
            assert entry["name"] in out


def test_ctrl_c_leaves_nothing(program, large, tmp_path):
    path, _ = large
    output = tmp_path / "out.parquet"
    given = program("convert", "--connector", "zeek_to_DNS", "--output", output, path)
    running = subprocess.Popen(**given, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + SECONDS
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=SECONDS)
    assert (running.returncode, err) == (130, "")
    assert list(tmp_path.iterdir()) == []


def test_a_bar_is_drawn_on_a_terminal(program, large):
    path, _ = large
    ours, its = pty.openpty()
    given = program("show", "--connector", "zeek_to_DNS", "--columns", "query", path)
    running = subprocess.Popen(**given, stdout=subprocess.DEVNULL, stderr=its)
    os.close(its)
    drawn = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:
            # The other end is closed.
            break
        if not piece:
            break
        drawn += piece
    os.close(ours)
    assert running.wait(SECONDS) == 0
    assert b"% of" in drawn
    assert drawn.endswith(b"\r\x1b[K")
