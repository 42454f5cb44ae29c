"""``netlytics.open``: what is asked for, what goes wrong, and its end before the end."""

import gzip
import subprocess
import sys

import duckdb
import pyarrow
import pytest

import logs
import netlytics
from laptop import rows
from netlytics.errors import NetlyticsError, UsageError


@pytest.fixture(scope="module")
def table_of(tmp_path_factory):
    """Opens a log of twelve rows: six of them NXDOMAIN, three without a code, ports 0 to 11."""
    folder = tmp_path_factory.mktemp("twelve")
    codes = ["NXDOMAIN", "NOERROR", "NXDOMAIN", "-"]
    lines = [
        {
            **logs.DNS_ROW,
            "id.orig_p": str(port),
            "query": f"n{port}.{'org' if port < 5 else 'com'}",
            "rcode_name": codes[port % 4],
        }
        for port in range(12)
    ]
    logs.write(folder / "dns.log", logs.zeek("dns", logs.ZEEK_DNS_FIELDS, lines))
    return lambda **asked: netlytics.open("zeek_to_DNS", folder, **asked)


@pytest.mark.parametrize(
    ("condition", "ports"),
    [
        ([("resp_code", "==", "NXDOMAIN")], [0, 2, 4, 6, 8, 10]),
        ([("resp_code", "!=", "NXDOMAIN")], [1, 5, 9]),
        ([("resp_code", "is null")], [3, 7, 11]),
        ([("resp_code", "is not null"), ("c_port", "<", 3)], [0, 1, 2]),
        ([("c_port", ">=", 10)], [10, 11]),
        ([("c_port", ">", 10)], [11]),
        ([("c_port", "<=", 0)], [0]),
        ([("c_port", "in", {1, 3, 99})], [1, 3]),
        ([("c_port", "not in", range(10))], [10, 11]),
        ([("c_port", "in", [])], []),
        ([("query", "startswith", "n1")], [1, 10, 11]),
        ([("query", "endswith", ".org")], [0, 1, 2, 3, 4]),
        ([("query", "contains", "7.c")], [7]),
        ([("req_time", ">", 1), ("c_port", "==", 2)], [2]),
        ([[("c_port", "==", 1)], [("c_port", ">", 8), ("resp_code", "==", "NOERROR")]], [1, 9]),
        ([], list(range(12))),
    ],
)
def test_filters(table_of, condition, ports):
    found = table_of(columns=["c_port"], filter=condition).to_arrow()
    assert found["c_port"].to_pylist() == ports


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ([("resp_code", "~", "N")], "no operator"),
        ([("resp_code", "==")], "expected a value"),
        ([("c_port", "==", "53")], "c_port"),
        ([("c_port", "==", True)], "a text or a number"),
        ([("c_port", "in", "53")], "a list of values"),
        ([("answers", "is null")], "answers"),
        ([("rescode", "is null")], "rescode"),
        ([("query", "contains", 5)], "a text"),
    ],
)
def test_filters_that_are_none(table_of, condition, told):
    with pytest.raises(UsageError, match=told):
        table_of(filter=condition)


def test_columns_are_in_the_order_asked_for(table_of):
    found = table_of(columns=["query", "answers", "c_port"]).to_arrow()
    assert found.column_names == ["query", "answers", "c_port"]
    assert found["answers"][0].as_py() == ["192.0.2.1", "192.0.2.2"]
    with pytest.raises(UsageError, match="Did you mean query"):
        table_of(columns=["querry"])


def test_limit_and_days(zeek, table_of):
    assert table_of(limit=5).to_arrow().num_rows == 5
    day = netlytics.open("zeek_to_DNS", zeek, start_day="2017_03_02", end_day="2017_03_02")
    assert day.files == 1
    assert day.to_arrow().num_rows == 3
    with pytest.raises(UsageError, match="March"):
        netlytics.open("zeek_to_DNS", zeek, start_day="1 March")
    with pytest.raises(NetlyticsError, match="of other days"):
        netlytics.open("zeek_to_DNS", zeek, start_day="2020_01_01")


def test_paths(zeek, tmp_path):
    both = [zeek / "2017-03-01", str(zeek / "2017-03-03")]
    assert netlytics.open("zeek_to_DNS", both).to_arrow().num_rows == 3
    assert netlytics.open("zeek_to_DNS", f"{zeek}/*/dns*").to_arrow().num_rows == 6
    assert netlytics.open("zeek_to_DNS", zeek.as_uri()).to_arrow().num_rows == 6
    with pytest.raises(NetlyticsError, match="does not exist") as raised:
        netlytics.open("zeek_to_DNS", tmp_path / "nothing")
    assert raised.value.kind == "Io"
    with pytest.raises(UsageError, match="s3a"):
        netlytics.open("zeek_to_DNS", "s3a://bucket/logs")


def test_names_that_are_wrong_bring_the_nearest(zeek):
    with pytest.raises(UsageError, match="Did you mean zeek_to_DNS"):
        netlytics.open("zeek_to_dns", zeek)
    with pytest.raises(UsageError, match="Did you mean separator"):
        netlytics.open("zeek_to_DNS", zeek, seperator="|")


def test_a_table_can_be_read_again_and_joined_in_sql(zeek):
    names = netlytics.open("zeek_to_DNS", zeek, columns=["query"])
    with duckdb.connect() as connection:
        count = "SELECT query, count(*) FROM names GROUP BY query ORDER BY query"
        expected = [("a.org", 2), ("b.org", 3), ("c.org", 1)]
        assert connection.sql(count).fetchall() == expected
        assert connection.sql(count).fetchall() == expected
    assert names.totals["rows"] == 6


