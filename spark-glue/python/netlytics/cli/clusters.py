"""Where run_clustering.py's clusters come from: learned from the rows, or out of a saved model."""

from netlytics import load_model, lookup, parameters
from netlytics.cli.features import features_of, with_features
from netlytics.cli.job import check_script, parameters_of
from netlytics.clustering.centres import CentreClustering
from netlytics.errors import UsageError
from netlytics.output.hadoop_path import located
from netlytics.transform import applied


class Learned:
    """Clusters that are learned from the rows themselves."""

    def __init__(self, arguments, script):
        """Raises UsageError for arguments that do not go together, before Spark starts."""
        if not arguments.algo:
            raise UsageError("--algo says which algorithm; or --model, which model")
        self._arguments = arguments
        entry, algorithm_class = lookup.algorithm(arguments.algo)
        given = parameters_of(arguments.params)
        if entry is not None:
            check_script(entry, script)
            given = parameters.effective(entry, given)
        self._features = features_of(arguments)
        self._is_own = entry is None
        self._algorithm_class, self._given = algorithm_class, given
        self._algorithm = self._model = None
        if arguments.overwrite_model and not arguments.save_model:
            raise UsageError("--overwrite_model belongs to --save_model")
        if arguments.save_model and not issubclass(algorithm_class, CentreClustering):
            raise UsageError(f"--save_model: {arguments.algo} learns no model")

    def begin(self, spark):
        """Fails before any work where the model could not be saved."""
        arguments = self._arguments
        self._algorithm = self._algorithm_class(self._given)
        if arguments.save_model and not arguments.overwrite_model:
            check_new(spark, arguments.save_model)

    def clusters(self, table):
        """The rows with their features and clusters."""
        featured, transform = with_features(table, self._features, self._arguments)
        if not self._arguments.save_model:
            return self._algorithm.run(featured)
        model = self._algorithm.fit(featured)
        self._model = model.with_transform(transform)
        return self._algorithm.predict(featured, model)

    def end(self, spark):
        """Saves the model; what people are told, as lines."""
        # People's own classes have nothing to tell.
        lines = [] if self._is_own else self._algorithm.told()
        if self._model is not None:
            path = self._arguments.save_model
            self._model.save(path, overwrite=self._arguments.overwrite_model, spark=spark)
            lines.append(f"model saved as {path}")
        return lines


class Loaded:
    """Clusters of a model that was saved."""

    def __init__(self, arguments):
        """Raises UsageError for arguments that do not go together, before Spark starts."""
        self._arguments = arguments
        self._given = parameters_of(arguments.params)
        self._algorithm = self._model = None
        for name in ("save_model", "overwrite_model", "normalize", "scale"):
            self._refuse(name)
        self._refuse("numerical_features")
        self._refuse("categorical_features")
        if arguments.null_policy != "error":
            self._refuse("null_policy")

    def _refuse(self, name):
        if getattr(self._arguments, name):
            raise UsageError(f"--{name} does not go with --model: the model was learned already")

    def begin(self, spark):
        """Reads the model. Raises UsageError unless it is a clustering's, with its features."""
        arguments = self._arguments
        self._model = load_model(arguments.model, spark)
        family, _, name = self._model.estimator.partition(".")
        if family != "clustering" or self._model.transform is None:
            raise UsageError(
                f"{arguments.model} is a model of {self._model.estimator}"
                f"{'' if self._model.transform else ' without the features it takes'}: expected one"
                " that --save_model wrote"
            )
        entry, algorithm_class = lookup.algorithm(name)
        if arguments.algo and lookup.algorithm(arguments.algo)[1] is not algorithm_class:
            raise UsageError(f"{arguments.model} is a model of {name}, not of {arguments.algo}")
        shown = {"details"} & {parameter["name"] for parameter in entry["parameters"]}
        for parameter in self._given:
            if parameter not in shown:
                raise UsageError(
                    f"the parameter {parameter} does not go with --model: it was learned already"
                )
        self._algorithm = algorithm_class(self._given)

    def clusters(self, table):
        """The rows with their features and clusters."""
        return self._algorithm.predict(applied(table, self._model.transform), self._model)

    def end(self, spark):
        """What people are told, as lines."""
        return [f"clusters of the model {self._arguments.model}"]


def check_new(spark, path):
    """Raises UsageError where a file is already."""
    fs, target = located(spark, path)
    if fs.exists(target):
        raise UsageError(
            f"--save_model: there is a file at {path} already: choose another path, or give"
            " --overwrite_model"
        )
