"""The example commands of the reference's README, word for word after the script's name."""

SQUID = (
    *("--connector", "connectors.squid_to_HTTP.Squid_To_HTTP"),
    *("--input_path", "logs/squid"),
    *("--start_day", "2017_03_01"),
    *("--end_day", "2017_03_31"),
)
CLUSTERING = (
    *SQUID,
    *("--algo", "algos.clustering.KMeans.KMeans"),
    *("--params", '{"K":5}'),
    *("--categorical_features", "method,status_code,content_type,s_port"),
    *("--numerical_features", "response_body_len"),
    "--normalize",
    *("--output_path", "results_clustering"),
)
# Its connector gives no such columns.
ANOMALIES = (
    *SQUID,
    *("--algo", "algos.anomaly_detection.S_H_ESD.S_H_ESD"),
    "--query",
    "select FLOOR(time_start/60)*60 as time, sum(s_bytes) as value from netlytics "
    "group by FLOOR(time_start/60) * 60 order by time",
    *("--numerical_features", "value"),
    *("--output_path", "S_H_ESD_output"),
)
