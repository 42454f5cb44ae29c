"""The Data Table itself, as a file."""

from netlytics.jobs.registered import RegisteredJob


class SaveDataframe(RegisteredJob):
    """dataframe.csv: the table's columns, in its order."""

    _name = "save_dataframe"

    def run(self):
        self.write(self.limited(self.input_DF), "dataframe.csv")
