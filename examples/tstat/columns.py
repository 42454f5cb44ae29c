"""The columns of Tstat's logs, in order, by the sets that a version writes."""


def words(text: str) -> list:
    return text.split()


CORE = words(
    "c_ip c_port c_pkts_all c_rst_cnt c_ack_cnt c_ack_cnt_p c_bytes_uniq c_pkts_data c_bytes_all "
    "c_pkts_retx c_bytes_retx c_pkts_ooo c_syn_cnt c_fin_cnt s_ip s_port s_pkts_all s_rst_cnt "
    "s_ack_cnt s_ack_cnt_p s_bytes_uniq s_pkts_data s_bytes_all s_pkts_retx s_bytes_retx "
    "s_pkts_ooo s_syn_cnt s_fin_cnt first last durat c_first s_first c_last s_last c_first_ack "
    "s_first_ack c_isint s_isint c_iscrypto s_iscrypto con_t p2p_t http_t"
)
END_TO_END = [
    f"{side}_{name}"
    for side in "cs"
    for name in words("rtt_avg rtt_min rtt_max rtt_std rtt_cnt ttl_min ttl_max")
]
P2P = words("p2p_st ed2k_data ed2k_sig ed2k_c2s ed2k_c2c ed2k_chat")
OPTIONS = [
    f"{side}_{name}"
    for side in "cs"
    for name in words(
        "f1323_opt tm_opt win_scl sack_opt sack_cnt mss mss_max mss_min win_max win_min win_0 "
        "cwin_max cwin_min cwin_ini pkts_rto pkts_fs pkts_reor pkts_dup pkts_unk pkts_fc "
        "pkts_unrto pkts_unfs syn_retx"
    )
]
# Of 3.2. Before, tls_session_stat was c_tls_sesid.
LAYER7 = words(
    "http_req_cnt http_res_cnt http_res c_pkts_push s_pkts_push c_tls_SNI s_tls_SCN c_npnalpn "
    "s_npnalpn tls_session_stat c_last_handshakeT s_last_handshakeT c_appdataT s_appdataT "
    "c_appdataB s_appdataB fqdn dns_rslv req_tm res_tm http_hostname c_TLSvers s_TLSvers dns_enc"
)
OLDER_LAYER7 = [
    name.replace("tls_session_stat", "c_tls_sesid")
    for name in LAYER7
    if name not in ("http_hostname", "c_TLSvers", "s_TLSvers", "dns_enc")
]
TCP = {  # what stands before the names, and the names
    "3.2": ("#15#", CORE + END_TO_END + P2P + OPTIONS + LAYER7),
    "3.0": ("#15#", CORE + END_TO_END + P2P + OPTIONS + OLDER_LAYER7),
    "core": ("#00#", CORE),
}
UDP = words(
    "c_ip c_port c_first_abs c_durat c_bytes_all c_pkts_all c_isint c_iscrypto c_type s_ip s_port "
    "s_first_abs s_durat s_bytes_all s_pkts_all s_isint s_iscrypto s_type fqdn quic_SNI quic_UA "
    "quic_CHLO quic_REJ"
)
DNS = {
    "3.2": words(
        "c_ip c_port c_isint c_iscrypto s_ip s_port s_isint s_iscrypto time entry trans_id query "
        "ttl class type answer flags qdcount ancount nscount arcount pkt_size"
    ),
    "branch": words(
        "c_ip c_port s_ip s_port time entry trans_id query ttl class type answer flags"
    ),
}
REQUEST = words(
    "c_ip c_port s_ip s_port time_abs method hostname fqdn path referer user_agent cookie dnt"
)
RESPONSE = words(
    "c_ip c_port s_ip s_port time_abs HTTP response content_len content_type server range "
    "location set_cookie"
)
# Columns that hold text; what is not known of them is "-", of the others 0.
TEXTS = {
    *words("c_tls_SNI s_tls_SCN c_tls_sesid fqdn dns_rslv http_hostname http_res"),
    *words("c_TLSvers s_TLSvers quic_SNI quic_UA"),
    *REQUEST,
    *RESPONSE,
    *DNS["3.2"],
}


def header(mark: str, names: list, separator: str = " ") -> str:
    """The line above the rows, each name with its place."""
    return mark + separator.join(f"{name}:{place}" for place, name in enumerate(names, 1))


def row(record: dict, names: list, separator: str = " ") -> str:
    """One line. Times are floats, of six decimals."""
    texts = []
    for name in names:
        value = record.get(name, "-" if name in TEXTS else 0)
        texts.append(f"{value:.6f}" if isinstance(value, float) else str(value))
    return separator.join(texts)
