"""Runs a program as a user does: the spark-submit beside a Python's pyspark."""

import os
import subprocess
from functools import lru_cache

SECONDS = 240


class Submit:
    """spark-submit of one Spark, with one jar, in one folder."""

    def __init__(self, python, jar, checkout, folder):
        self.python = str(python)
        self.jar = str(jar)
        self.checkout = checkout
        self.folder = folder

    def script(self, name, *arguments, **how):
        """Runs scripts/<name>; see ``__call__``."""
        return self(self.checkout / "scripts" / name, *arguments, **how)

    def __call__(self, program, *arguments, **how):
        """Runs a program to its end. Returns subprocess.CompletedProcess with text output."""
        process = self.start(program, *arguments, **how)
        out, err = process.communicate(timeout=SECONDS)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def start(
        self, program, *arguments, master="local[2]", with_jar=True, options=(), environment=None
    ):
        """Starts a program. options: further options of spark-submit."""
        command = [spark_submit(self.python), "--master", master]
        command += ["--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=2"]
        quiet = self.checkout / "tests" / "log4j2.properties"
        # A program of seconds gains nothing from what the JVM's second compiler spends.
        java = f"-Dlog4j2.configurationFile={quiet} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        command += ["--driver-java-options", java]
        command += ["--jars", self.jar] if with_jar else []
        command += [*options, str(program), *map(str, arguments)]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env={**self.environment(), **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def environment(self):
        """Only this Spark, whatever the tests themselves run with."""
        ours = {key: value for key, value in os.environ.items() if not key.startswith("SPARK_")}
        ours.pop("PYTHONPATH", None)
        return {**ours, "PYSPARK_PYTHON": self.python, "PYSPARK_DRIVER_PYTHON": self.python}


@lru_cache
def spark_submit(python):
    """Path of the spark-submit that belongs to the pyspark of a Python."""
    code = "from pyspark.find_spark_home import _find_spark_home as home; print(home())"
    environment = {key: value for key, value in os.environ.items() if key != "SPARK_HOME"}
    home = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    return os.path.join(home.stdout.strip(), "bin", "spark-submit")
