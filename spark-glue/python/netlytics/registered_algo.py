"""What the algorithms of algos/registry.json over a column of features have in common."""

from netlytics import parameters, registry
from netlytics.feature_algo import FeatureAlgo


class RegisteredAlgo(FeatureAlgo):
    """An algorithm that the registry lists under the class's ``_name``, with its defaults.

    ``parameters`` of an instance may have any name that the registry knows for them.
    """

    @classmethod
    def entry(cls):
        """Its registry entry."""
        return registry.algorithm(cls._name)

    def __init_subclass__(cls, **arguments):
        super().__init_subclass__(**arguments)
        if cls._name is not None:
            cls.parameters = parameters.defaults(cls.entry())

    def chosen(self):
        """All its parameters under their own names. Raises UsageError for one that is not there."""
        return parameters.effective(self.entry(), self.parameters)
