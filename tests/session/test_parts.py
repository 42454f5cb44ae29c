"""Tables put together from parts: the rows, however they are asked for."""

import pytest

import core.utils
import netlytics
import part_logs
from netlytics.errors import NetlyticsError, translated
from netlytics.summary import Summary

TABLES = {
    "zeek_to_NamedFlows": (part_logs.zeek_day, part_logs.flows, part_logs.FLOWS),
    "tstat_to_DNS": (part_logs.tstat_day, part_logs.exchanges, part_logs.EXCHANGES),
    "tstat_to_HTTP": (part_logs.tstat_day, part_logs.transactions, part_logs.TRANSACTIONS),
}
ALIASES = {
    "zeek_to_NamedFlows": "connectors.bro_to_named_flows.Bro_To_Named_Flows",
    "tstat_to_DNS": "connectors.tstat_to_DNS.Tstat_To_DNS",
    "tstat_to_HTTP": "connectors.tstat_to_HTTP.Tstat_To_HTTP",
}


@pytest.fixture(params=TABLES)
def case(request, tmp_path):
    """(connector, folder of its logs, reads the rows, the rows)."""
    write, rows, expected = TABLES[request.param]
    return request.param, str(write(tmp_path / "logs")), rows, expected


def test_as_a_data_frame(spark, case):
    connector, folder, rows, expected = case
    table = netlytics.read(spark, connector, folder, mode="FAILFAST")
    assert rows(table) == expected
    assert table.count() == len(expected)
    # Again, and with every column.
    assert len(table.collect()) == len(expected)


def test_for_programs_of_the_reference(spark, case):
    connector, folder, rows, expected = case
    days = ("2017_03_01", "2017_03_01")
    arguments = (spark.sparkContext, spark, "/nowhere", ALIASES[connector], folder, *days)
    assert rows(core.utils.get_dataset(*arguments)) == expected


def test_as_a_view(spark, case):
    connector, folder, rows, expected = case
    before = tables(spark)
    spark.sql(
        f"CREATE TEMPORARY VIEW logs USING netlytics "
        f"OPTIONS (connector '{connector}', path '{folder}')"
    )
    try:
        assert rows(spark.table("logs")) == expected
        assert spark.sql("SELECT count(*) FROM logs WHERE c_ip = '10.0.0.2'").collect() == [(1,)]
        # The views of the parts are not the user's.
        assert tables(spark) - before == {"logs"}
    finally:
        spark.catalog.dropTempView("logs")


def tables(spark):
    """Names of all tables and views of the session."""
    return {table.tableName for table in spark.sql("SHOW TABLES").collect()}


def test_as_a_table_of_the_catalog(spark, case):
    connector, folder, rows, expected = case
    spark.sql(
        f"CREATE TABLE kept USING netlytics OPTIONS (connector '{connector}', path '{folder}')"
    )
    try:
        assert rows(spark.table("kept")) == expected
        assert spark.sql("SELECT count(*) FROM kept WHERE c_ip = '10.0.0.2'").collect() == [(1,)]
    finally:
        spark.sql("DROP TABLE kept")


def test_two_tables_and_a_view_named_as_a_part(spark, tmp_path):
    spark.range(3).createOrReplaceTempView("flows")
    try:
        table = netlytics.read(
            spark, "zeek_to_NamedFlows", str(part_logs.zeek_day(tmp_path / "zeek"))
        )
        dns = netlytics.read(spark, "tstat_to_DNS", str(part_logs.tstat_day(tmp_path / "tstat")))
        both = table.select("c_ip").distinct().join(dns, "c_ip").select("c_ip", "query")
        assert sorted(both.collect()) == [("10.0.0.1", "a.org"), ("10.0.0.2", "b.org")]
        assert spark.table("flows").count() == 3
    finally:
        spark.catalog.dropTempView("flows")


def test_settings_of_the_session_do_not_change_the_rows(spark, tmp_path):
    table = netlytics.read(spark, "tstat_to_DNS", str(part_logs.tstat_day(tmp_path)))
    settings = {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.caseSensitive": "true",
    }
    for name, value in settings.items():
        spark.conf.set(name, value)
    try:
        assert part_logs.exchanges(table.where("c_port = 40000")) == part_logs.EXCHANGES
    finally:
        for name in settings:
            spark.conf.unset(name)


def test_a_part_is_a_connector(spark, tmp_path):
    folder = str(part_logs.zeek_day(tmp_path))
    for read in (
        lambda part: netlytics.read(spark, part, folder),
        lambda part: spark.read.format("netlytics").option("connector", part).load(folder),
    ):
        names = read("zeek_to_NamedFlows/names")
        assert names.columns == ["uid", "rank", "time", "name"]
        assert sorted(names.select("name", "rank").collect()) == [
            ("a.org", 0),
            ("later.org", 0),
            ("s.org", 1),
        ]


