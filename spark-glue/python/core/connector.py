"""Base class of people's own connectors."""


class Connector:
    """Makes a Data Table of one tool's logs.

    A subclass sets ``_name``, ``_input_tool`` and ``_output_type`` (the table's name) and writes
    ``get_DF``. Dates are ``datetime.date``, both inclusive.
    """

    _name = None
    _input_tool = None
    _output_type = None

    def __init__(self, input_path, input_date_start, input_date_end):
        self.input_path = input_path
        self.input_date_start = input_date_start
        self.input_date_end = input_date_end

    def set_schema(self, schema):
        """Is given the StructType of ``output_type`` before ``get_DF`` is called."""
        self.schema = schema

    @property
    def name(self):
        """Name of the connector."""
        return self._name

    @property
    def input_tool(self):
        """The tool whose logs it reads."""
        return self._input_tool

    @property
    def output_type(self):
        """The Data Table it makes."""
        return self._output_type

    def get_DF(self, spark_context, sql_context):
        """The DataFrame; ``sql_context`` is the SparkSession."""
        raise NotImplementedError(f"{type(self).__name__} has no get_DF()")
