"""Starts and stops MiniCluster.java: HDFS and YARN on loopback."""

import os
import queue
import shutil
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

from processes import command_line, descendants

HERE = Path(__file__).resolve().parent
READY_SECONDS = 90
ANSWER_SECONDS = 30
STOP_SECONDS = 30
LOG_CHARACTERS = 4000


class MiniCluster:
    """A running cluster. ``conf`` is its HADOOP_CONF_DIR, ``uri`` its HDFS: ``hdfs://host:port``."""

    def __init__(self, jars, folder):
        self.folder = folder
        self.conf = folder / "conf"
        self._log = folder / "daemons.log"
        (folder / "tmp").mkdir()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                java_command(jars, folder),
                cwd=folder,
                env={**os.environ, "JAVA_HOME": str(java().parent.parent)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._said = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self._expect("READY", READY_SECONDS)
        except BaseException:
            self.stop()
            raise
        site = ElementTree.parse(self.conf / "core-site.xml")
        self.uri = site.findtext("property[name='fs.defaultFS']/value")

    def tell(self, *command):
        """Has the cluster do something; see MiniCluster.java. Returns when it is done."""
        self._process.stdin.write(" ".join(command) + "\n")
        self._process.stdin.flush()
        self._expect("DONE", ANSWER_SECONDS)

    def executors(self):
        """Process ids of the Spark executors that run now."""
        return [
            pid
            for pid in descendants(self._process.pid)
            # Not the shells that started them, whose command lines say the same.
            if (line := command_line(pid)).split(" ")[0].endswith("/java")
            and "CoarseGrainedExecutorBackend" in line
        ]

    def applications(self):
        """Ids of the applications whose containers have said something."""
        return {place.name for place in self.folder.glob("yarn/*/logs/*")}

    def said(self, application="*"):
        """What the containers of an application have said, the last of each."""
        logs = sorted(self.folder.glob(f"yarn/*/logs/{application}/*/std*"))
        texts = [(log, log.read_text(errors="replace")[-LOG_CHARACTERS:]) for log in logs]
        return "\n".join(f"{log}:\n{text}" for log, text in texts if text)

    def stop(self):
        """Ends the daemons and every container; what does not end by itself is killed."""
        containers = descendants(self._process.pid)
        # A daemon that has died has closed it.
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pid in containers:
            # Another program may have got the number since: ours work below the folder.
            if str(self.folder) in command_line(pid):
                os.kill(pid, signal.SIGKILL)

    def _listen(self):
        for line in self._process.stdout:
            self._said.put(line.strip())
        self._said.put(None)

    def _expect(self, word, seconds):
        try:
            said = self._said.get(timeout=seconds)
        except queue.Empty:
            said = f"nothing in {seconds} s"
        if said != word:
            raise RuntimeError(
                f"the mini-cluster said {said}, expected {word}:\n{self._log.read_text()[-8000:]}"
            )


def java_command(jars, folder):
    """Command line of the daemons' JVM."""
    return [
        *(str(java()), "-Xmx512m", "-XX:TieredStopAtLevel=1", f"-Djava.io.tmpdir={folder / 'tmp'}"),
        # Hadoop 3.3's Guice, on Java 17.
        *("--add-opens", "java.base/java.lang=ALL-UNNAMED"),
        f"-Dlog4j.configuration={(HERE / 'log4j.properties').as_uri()}",
        *("-cp", f"{jars}/*", str(HERE / "MiniCluster.java"), str(folder)),
    ]


def java():
    """The Java program; containers are started with the same."""
    home = os.environ.get("JAVA_HOME")
    return Path(home, "bin", "java") if home else Path(shutil.which("java")).resolve()
