"""What the jobs have in common: their entry in the registry, their limit, their report."""

from netlytics import parameters, registry
from netlytics.algo import Algo
from netlytics.output import directory_file, write_one_file


class RegisteredJob(Algo):
    """An algorithm listed in algos/registry.json under ``_name``."""

    @classmethod
    def entry(cls):
        """Its registry entry."""
        return registry.algorithm(cls._name)

    def __init_subclass__(cls, **arguments):
        super().__init_subclass__(**arguments)
        cls.parameters = parameters.defaults(cls.entry())
        cls._input_type = cls.entry()["table"]

    def limited(self, table):
        """The first N rows of a table; all of them for N = -1."""
        chosen = parameters.effective(self.entry(), self.parameters)
        count = parameters.row_limit(self.entry(), chosen["N"])
        return table if count is None else table.limit(count)

    def write(self, table, file_name):
        """Writes the table as one CSV file of the output directory."""
        write_one_file(table, directory_file(self.output_dir, file_name), self.temp_dir_HDFS)
