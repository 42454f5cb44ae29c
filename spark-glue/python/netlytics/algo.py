"""Base class of algorithms that turn a Data Table into a report."""


class Algo:
    """An algorithm over one Data Table.

    ``run()`` writes its output under ``output_dir``: a directory of the driver's machine, or a URI
    such as ``hdfs:///reports``. ``temp_dir_HDFS`` is on the cluster's default file system.
    ``parameters`` of the class are the defaults; every instance has its own copy.
    """

    _name = None
    _input_type = "*"
    parameters = {}  # noqa: RUF012 - user classes override it; instances never change it

    def __init__(
        self,
        input_DF,
        output_dir,
        temp_dir_local=None,
        temp_dir_HDFS=None,
        persistent_dir_local=None,
        persistent_dir_HDFS=None,
    ):
        self.input_DF = input_DF
        self.output_dir = output_dir
        self.temp_dir_local = temp_dir_local
        self.temp_dir_HDFS = temp_dir_HDFS
        self.persistent_dir_local = persistent_dir_local
        self.persistent_dir_HDFS = persistent_dir_HDFS
        self.parameters = dict(self.parameters)

    @property
    def name(self):
        """Name of the algorithm."""
        return self._name

    @property
    def input_type(self):
        """The Data Table it works on, or ``*`` for any."""
        return self._input_type

    def run(self):
        """Does the work and writes the output."""
        raise NotImplementedError(f"{type(self).__name__} has no run()")
