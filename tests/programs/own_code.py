"""What a user of the reference has written: a connector and an algorithm of their own."""

import os

from pyspark.sql import Row

from core.algo import Algo
from core.anomaly_detection_algo import AnomalyDetectionAlgo
from core.connector import Connector


class LinesToNamedFlows(Connector):
    """``<name> <bytes>`` a line, read by Python workers as the reference's connectors do."""

    _name = "Lines to NamedFlows"
    _input_tool = "Lines"
    _output_type = "NamedFlows"

    def get_DF(self, spark_context, sql_context):
        names = self.schema.names
        day = self.input_date_start.strftime("%Y")
        rows = spark_context.textFile(self.input_path).map(lambda line: flow(line, names, day))
        return sql_context.createDataFrame(rows, self.schema)


def flow(line, names, day):
    """A NamedFlows row of a line."""
    name, size = line.split()
    values = {"name": name, "s_bytes": int(size), "time_start": float(day), "c_ip": "10.0.0.1"}
    return Row(*[values.get(column) for column in names])


class CountFlows(Algo):
    """Writes how many rows there are."""

    _name = "count_flows"
    _input_type = "NamedFlows"
    parameters = {"unit": "flows"}  # noqa: RUF012 - as people write it

    def run(self):
        with open(os.path.join(self.output_dir, "count.txt"), "w") as file:
            print(self.input_DF.count(), self.parameters["unit"], file=file)


class FarFromZero(AnomalyDetectionAlgo):
    """The rows whose features are long as vectors, as a pandas DataFrame."""

    _name = "far_from_zero"
    parameters = {"length": 1.0}  # noqa: RUF012 - as people write it

    def run(self, input_dataframe):
        frame = input_dataframe.toPandas()
        lengths = frame["features"].map(lambda vector: float(vector.norm(2)))
        far = frame.assign(length=lengths)[lengths > self.parameters["length"]]
        return far.set_index("name")[["s_bytes", "length"]].sort_values("length")
