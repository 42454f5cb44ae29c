"""What algorithms over a column of features have in common."""


class FeatureAlgo:
    """Takes its parameters alone; the table is given to ``run``.

    ``parameters`` of the class are the defaults.
    """

    _name = None
    parameters = {}  # noqa: RUF012 - user classes override it; instances never change it

    def __init__(self, parameters=None):
        self.parameters = {**self.parameters, **(parameters or {})}

    @property
    def name(self):
        """Name of the algorithm."""
        return self._name

    def run(self, input_dataframe):
        """Does the work; see the subclasses for what it returns."""
        raise NotImplementedError(f"{type(self).__name__} has no run()")
