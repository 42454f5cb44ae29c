"""``read``: log files as a DataFrame."""

from netlytics import days, jar, names, registry
from netlytics.errors import UsageError, causes, from_spark, java_side

FORMAT = "netlytics"
# Set by read's own arguments.
OWN_ARGUMENTS = {
    "connector": "connector",
    "path": "path",
    "paths": "path",
    "startday": "start_day",
    "endday": "end_day",
}


def read(spark, connector, path, start_day=None, end_day=None, **options):
    """The Data Table that ``connector`` makes of the log files under ``path``.

    connector: a name or alias of connectors/registry.json. path: a file, directory or glob on any
    Hadoop file system, or a list of them. start_day, end_day: ``YYYY_MM_DD``, both inclusive;
    without them all days found are read. options: reader options (docs/options.md), for instance
    ``mode="FAILFAST"``. Files are read by actions: put ``translated()`` around those to get
    NetlyticsError with file and offset. Raises UsageError, NetlyticsError.
    """
    entry = registry.connector(connector)
    check_options(entry, options)
    reader = spark.read.format(FORMAT).option("connector", entry["name"])
    reader = reader.options(**day_options(start_day, end_day), **options)
    try:
        return reader.load(path if isinstance(path, str) else list(path))
    except Exception as error:
        found = from_spark(error)
        if found is None and is_missing_source(error):
            found = jar.missing_from_class_path()
        if found is None:
            raise
        raise found from error


def check_options(entry, options):
    """Refuses options the connector does not take, naming the nearest; case does not matter."""
    valid = registry.reader_options(entry)
    known = {option["name"].lower() for option in valid}
    for name in options:
        if name.lower() in OWN_ARGUMENTS:
            raise UsageError(
                f'"{name}" is no further option: give it as {OWN_ARGUMENTS[name.lower()]}'
            )
        if name.lower() not in known:
            raise names.unknown(f"option of {entry['name']}", name, valid)


def day_options(start_day, end_day):
    """The reader options for a range of days, either side of which may be None."""
    start = None if start_day is None else days.parse(start_day)
    end = None if end_day is None else days.parse(end_day)
    days.check_order(start, end)
    wanted = {"startDay": start, "endDay": end}
    return {name: days.written(day) for name, day in wanted.items() if day is not None}


def is_missing_source(error):
    """Whether Spark did not find the data source's class."""
    return any(
        cause.getClass().getName().endswith("ClassNotFoundException")
        for cause in causes(java_side(error))
    )
