"""Runs our scripts on YARN, as small as Spark lets itself be made."""

import os
import re

from spark_submit import spark_submit

SUMMARY = re.compile(r"^NetLytics: ([\d,]+) rows read, ([\d,]+) malformed, ", re.MULTILINE)
# JVMs that live for seconds only.
QUICK_START = "-XX:TieredStopAtLevel=1"
SMALL = {
    "spark.driver.memory": "512m",
    "spark.yarn.am.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.executor.instances": "1",
    "spark.executor.cores": "2",
    # Do not wait longer for things that take long on a real cluster.
    "spark.yarn.report.interval": "200",
    "spark.yarn.scheduler.heartbeat.interval-ms": "500",
    "spark.yarn.maxAppAttempts": "1",
    # All on loopback, whatever the machine's name means.
    "spark.yarn.appMasterEnv.SPARK_LOCAL_IP": "127.0.0.1",
    "spark.yarn.appMasterEnv.JDK_JAVA_OPTIONS": QUICK_START,
    "spark.executorEnv.JDK_JAVA_OPTIONS": QUICK_START,
}


class OnYarn:
    """spark-submit of our scripts to one cluster."""

    def __init__(self, submit, cluster, wheel):
        self._submit = submit
        self._cluster = cluster
        self._wheel = wheel

    def client(self, script, *arguments):
        """Runs scripts/<script> with its driver here. Returns (rows read, malformed)."""
        result = self._submit.script(script, *arguments, **self._how("client"))
        assert result.returncode == 0, result.stderr + self._cluster.said()
        return counts(result.stderr)

    def cluster(self, script, *arguments):
        """The same with its driver on the cluster, which has the wheel and no checkout."""
        before = self._cluster.applications()
        how = self._how("cluster", "--py-files", str(self._wheel))
        result = self._submit.script(script, *arguments, **how)
        (application,) = self._cluster.applications() - before
        said = self._cluster.said(application)
        assert result.returncode == 0, result.stderr + said
        return counts(said)

    def start(self, script, *arguments, **conf):
        """Starts scripts/<script> with its driver here. Returns its subprocess.Popen."""
        path = self._submit.checkout / "scripts" / script
        return self._submit.start(path, *arguments, **self._how("client", **conf))

    def _how(self, mode, *options, **conf):
        home = os.path.dirname(os.path.dirname(spark_submit(self._submit.python)))
        settings = {**SMALL, "spark.yarn.jars": f"local:{home}/jars/*", **conf}
        pairs = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
        own = {
            "HADOOP_CONF_DIR": str(self._cluster.conf),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_SUBMIT_OPTS": QUICK_START,
        }
        return {
            "master": "yarn",
            "options": ["--deploy-mode", mode, *pairs, *options],
            "environment": own,
        }


def counts(said):
    """(rows read, malformed) of a script's summary."""
    found = SUMMARY.search(said)
    assert found, said
    return tuple(int(number.replace(",", "")) for number in found.groups())
