"""Plain files of several logs, one after the other, cut into slices."""

import logs
import netlytics

ROWS = 20_000


def day_of_two_logs(names_of_columns=""):
    """Two Zeek logs in one file; the second has its columns in another order."""
    orders = [logs.ZEEK_DNS_FIELDS.split(), logs.ZEEK_DNS_FIELDS.split()[::-1]]
    text = ""
    for place, fields in enumerate(orders):
        rows = logs.dns_rows(f"{place}-{number}.org" for number in range(ROWS))
        text += logs.zeek("dns", " ".join([*fields, *names_of_columns.split()]), rows)
    return text


def queries(spark, path, slices):
    """The names asked for, by how often, read in at least so many slices."""
    bytes_in_a_slice = str(path.stat().st_size // slices)
    spark.conf.set("spark.sql.files.maxPartitionBytes", bytes_in_a_slice)
    spark.conf.set("spark.sql.files.openCostInBytes", "0")
    try:
        table = netlytics.read(spark, "zeek_to_DNS", str(path)).select("query", "c_port", "s_ip")
        assert table.rdd.getNumPartitions() >= slices
        return sorted(table.collect())
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")
        spark.conf.unset("spark.sql.files.openCostInBytes")


def expected():
    """Every name once, with the port and resolver of all rows."""
    names = (f"{place}-{number}.org" for place in range(2) for number in range(ROWS))
    return sorted((name, 40000, "8.8.8.8") for name in names)


def test_each_slice_is_read_by_the_header_before_it(spark, tmp_path):
    path = logs.write(tmp_path / "dns.log", day_of_two_logs())
    for slices in (2, 3, 7, 50):
        assert queries(spark, path, slices) == expected()


def test_a_header_may_be_long(spark, tmp_path):
    more = " ".join(f"a_long_name_of_a_column_that_a_script_has_added_{n}" for n in range(2000))
    path = logs.write(tmp_path / "dns.log", day_of_two_logs(more))
    assert path.read_bytes().index(b"#types") > 100_000
    assert queries(spark, path, 5) == expected()
