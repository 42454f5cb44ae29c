"""The dns.log of the benchmark as a table of text: its columns and their types."""

# Name, and whether it is text, a whole number or a double.
COLUMNS = {
    "ts": "double",
    "uid": "text",
    "c_ip": "text",
    "c_port": "long",
    "s_ip": "text",
    "s_port": "long",
    "proto": "text",
    "trans_id": "text",
    "rtt": "double",
    "query": "text",
    "qclass": "long",
    "req_class": "text",
    "qtype": "long",
    "req_type": "text",
    "rcode": "long",
    "resp_code": "text",
    "AA": "text",
    "TC": "text",
    "RD": "text",
    "RA": "text",
    "Z": "long",
    "answers": "text",
    "TTLs": "text",
    "rejected": "text",
}
# Columns of the table that are those of the log as they are.
AS_THEY_ARE = [
    *("c_ip", "c_port", "s_ip", "s_port", "trans_id", "query"),
    *("req_type", "req_class", "resp_code"),
]
# Bits of the flags in the table.
BITS = {"AA": 32, "TC": 16, "RD": 8, "RA": 4}
# Lines of a Zeek header.
HEADER_LINES = 8