@pytest.fixture
def bad(tmp_path):
    """A log of two good lines, then one whose port is none, then one cut short."""
    good = "\t".join(logs.DNS_ROW[field] for field in logs.ZEEK_DNS_FIELDS.split())
    lines = [good, good, good.replace("\t40000\t", "\tforty\t"), "1488326400.0\tC9"]
    log = logs.zeek_lines("dns", logs.ZEEK_DNS_FIELDS, lines)
    return logs.write(tmp_path / "dns.log", log)


def test_bad_records_say_where_and_why(bad):
    table = netlytics.open("zeek_to_DNS", bad)
    assert table.totals is None
    assert table.bad_records is None
    assert table.to_arrow().num_rows == 2
    assert table.totals["malformed"] == 2
    assert {reason["count"] for reason in table.bad_records} == {1}
    for reason in table.bad_records:
        example = reason["examples"][0]
        assert example["path"] == str(bad)
        assert bad.read_bytes()[example["offset"] :].startswith(example["text"].encode())
        assert reason["expected"] in example["reason"]


@pytest.mark.parametrize("library", ["pyarrow", "polars"])
def test_failfast_is_an_error_with_file_and_offset(bad, library):
    table = netlytics.open("zeek_to_DNS", bad, mode="FAILFAST")
    read = table.to_arrow if library == "pyarrow" else table.to_polars
    with pytest.raises(NetlyticsError) as raised:
        read()
    error = raised.value
    assert (error.kind, error.path) == ("BadInput", str(bad))
    assert bad.read_bytes()[error.offset :].startswith(logs.DNS_ROW["ts"].encode())
    assert error.column in ("c_port", "id.orig_p")
    with pytest.raises(pyarrow.ArrowInvalid, match=r"dns\.log"):
        pyarrow.table(table)
    assert str(table.failure) == str(error)


def test_a_torn_gzip_gives_the_rows_before_the_tear(tmp_path):
    lines = [f"{number}.5\tname{number * 7919 % 10007}.example.com\n" for number in range(20000)]
    packed = gzip.compress("".join(["#fields\tts\tquery\n", *lines]).encode())
    (tmp_path / "dns.log.gz").write_bytes(packed[: len(packed) // 2])
    table = netlytics.open("zeek_to_DNS", tmp_path, columns=["req_time"])
    times = table.to_arrow()["req_time"].to_pylist()
    assert times == [number + 0.5 for number in range(len(times))]
    assert 5000 < len(times) < 15000
    assert table.totals["malformed"] == 1


def test_a_file_that_is_gone_is_named(zeek, tmp_path):
    log = logs.write(tmp_path / "dns.log", "#fields\tts\tquery\n1.5\twww.example.com\n")
    table = netlytics.open("zeek_to_DNS", tmp_path)
    log.unlink()
    with pytest.raises(NetlyticsError, match=r"dns\.log") as raised:
        table.to_arrow()
    assert raised.value.kind == "Io"


def test_large_files_are_read_in_order_by_all_cores(large):
    path, count = large
    table = netlytics.open("zeek_to_DNS", path, columns=["query", "_offset"])
    read = table.to_arrow()
    assert read.num_rows == count
    offsets = read["_offset"].to_numpy()
    assert (offsets[1:] > offsets[:-1]).all()
    assert table.totals["bytes"] == path.stat().st_size
    first = pyarrow.RecordBatchReader.from_stream(table).read_next_batch()
    assert first.num_rows > 0


def test_parts_are_tables_too(checkout):
    logs_of_zeek = checkout / "examples" / "logs" / "zeek"
    assert rows.of_pyarrow(netlytics.open("zeek_to_NamedFlows/names", logs_of_zeek))


INTERRUPTED = """
import _thread, sys, threading
import pyarrow
import netlytics

table = netlytics.open("zeek_to_DNS", sys.argv[1])
# Not pyarrow.table, which imports pandas first: the interrupt would meet that.
read = {
    "pyarrow": lambda: pyarrow.RecordBatchReader.from_stream(table).read_all(),
    "to_arrow": table.to_arrow,
    "head": table.head,
}[sys.argv[2]]
threading.Timer(0.3, _thread.interrupt_main).start()
try:
    read()
except KeyboardInterrupt:
    print("interrupted")
"""


def interrupted(path, method, checkout):
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(path), method],
        env={"PYTHONPATH": str(checkout / "spark-glue" / "python")},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("method", ["to_arrow", "head"])
def test_ctrl_c_ends_a_read(large, method, checkout):
    done = interrupted(large[0], method, checkout)
    assert (done.stdout, done.returncode) == ("interrupted\n", 0), done.stderr


def test_ctrl_c_ends_a_read_of_pyarrow_with_its_error(large, checkout):
    done = interrupted(large[0], "pyarrow", checkout)
    assert (done.stdout, done.returncode) == ("", 1)
    error = "pyarrow.lib.ArrowInvalid: External error: The read was interrupted."
    assert done.stderr.splitlines()[-1] == error


def test_the_package_imports_where_there_is_no_module(tmp_path, checkout):
    package = checkout / "spark-glue" / "python" / "netlytics"
    program = (
        "import sys, netlytics\n"
        "try:\n"
        "    netlytics.open('zeek_to_DNS', '.')\n"
        "except netlytics.NetlyticsError as error:\n"
        "    print(error.kind, error)\n"
    )
    (tmp_path / "netlytics").mkdir()
    for file in package.rglob("*.py"):
        place = tmp_path / "netlytics" / file.relative_to(package)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(file.read_bytes())
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("MissingLibrary reading without Spark needs the wheel"), done
