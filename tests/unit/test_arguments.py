"""What the scripts say to wrong arguments, and their help. No Spark starts."""

import pytest

from netlytics.cli import job, query

QUERY = {
    "--input_path": "logs",
    "--connector": "zeek_to_DNS",
    "--query": "SELECT * FROM netlytics",
    "--output_file_local": "out.csv",
}
JOB = {
    "--input_path": "logs",
    "--connector": "squid_to_NamedFlows",
    "--algo": "domain_traffic",
    "--output_path": "out",
}
PROGRAMS = {"run_query.py": (query.main, QUERY), "run_job.py": (job.main, JOB)}


def status(script, capsys, changes, *more):
    """(exit status, stderr) of a script with some of its arguments changed; None leaves one out."""
    main, base = PROGRAMS[script]
    chosen = {key: value for key, value in {**base, **changes}.items() if value is not None}
    arguments = [part for pair in chosen.items() for part in pair]
    try:
        code = main([*arguments, *more])
    except SystemExit as leaving:
        code = leaving.code
    return code, capsys.readouterr().err


WRONG = [
    ("run_query.py", {"--connector": "zeek_to_DSN"}, "did you mean zeek_to_DNS"),
    (
        "run_query.py",
        {"--connector": "connectors.bro_to_DNS.Bro"},
        "connectors.bro_to_DNS.Bro_To_D",
    ),
    ("run_query.py", {"--connector": "no.such.module.Class"}, 'unknown connector "no.such.module'),
    ("run_query.py", {"--connector": None}, "--connector"),
    ("run_query.py", {"--query": None}, "--query"),
    ("run_query.py", {"--output_file_local": None}, "--output_file_HDFS"),
    ("run_query.py", {"--output_file_HDFS": "x"}, "not allowed with"),
    ("run_query.py", {"--start_day": "2017/03/01"}, "expected YYYY_MM_DD"),
    ("run_query.py", {"--mode": "FAILFATS"}, "did you mean FAILFAST"),
    ("run_query.py", {"--option": "batchRow=5"}, "did you mean batchRows"),
    ("run_query.py", {"--option": "logformat=%ts"}, "option of zeek_to_DNS"),
    ("run_query.py", {"--option": "batchRows"}, "expected NAME=VALUE"),
    ("run_query.py", {"--option": "StartDay=2017_03_01"}, "--start_day"),
    ("run_job.py", {"--algo": "domain_trafic"}, "did you mean domain_traffic"),
    ("run_job.py", {"--algo": "algos.domain_traffic.Domain"}, "algos.domain_traffic.DomainTraffic"),
    ("run_job.py", {"--algo": "top_dns_servers"}, "works on DNS, but squid_to_NamedFlows gives"),
    ("run_job.py", {"--params": '{"N_TOPP": 4}'}, "did you mean N_TOP"),
    ("run_job.py", {"--params": '{"N": "4"}'}, "expected a long"),
    ("run_job.py", {"--params": "N=4"}, "--params is no JSON"),
    ("run_job.py", {"--params": "[4]"}, "--params is no JSON object"),
]


@pytest.mark.parametrize(("script", "changes", "says"), WRONG)
def test_wrong_usage_is_status_2_and_one_clear_line(script, changes, says, capsys):
    code, err = status(script, capsys, changes)
    assert code == 2
    last = err.strip().splitlines()[-1]
    assert last.startswith(f"{script}: error: ")
    assert says in last
    assert "Traceback" not in err


def test_verbose_shows_the_traceback(capsys):
    code, err = status("run_job.py", capsys, {"--algo": "nothing"}, "--verbose")
    assert code == 2
    assert "Traceback" in err


@pytest.mark.parametrize("script", PROGRAMS)
def test_help_lists_connectors_options_and_algorithms(script, capsys):
    with pytest.raises(SystemExit) as leaving:
        PROGRAMS[script][0](["--help"])
    text = capsys.readouterr().out
    assert leaving.value.code == 0
    for name in ("zeek_to_DNS", "connectors.bro_to_DNS.Bro_To_DNS", "badRecordsPath", "logformat"):
        assert name in text
    if script == "run_job.py":
        for name in ("domain_traffic", "algos.save_Dataframe.SaveDataFrame", "N or N_TOP"):
            assert name in text