def test_options_of_the_table_reach_its_query(spark, tmp_path):
    folder = str(part_logs.zeek_day(tmp_path))
    named = netlytics.read(spark, "zeek_to_NamedFlows", folder, namedOnly="true")
    assert part_logs.flows(named) == part_logs.FLOWS[:3]
    by_conn = netlytics.read(spark, "zeek_to_NamedFlows", folder, nameFromDns="false")
    assert [flow[2] for flow in part_logs.flows(by_conn)] == ["a.org", "s.org", None, None]
    requests = netlytics.read(
        spark,
        "tstat_to_HTTP",
        str(part_logs.tstat_day(tmp_path / "tstat")),
        pairResponses="false",
    )
    summary = Summary(spark)
    assert part_logs.transactions(requests) == [
        (*row[:3], None, None) for row in part_logs.TRANSACTIONS
    ]
    assert summary.counts()["skipped"] == {"responses": 2}


def test_bind_with_and_without_pairs(spark, tmp_path):
    folder = str(part_logs.bind_day(tmp_path))
    summary = Summary(spark)
    lines = netlytics.read(spark, "bind_to_DNS", folder, mode="FAILFAST")
    assert sorted(row.query for row in lines.collect()) == ["a.org", "a.org", "b.org"]
    assert summary.counts()["skipped"] == {"query-errors": 1}
    assert summary.lines()[1] == "NetLytics: skipped 1 line: 1 query-errors"
    pairs = netlytics.read(spark, "bind_to_DNS", folder, pairResponses="true", mode="FAILFAST")
    assert sorted(pairs.select("query", "req_time", "resp_time", "resp_code").collect()) == [
        ("a.org", 1488326400.25, 1488326400.375, "NOERROR"),
        ("b.org", 1488326402.0, None, None),
    ]


def test_logs_that_are_not_there(spark, tmp_path):
    folder = part_logs.zeek_day(tmp_path)
    day = folder / "2017-03-01"
    for name in ("http", "ssl", "dns"):
        (day / f"{name}.log").unlink()
    table = netlytics.read(spark, "zeek_to_NamedFlows", str(folder))
    assert [flow[2] for flow in part_logs.flows(table)] == [None] * 4
    assert table.select("_corrupt_record").where("_corrupt_record IS NOT NULL").count() == 0
    (day / "conn.log").rename(day / "dns.log")
    with pytest.raises(NetlyticsError, match="zeek_to_NamedFlows/flows") as raised, translated():
        netlytics.read(spark, "zeek_to_NamedFlows", str(folder)).collect()
    assert raised.value.kind == "BadInput"
    with pytest.raises(NetlyticsError, match="Path does not exist") as raised, translated():
        netlytics.read(spark, "zeek_to_NamedFlows", str(tmp_path / "no")).collect()
    assert raised.value.kind == "Io"


def test_files_given_one_by_one_go_to_their_parts(spark, tmp_path):
    day = part_logs.zeek_day(tmp_path) / "2017-03-01"
    (day / "conn.log").rename(day / "connections.txt")
    files = [str(day / name) for name in ("connections.txt", "ssl.log")]
    table = netlytics.read(spark, "zeek_to_NamedFlows", files, mode="FAILFAST")
    assert [flow[2] for flow in part_logs.flows(table)] == [None, "s.org", None, None]


def test_days_are_those_of_every_part(spark, tmp_path):
    part_logs.zeek_day(tmp_path)
    (tmp_path / "2017-03-02").mkdir()
    for name in ("conn", "http"):
        text = (tmp_path / "2017-03-01" / f"{name}.log").read_bytes()
        (tmp_path / "2017-03-02" / f"{name}.log").write_bytes(text.replace(b"a.org", b"e.org"))
    both = netlytics.read(spark, "zeek_to_NamedFlows", str(tmp_path))
    assert both.count() == 8
    day = netlytics.read(spark, "zeek_to_NamedFlows", str(tmp_path), "2017_03_02", "2017_03_02")
    assert [flow[2] for flow in part_logs.flows(day)] == ["e.org", None, None, None]


def test_wrong_options_are_refused_when_the_table_is_named(spark, tmp_path):
    reader = spark.read.format("netlytics").option("connector", "zeek_to_NamedFlows")
    with pytest.raises(NetlyticsError, match="did you mean namedOnly") as raised, translated():
        reader.option("namedOny", "true").load(str(tmp_path))
    assert raised.value.kind == "BadOption"
    reader = spark.read.format("netlytics").option("connector", "zeek_to_NamedFlows")
    with pytest.raises(NetlyticsError, match="format") as raised, translated():
        reader.option("format", "tvs").load(str(tmp_path))
    assert raised.value.kind == "BadOption"


def test_the_offset_of_a_row_is_a_hidden_column(spark, tmp_path):
    folder = part_logs.zeek_day(tmp_path)
    text = (folder / "2017-03-01" / "dns.log").read_bytes()
    dns = netlytics.read(spark, "zeek_to_DNS", str(folder))
    assert "_offset" not in dns.columns
    assert dns.select("query", "_offset").collect() == [("d.org", text.index(b"1488326402"))]
    spark.sql(
        "CREATE TEMPORARY VIEW places (query STRING, _offset BIGINT) USING netlytics "
        f"OPTIONS (connector 'zeek_to_DNS', path '{folder}')"
    )
    try:
        assert (
            spark.sql("SELECT * FROM places").collect() == dns.select("query", "_offset").collect()
        )
    finally:
        spark.catalog.dropTempView("places")
    flows = netlytics.read(spark, "zeek_to_NamedFlows", str(folder))
    with pytest.raises(Exception, match="_offset"):
        flows.select("_offset")
