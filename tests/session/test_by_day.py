"""Parquet by day: what is written, where, and what is never lost."""

import pytest
from pyspark.sql import functions as F

import netlytics
import part_logs
from logs import FIRST_MARCH
from netlytics.errors import NetlyticsError, UsageError
from netlytics.output import write_by_day

DAY = 86400


def days_of(folder):
    """Names of the directories."""
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


@pytest.mark.parametrize("gather", [True, False])
def test_rows_come_back_as_they_were(spark, zeek_folder, tmp_path, gather):
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder))
    write_by_day(table, str(tmp_path / "out"), gather=gather)
    # The logs of all three days are of one time.
    assert days_of(tmp_path / "out") == ["day=2017-03-01"]
    back = spark.read.parquet(str(tmp_path / "out"))
    assert [field.simpleString() for field in back.schema][:-1] == [
        field.simpleString() for field in table.schema
    ]
    assert sorted(back.drop("day").collect()) == sorted(table.collect())


def test_days_are_those_of_utc(spark, tmp_path):
    times = [
        *(FIRST_MARCH + 0.0, FIRST_MARCH - 0.5, FIRST_MARCH + DAY - 0.001, -1.0),
        *(None, float("nan"), 1e300, -1e300),
    ]
    rows = [(place, time, None) for place, time in enumerate(times)]
    rows.append((len(times), None, float(FIRST_MARCH + DAY)))
    table = spark.createDataFrame(rows, "place long, req_time double, resp_time double")
    spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
    spark.conf.set("spark.sql.ansi.enabled", "true")
    try:
        write_by_day(table, str(tmp_path / "out"))
    finally:
        spark.conf.unset("spark.sql.session.timeZone")
        spark.conf.unset("spark.sql.ansi.enabled")
    back = spark.read.parquet(str(tmp_path / "out"))
    assert {row.place: row.day and str(row.day) for row in back.collect()} == {
        **{0: "2017-03-01", 1: "2017-02-28", 2: "2017-03-01", 3: "1969-12-31"},
        **dict.fromkeys((4, 5, 6, 7)),
        8: "2017-03-02",
    }
    assert "day=__HIVE_DEFAULT_PARTITION__" in days_of(tmp_path / "out")


def test_columns_are_zstd(spark, zeek_folder, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = netlytics.read(spark, "zeek_to_DNS", str(zeek_folder))
    write_by_day(table, str(tmp_path / "out"))
    files = list((tmp_path / "out").glob("day=*/*.parquet"))
    assert len(files) == 1
    group = parquet.ParquetFile(files[0]).metadata.row_group(0)
    assert {group.column(place).compression for place in range(group.num_columns)} == {"ZSTD"}


def test_a_day_is_one_file_however_many_tasks_met_it(spark, tmp_path):
    table = spark.range(10_000).select(
        (F.lit(FIRST_MARCH) + F.col("id") % 5 * DAY).cast("double").alias("time_start"), "id"
    )
    table = table.repartition(20)
    write_by_day(table, str(tmp_path / "out"))
    assert [len(list(day.glob("*.parquet"))) for day in (tmp_path / "out").glob("day=*")] == [1] * 5
    assert spark.read.parquet(str(tmp_path / "out")).select(F.sum("id")).collect() == [(49995000,)]


def test_a_table_made_of_parts(spark, tmp_path):
    folder = str(part_logs.zeek_day(tmp_path / "logs"))
    write_by_day(netlytics.read(spark, "zeek_to_NamedFlows", folder), str(tmp_path / "out"))
    assert part_logs.flows(spark.read.parquet(str(tmp_path / "out"))) == part_logs.FLOWS


def test_an_older_output_stays_unless_it_is_to_be_replaced(spark, tmp_path):
    out = str(tmp_path / "out")
    first = spark.createDataFrame([(float(FIRST_MARCH), 1)], "time_start double, n long")
    write_by_day(first, out)
    with pytest.raises(NetlyticsError, match="exists already") as raised:
        write_by_day(first, out)
    assert raised.value.kind == "Output"
    second = spark.createDataFrame([(float(FIRST_MARCH + DAY), 2)], "time_start double, n long")
    write_by_day(second, out, overwrite=True)
    assert days_of(tmp_path / "out") == ["day=2017-03-02"]
    # What is read may be what is replaced.
    again = spark.read.parquet(out).drop("day").withColumn("n", F.col("n") + 1)
    write_by_day(again, out, overwrite=True)
    assert [row.n for row in spark.read.parquet(out).collect()] == [3]
    assert days_of(tmp_path) == ["out"]


def test_what_is_no_output_of_ours_is_never_replaced(spark, tmp_path):
    logs = part_logs.zeek_day(tmp_path / "logs")
    flows = netlytics.read(spark, "zeek_to_NamedFlows", str(logs))
    with pytest.raises(NetlyticsError, match="2017-03-01"):
        write_by_day(flows, str(logs), overwrite=True)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NetlyticsError, match="file"):
        write_by_day(flows, str(tmp_path / "file"), overwrite=True)
    assert len(list((logs / "2017-03-01").iterdir())) == 4
    assert (tmp_path / "file").read_text() == "mine"


def test_a_failure_leaves_what_was_there_and_nothing_else(spark, tmp_path):
    good = spark.createDataFrame([(float(FIRST_MARCH), 1)], "time_start double, n long")
    failing = good.withColumn("n", F.expr("CASE WHEN n = 1 THEN raise_error('one') ELSE n END"))
    for overwrite in (False, True):
        with pytest.raises(Exception, match="one"):
            write_by_day(failing, str(tmp_path / "out"), overwrite=overwrite)
        assert [row.n for row in rows_of(spark, tmp_path / "out")] == [1] * overwrite
        assert days_of(tmp_path) == ["out"] * overwrite
        if not overwrite:
            write_by_day(good, str(tmp_path / "out"))


def rows_of(spark, folder):
    """The rows of an output; none if it is not there."""
    return spark.read.parquet(str(folder)).collect() if folder.exists() else []


def test_a_table_without_times_is_refused(spark, tmp_path):
    with pytest.raises(UsageError, match="req_time"):
        write_by_day(spark.range(1), str(tmp_path / "out"))
