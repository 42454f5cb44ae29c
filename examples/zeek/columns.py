"""The columns of Zeek's dns, conn, http and ssl logs, by the version that wrote them.

Source: scripts/base/protocols/*/main.zeek of the tagged releases of zeek/zeek. Each log is given
as its oldest form here and what later releases put in or took out.
"""

HEAD = "ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port "


def log(columns: str) -> list:
    """A log's columns: the six every one begins with, and `columns`."""
    return (HEAD + columns).split()


DNS_24 = log(
    "proto:enum trans_id:count query:string qclass:count qclass_name:string qtype:count "
    "qtype_name:string rcode:count rcode_name:string AA:bool TC:bool RD:bool RA:bool Z:count "
    "answers:vector[string] TTLs:vector[interval] rejected:bool"
)
CONN_24 = log(
    "proto:enum service:string duration:interval orig_bytes:count resp_bytes:count "
    "conn_state:string local_orig:bool local_resp:bool missed_bytes:count history:string "
    "orig_pkts:count orig_ip_bytes:count resp_pkts:count resp_ip_bytes:count "
    "tunnel_parents:set[string]"
)
HTTP_24 = log(
    "trans_depth:count method:string host:string uri:string referrer:string user_agent:string "
    "request_body_len:count response_body_len:count status_code:count status_msg:string "
    "info_code:count info_msg:string filename:string tags:set[enum] username:string "
    "password:string proxied:set[string] orig_fuids:vector[string] "
    "orig_mime_types:vector[string] resp_fuids:vector[string] "
    "resp_mime_types:vector[string]"
)
SSL_24 = log(
    "version:string cipher:string curve:string server_name:string resumed:bool "
    "last_alert:string next_protocol:string established:bool cert_chain_fuids:vector[string] "
    "client_cert_chain_fuids:vector[string] subject:string issuer:string "
    "client_subject:string client_issuer:string"
)


def after(columns: list, name: str, *new: str) -> list:
    """`columns` with `new` put in behind the one called `name`."""
    place = [column.split(":")[0] for column in columns].index(name) + 1
    return [*columns[:place], *new, *columns[place:]]


def without(columns: list, *names: str) -> list:
    """`columns` but for those called `names`."""
    return [column for column in columns if column.split(":")[0] not in names]


DNS_25 = after(DNS_24, "trans_id", "rtt:interval")
DNS_81 = [*DNS_25, "opcode:count", "opcode_name:string"]
HTTP_25 = after(without(HTTP_24, "filename"), "referrer", "version:string")
HTTP_25 = after(HTTP_25, "orig_fuids", "orig_filenames:vector[string]")
HTTP_25 = after(HTTP_25, "resp_fuids", "resp_filenames:vector[string]")
HTTP_30 = after(HTTP_25, "user_agent", "origin:string")
SSL_41 = [
    *without(
        SSL_24,
        "cert_chain_fuids",
        "client_cert_chain_fuids",
        "subject",
        "issuer",
        "client_subject",
        "client_issuer",
    ),
    "ssl_history:string",
    "cert_chain_fps:vector[string]",
    "client_cert_chain_fps:vector[string]",
    "sni_matches_cert:bool",
]

# Release: the columns of its four logs as "name:type".
RELEASES = {
    "2.4": {"dns": DNS_24, "conn": CONN_24, "http": HTTP_24, "ssl": SSL_24},
    "2.5": {"dns": DNS_25, "conn": CONN_24, "http": HTTP_25, "ssl": SSL_24},
    "8.1": {"dns": DNS_81, "conn": [*CONN_24, "ip_proto:count"], "http": HTTP_30, "ssl": SSL_41},
}
