"""What a Tstat that saw the traffic of zeek.traffic would have logged."""

import ipaddress

RR_FLAGS = {"CD": 1, "AD": 2, "RA": 4, "RD": 8, "TC": 16, "AA": 32}


def ends(record: dict) -> dict:
    return {
        "c_ip": record["id.orig_h"],
        "c_port": record["id.orig_p"],
        "s_ip": record["id.resp_h"],
        "s_port": record["id.resp_p"],
    }


def is_address(text: str) -> bool:
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def tcp_flows(traffic) -> list:
    """Records of log_tcp_complete, in the order of the flows' ends."""
    hosts = {record["uid"]: record["host"] for record in reversed(traffic.logs["http"])}
    names = {record["uid"]: record["server_name"] for record in traffic.logs["ssl"]}
    found = []
    for conn in traffic.logs["conn"]:
        if conn["proto"] != "tcp":
            continue
        first, durat = conn["ts"] * 1e3, conn["duration"] * 1e3
        uid, record = conn["uid"], ends(conn)
        for side, of in (("c", "orig"), ("s", "resp")):
            record[f"{side}_pkts_all"] = conn[f"{of}_pkts"] + 4
            record[f"{side}_ack_cnt"] = conn[f"{of}_pkts"] + 3
            record[f"{side}_pkts_data"] = conn[f"{of}_pkts"]
            for column in ("bytes_uniq", "bytes_all"):
                record[f"{side}_{column}"] = conn[f"{of}_bytes"]
            for column in ("syn_cnt", "fin_cnt"):
                record[f"{side}_{column}"] = 1
            record[f"{side}_mss"] = 1460
            record[f"{side}_rtt_avg"] = 12.5
        record |= {"first": first, "last": first + durat, "durat": durat}
        record |= {"c_isint": 1, "con_t": 8192 if uid in names else 1}
        record |= {"http_hostname": hosts.get(uid, "-"), "c_tls_SNI": names.get(uid) or "-"}
        record |= {"fqdn": name_of_address(traffic, conn), "req_tm": 0.0, "res_tm": 0.0}
        found.append(record)
    return sorted(found, key=lambda record: record["last"])


def name_of_address(traffic, conn: dict) -> str:
    """DN-Hunter: what the client last looked up that had the server's address in its answer."""
    names = [
        lookup["query"]
        for lookup in traffic.logs["dns"]
        if lookup["id.orig_h"] == conn["id.orig_h"]
        and lookup["ts"] <= conn["ts"]
        and conn["id.resp_h"] in (lookup["answers"] or [])
    ]
    return names[-1] if names else "-"


def udp_flows(traffic) -> list:
    """Records of log_udp_complete. Starts are in milliseconds, durations in seconds."""
    found = []
    for conn in traffic.logs["conn"]:
        if conn["proto"] == "udp":
            answered = conn["duration"] is not None
            record = {**ends(conn), "c_isint": 1, "c_type": 19, "c_first_abs": conn["ts"] * 1e3}
            record |= {"c_durat": 0.0, "c_bytes_all": conn["orig_bytes"] or 40, "c_pkts_all": 1}
            started = (conn["ts"] + conn["duration"]) * 1e3 if answered else 0.0
            record |= {"s_first_abs": started, "s_durat": 0.0, "s_type": 19 if answered else 0}
            record |= {"s_bytes_all": conn["resp_bytes"] or 0, "s_pkts_all": int(answered)}
            found.append(record)
    return found


def quic_flow(ts: float, client: str, server: str, name: str) -> dict:
    """A QUIC flow of log_udp_complete."""
    record = {"c_ip": client, "c_port": 51443, "s_ip": server, "s_port": 443, "c_isint": 1}
    record |= {"c_first_abs": ts * 1e3, "c_durat": 12.25, "c_bytes_all": 9000, "c_pkts_all": 20}
    record |= {"s_first_abs": ts * 1e3 + 20.5, "s_durat": 12.5, "s_bytes_all": 500_000}
    return record | {"s_pkts_all": 400, "c_type": 27, "s_type": 27, "quic_SNI": name}


def dns_rows(traffic) -> list:
    """Records of log_dns_complete: one a question, one an answer, one an error."""
    found = []
    for lookup in traffic.logs["dns"]:
        if lookup["qtype_name"] is None:
            continue
        asked, kind = (lookup["query"] or "") + ".", lookup["qtype_name"].replace("*", "OTHER")
        common = {**ends(lookup), "c_isint": 1, "s_isint": 0, "c_iscrypto": 0, "s_iscrypto": 0}
        common |= {"trans_id": f"0x{lookup['trans_id']:04x}", "class": "IN", "qdcount": 1}
        common |= {"ancount": 0, "nscount": 0, "arcount": 0, "pkt_size": 17 + len(asked)}
        # The root is written as nothing.
        question = {"query": asked if asked != "." else "-", "type": kind}
        when = lookup["ts"] * 1e3
        found.append({**common, **question, "time": when, "entry": "REQ", "flags": flags(RD=True)})
        if lookup["rtt"] is None:
            continue
        common["time"] = when + lookup["rtt"] * 1e3
        bits = flags(**{flag: lookup[flag] for flag in ("RA", "RD", "TC", "AA")})
        if lookup["rcode"]:
            error = {"entry": "RESP_ERR", "answer": lookup["rcode_name"], "flags": bits}
            found.append({**common, **question, **error})
            continue
        answers = [answer for answer in lookup["answers"] or [] if answer]
        owner = asked
        for answer, ttl in zip(answers, lookup["TTLs"] or []):
            rr, written = rr_of(answer, kind)
            record = {"query": owner, "ttl": int(ttl), "type": rr, "answer": written}
            record |= {"entry": "RESP", "flags": bits, "ancount": len(answers)}
            found.append({**common, **record})
            owner = written if rr == "CNAME" else owner
    return sorted(found, key=lambda record: record["time"])


def flags(**given) -> str:
    return f"0x{sum(RR_FLAGS[name] for name, there in given.items() if there):02x}"


def rr_of(answer: str, asked: str) -> tuple:
    """Type and data of an answer, as ldns writes it; its blanks are tabs."""
    if is_address(answer):
        return ("AAAA" if ":" in answer else "A"), answer
    if asked == "TXT":
        return "TXT", '"' + answer.split(" ", 2)[-1].replace(" ", "\t") + '"'
    if asked == "MX":
        return "MX", f"10\t{answer}."
    return ("CNAME" if asked in ("A", "AAAA") else asked), f"{answer}."


def http_rows(traffic) -> list:
    """(record, is a response) of log_http_complete, in order."""
    found = []
    for request in traffic.logs["http"]:
        common = {**ends(request), "time_abs": request["ts"]}
        asked = {"method": request["method"], "hostname": request["host"], "path": request["uri"]}
        asked |= {"referer": request["referrer"] or "-", "user_agent": request["user_agent"] or "-"}
        found.append(({**common, **asked}, False))
        if request["status_code"] is not None:
            answer = {"time_abs": request["ts"] + 0.04, "HTTP": "HTTP", "server": "sample/1.0"}
            answer |= {"response": request["status_code"]}
            answer |= {"content_len": request["response_body_len"]}
            answer |= {"content_type": (request["resp_mime_types"] or ["-"])[0]}
            found.append(({**common, **answer}, True))
    return sorted(found, key=lambda pair: pair[0]["time_abs"])
