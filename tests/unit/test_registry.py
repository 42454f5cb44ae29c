"""The lists of connectors, algorithms and tables, from a checkout and from a zip."""

import importlib
import json
import subprocess
import sys
import zipfile

import pytest

from netlytics import lookup, registry
from netlytics.algo import Algo
from netlytics.cli import listing
from netlytics.errors import UsageError
from netlytics.feature_algo import FeatureAlgo
from netlytics.parameters import TYPES

REFERENCE_CONNECTORS = {
    "connectors.bro_to_DNS.Bro_To_DNS": "zeek_to_DNS",
    "connectors.bro_to_HTTP.Bro_To_HTTP": "zeek_to_HTTP",
    "connectors.squid_to_HTTP.Squid_To_HTTP": "squid_to_HTTP",
    "connectors.squid_to_named_flows.Squid_To_Named_Flows": "squid_to_NamedFlows",
    "connectors.bro_to_named_flows.Bro_To_Named_Flows": "zeek_to_NamedFlows",
    "connectors.tstat_to_DNS.Tstat_To_DNS": "tstat_to_DNS",
    "connectors.tstat_to_HTTP.Tstat_To_HTTP": "tstat_to_HTTP",
    "connectors.tstat_to_named_flows.Tstat_To_Named_Flows": "tstat_to_NamedFlows",
    "connectors.bind_to_DNS.Bind_To_DNS": "bind_to_DNS",
}
REFERENCE_ALGORITHMS = {
    "algos.domain_traffic.DomainTraffic": "domain_traffic",
    "algos.top_DNS_servers.TopDNSServers": "top_dns_servers",
    "algos.save_Dataframe.SaveDataFrame": "save_dataframe",
}


@pytest.mark.parametrize(("alias", "name"), REFERENCE_CONNECTORS.items())
def test_reference_connectors_are_aliases(alias, name):
    assert registry.connector(alias)["name"] == name


@pytest.mark.parametrize(("alias", "name"), REFERENCE_ALGORITHMS.items())
def test_reference_algorithms_are_aliases_and_importable(alias, name):
    entry, algorithm = lookup.algorithm(alias)
    assert entry["name"] == name
    module, _, class_name = alias.rpartition(".")
    assert getattr(importlib.import_module(module), class_name) is algorithm


def test_every_algorithm_has_its_class_and_known_parameter_types():
    for entry in registry.algorithms():
        _, algorithm = lookup.algorithm(entry["name"])
        assert issubclass(algorithm, (Algo, FeatureAlgo))
        for parameter in entry["parameters"]:
            assert parameter["type"] in TYPES
            assert algorithm.parameters[parameter["name"]] == parameter["default"]


def test_every_connector_has_its_table_and_options():
    for entry in registry.connectors():
        schema = registry.table_schema(entry["table"])
        assert schema["type"] == "struct"
        assert all(field["metadata"]["comment"] for field in schema["fields"])
        names = [option["name"].lower() for option in registry.reader_options(entry)]
        assert "mode" in names
        assert len(names) == len(set(names))


def test_parts_have_names_but_are_not_among_the_connectors():
    part = registry.connector("zeek_to_NamedFlows/names")
    assert (part["table"], part["tool"], part["aliases"]) == ("ZeekName", "zeek", [])
    assert lookup.connector("tstat_to_DNS/rows")[0]["table"] == "DNS"
    assert registry.reader_options(part) == registry.reader_options(
        registry.connector("zeek_to_NamedFlows")
    )
    assert not [entry["name"] for entry in registry.connectors() if "/" in entry["name"]]
    assert "/names" not in listing.connectors()
    with pytest.raises(UsageError, match="zeek_to_NamedFlows"):
        registry.connector("zeek_to_NamedFlows/nams")


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(UsageError, match="did you mean NamedFlows"):
        registry.table_schema("NamedFlow")


def test_the_registry_is_found_inside_a_zip(checkout, tmp_path):
    """As --py-files gives a wheel to a driver."""
    package = checkout / "spark-glue" / "python"
    path = tmp_path / "netlytics.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in package.glob("netlytics/**/*.py"):
            archive.write(file, file.relative_to(package))
        archive.write(checkout / "connectors" / "registry.json", "netlytics/data/connectors.json")
        for table in ("DNS", "HTTP", "NamedFlows"):
            archive.write(checkout / "schema" / f"{table}.json", f"netlytics/data/{table}.json")
    code = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); from netlytics import registry; "
        "print(json.dumps([registry.connectors(), registry.table_schema('DNS')]))"
    )
    command = [sys.executable, "-c", code, str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert json.loads(answer.stdout) == [registry.connectors(), registry.table_schema("DNS")]
