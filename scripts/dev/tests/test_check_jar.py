"""check-jar must fail on a jar that holds more than it should, and name the entry."""

import pathlib
import tempfile
import unittest
import zipfile

import program

check_jar = program.load("check-jar")

SERVICE = "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister"
GOOD = {
    "META-INF/": "",
    "META-INF/MANIFEST.MF": "Manifest-Version: 1.0\n",
    "META-INF/LICENSE": "",
    "META-INF/NOTICE": "",
    "META-INF/THIRD-PARTY.md": "",
    SERVICE: "# ours\nio.netlytics.spark.NetlyticsSource\n",
    "io/netlytics/jni/Native.class": "",
    "native/linux-x86_64/libnetlytics_jni.so": "",
}


class CheckJar(unittest.TestCase):
    def jar(self, extra: dict[str, str], without: str = "") -> str:
        """Path of a jar with the entries of GOOD and some more, without one of them."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "some.jar"
        with zipfile.ZipFile(path, "w") as jar:
            for name, text in {**GOOD, **extra}.items():
                if name != without:
                    jar.writestr(name, text)
        return str(path)

    def test_our_own_entries_pass(self):
        self.assertEqual(check_jar.main([self.jar({})]), 0)

    def test_each_foreign_entry_is_named(self):
        for name in (
            "org/apache/spark/sql/Ours.class",
            "com/fasterxml/jackson/core/JsonParser.class",
            "META-INF/maven/io.netlytics/pom.xml",
            "META-INF/SIGNED.RSA",
            "io/netlytics/notes.txt",
            "native/linux-x86_64/notes.txt",
            "libnetlytics_jni.so",
        ):
            with self.subTest(name):
                bad = self.jar({name: ""})
                self.assertIn(f"{name} does not belong", "".join(check_jar.complaints(bad)))
                self.assertEqual(check_jar.main([bad]), 1)

    def test_a_foreign_service_is_named(self):
        bad = self.jar({SERVICE: "org.apache.spark.Other\n"})
        self.assertIn("registers org.apache.spark.Other", "".join(check_jar.complaints(bad)))

    def test_a_library_without_the_licence_list_is_told(self):
        bad = self.jar({}, without="META-INF/THIRD-PARTY.md")
        self.assertIn("META-INF/THIRD-PARTY.md is missing", "".join(check_jar.complaints(bad)))

    def test_a_file_that_is_no_jar_ends_with_status_2(self):
        self.assertEqual(check_jar.main([__file__]), 2)
