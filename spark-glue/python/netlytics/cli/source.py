"""The Data Table that a script's arguments ask for."""

from netlytics import lookup, own_connectors, registry
from netlytics.cli.arguments import reader_settings
from netlytics.reading import read


class Source:
    """The connector and options of the arguments, checked before Spark starts.

    ``entry`` is the connector's registry entry; None for a person's own class.
    """

    def __init__(self, arguments):
        self.entry, self._own_class = lookup.connector(arguments.connector)
        self._settings = reader_settings(self.entry, arguments)
        self._place = (arguments.input_path, arguments.start_day, arguments.end_day)

    def table(self, spark):
        """The DataFrame."""
        if self.entry is None:
            return own_connectors.data_table(spark, self._own_class, *self._place)
        return self._read(spark, self.entry)

    def other_tables(self, spark):
        """(registry entry, DataFrame) of the other tables that the same tool's logs give."""
        tool = self.entry and self.entry["tool"]
        for entry in registry.connectors():
            if entry["tool"] == tool and entry["name"] != self.entry["name"]:
                yield entry, self._read(spark, entry)

    def _read(self, spark, entry):
        return read(spark, entry["name"], *self._place, **self._settings)

    def corrupt_column(self):
        """Name of the hidden column with bad lines; None for an own connector."""
        if self.entry is None:
            return None
        return self._settings.get("columnNameOfCorruptRecord", "_corrupt_record")
