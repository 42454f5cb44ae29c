"""The same jar on other Sparks: every connector in every error mode, by SQL and by the scripts."""

import json

import pytest

import logs
import part_logs
from spark_versions import VERSIONS, submit_of

BAD = "not a row"
GOOD_LINES = {
    "dns.log": "\t".join(logs.DNS_ROW[field] for field in logs.ZEEK_DNS_FIELDS.split()),
    "http.log": "\t".join(logs.HTTP_ROW.get(field, "-") for field in logs.ZEEK_HTTP_FIELDS.split()),
    "access.log": logs.SQUID_DAYS["20170301"][0],
}


@pytest.fixture
def folders(tmp_path):
    """connector -> (folder, its one bad line's offset, rows)."""
    zeek, squid = tmp_path / "zeek", tmp_path / "squid"
    texts = {}
    for name, fields in (("dns", logs.ZEEK_DNS_FIELDS), ("http", logs.ZEEK_HTTP_FIELDS)):
        good = GOOD_LINES[f"{name}.log"]
        texts[name] = logs.zeek_lines(name, fields, [good, BAD, good])
        logs.write(zeek / f"{name}.log", texts[name])
    good = GOOD_LINES["access.log"]
    texts["squid"] = f"{good}\n{BAD}\n{good}\n"
    logs.write(squid / "access.log", texts["squid"])
    return {
        "zeek_to_DNS": (zeek, texts["dns"].index(BAD), 2),
        "zeek_to_HTTP": (zeek, texts["http"].index(BAD), 2),
        "squid_to_HTTP": (squid, texts["squid"].index(BAD), 2),
        "squid_to_NamedFlows": (squid, texts["squid"].index(BAD), 2),
        **folders_of_parts(tmp_path),
    }


def folders_of_parts(tmp_path):
    """The same, of the other tools."""
    zeek, bind = part_logs.zeek_day(tmp_path / "flows"), part_logs.bind_day(tmp_path / "bind")
    tstat = part_logs.tstat_day(tmp_path / "tstat", bad=True)
    places = {
        "zeek": zeek / "2017-03-01" / "conn.log",
        "bind": bind / "2017-03-01" / "query.log",
        "dns": tstat / "2017_03_01_00_00.out" / "log_dns_complete",
        "http": tstat / "2017_03_01_00_00.out" / "log_http_complete",
        "tcp": part_logs.tstat_flows(tstat, bad=True),
    }
    for name in ("zeek", "bind"):
        places[name].write_text(f"{places[name].read_text()}{BAD}\n")
    offsets = {name: place.read_text().index(BAD) for name, place in places.items()}
    return {
        "zeek_to_NamedFlows": (zeek, offsets["zeek"], len(part_logs.FLOWS)),
        "tstat_to_DNS": (tstat, offsets["dns"], len(part_logs.EXCHANGES)),
        "tstat_to_HTTP": (tstat, offsets["http"], len(part_logs.TRANSACTIONS)),
        "tstat_to_NamedFlows": (tstat, offsets["tcp"], 1),
        "bind_to_DNS": (bind, offsets["bind"], 3),
    }


@pytest.fixture
def answers_of(folders, jar, checkout, tmp_path):
    """What a program prints on a Spark of this version, given every connector and its folder."""

    def run(program, version):
        result = submit_of(version, jar, checkout, tmp_path)(
            checkout / "tests" / "programs" / program,
            checkout / "spark-glue" / "python",
            *(f"{connector}={folder}" for connector, (folder, *_) in folders.items()),
        )
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout.rpartition("ANSWERS ")[2])

    return run


@pytest.mark.versions
@pytest.mark.parametrize("version", VERSIONS)
def test_each_connector_by_sql_and_scripts(version, folders, answers_of):
    answers = answers_of("each_way.py", version)
    for connector, (_, _, rows) in folders.items():
        assert answers.pop(f"{connector} SQL") == rows
        assert answers.pop(f"{connector} run_query.py") == [0, rows]
        assert answers.pop(f"{connector} run_job.py") == [0, rows]
    assert answers == {}


@pytest.mark.versions
@pytest.mark.parametrize("version", VERSIONS)
def test_each_connector_in_each_mode(version, folders, answers_of):
    answers = answers_of("each_mode.py", version)
    for connector, (_, offset, rows) in folders.items():
        assert answers.pop(f"{connector} PERMISSIVE") == [rows, 1]
        assert answers.pop(f"{connector} DROPMALFORMED") == [rows, 1]
        assert answers.pop(f"{connector} FAILFAST") == ["BadInput", True, offset]
        assert answers.pop(f"{connector} bad") == [BAD]
    assert answers == {}
