//! The columns of logs whose header is lost, told by how many there are.

/// The columns that a version writes.
pub(super) struct Version {
    /// Names, in order, with a space between two.
    sets: &'static [&'static str],
    /// Those of them that this version did not have yet.
    lacks: &'static str,
}

impl Version {
    /// The names of its columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let lacks = |name: &str| self.lacks.split(' ').any(|lacking| lacking == name);
        self.sets.iter().flat_map(|set| set.split(' ')).filter(move |name| !lacks(name))
    }
}

/// The version whose rows have this many columns.
pub(super) fn of_width(versions: &'static [Version], width: usize) -> Option<&'static Version> {
    versions.iter().find(|version| version.names().count() == width)
}

const CORE: &str = "c_ip c_port c_pkts_all c_rst_cnt c_ack_cnt c_ack_cnt_p c_bytes_uniq c_pkts_data c_bytes_all c_pkts_retx \
    c_bytes_retx c_pkts_ooo c_syn_cnt c_fin_cnt s_ip s_port s_pkts_all s_rst_cnt s_ack_cnt s_ack_cnt_p \
    s_bytes_uniq s_pkts_data s_bytes_all s_pkts_retx s_bytes_retx s_pkts_ooo s_syn_cnt s_fin_cnt first last \
    durat c_first s_first c_last s_last c_first_ack s_first_ack c_isint s_isint c_iscrypto s_iscrypto con_t \
    p2p_t http_t";
const END_TO_END: &str = "c_rtt_avg c_rtt_min c_rtt_max c_rtt_std c_rtt_cnt c_ttl_min c_ttl_max s_rtt_avg s_rtt_min s_rtt_max \
    s_rtt_std s_rtt_cnt s_ttl_min s_ttl_max";
const P2P: &str = "p2p_st ed2k_data ed2k_sig ed2k_c2s ed2k_c2c ed2k_chat";
const OPTIONS: &str = "c_f1323_opt c_tm_opt c_win_scl c_sack_opt c_sack_cnt c_mss c_mss_max c_mss_min c_win_max c_win_min \
    c_win_0 c_cwin_max c_cwin_min c_cwin_ini c_pkts_rto c_pkts_fs c_pkts_reor c_pkts_dup c_pkts_unk \
    c_pkts_fc c_pkts_unrto c_pkts_unfs c_syn_retx s_f1323_opt s_tm_opt s_win_scl s_sack_opt s_sack_cnt s_mss \
    s_mss_max s_mss_min s_win_max s_win_min s_win_0 s_cwin_max s_cwin_min s_cwin_ini s_pkts_rto s_pkts_fs \
    s_pkts_reor s_pkts_dup s_pkts_unk s_pkts_fc s_pkts_unrto s_pkts_unfs s_syn_retx";
/// `tls_session_stat` was `c_tls_sesid` before 3.2.
const LAYER7: &str = "http_req_cnt http_res_cnt http_res c_pkts_push s_pkts_push c_tls_SNI s_tls_SCN c_npnalpn s_npnalpn \
    tls_session_stat c_last_handshakeT s_last_handshakeT c_appdataT s_appdataT c_appdataB s_appdataB fqdn \
    dns_rslv req_tm res_tm http_hostname c_TLSvers s_TLSvers dns_enc";
const ALL_TCP: &[&str] = &[CORE, END_TO_END, P2P, OPTIONS, LAYER7];
const CRYPTO: &str = "c_iscrypto s_iscrypto";

const UDP: &str = "c_ip c_port c_first_abs c_durat c_bytes_all c_pkts_all c_isint c_iscrypto c_type s_ip s_port s_first_abs \
    s_durat s_bytes_all s_pkts_all s_isint s_iscrypto s_type fqdn quic_SNI quic_UA";

/// log_tcp_complete and log_udp_complete, which no width is common to.
pub(super) static FLOWS: &[Version] = &[
    Version { sets: ALL_TCP, lacks: "" },                                          // 3.2
    Version { sets: ALL_TCP, lacks: "dns_enc" },                                   // 3.1.8
    Version { sets: ALL_TCP, lacks: "dns_enc c_TLSvers s_TLSvers" },               // 3.1.4
    Version { sets: ALL_TCP, lacks: "dns_enc c_TLSvers s_TLSvers http_hostname" }, // 3.0
    Version { sets: &[CORE, END_TO_END], lacks: "" },
    Version { sets: &[CORE], lacks: "" },
    Version { sets: &[CORE, END_TO_END], lacks: CRYPTO }, // development branch of 2014
    Version { sets: &[CORE], lacks: CRYPTO },
    Version { sets: &[UDP, "quic_c_vers quic_s_vers quic_zero_rtt quic_ech"], lacks: "" }, // 3.3
    Version { sets: &[UDP, "quic_CHLO quic_REJ"], lacks: "" },                             // 3.1.4
    Version { sets: &[UDP], lacks: "" },                                                   // 3.1.2
    Version { sets: &[UDP], lacks: "quic_SNI quic_UA" },                                   // 3.0
    Version { sets: &[UDP], lacks: "quic_SNI quic_UA fqdn c_iscrypto s_iscrypto" },        // 2.4
];

const ALL_DNS: &str = "c_ip c_port c_isint c_iscrypto s_ip s_port s_isint s_iscrypto time entry trans_id query ttl class type \
    answer flags qdcount ancount nscount arcount pkt_size";

/// log_dns_complete.
pub(super) static DNS: &[Version] = &[
    Version { sets: &[ALL_DNS], lacks: "" }, // 3.2
    Version {
        // development branch of 2016
        sets: &[ALL_DNS],
        lacks: "c_isint c_iscrypto s_isint s_iscrypto qdcount ancount nscount arcount pkt_size",
    },
    Version {
        // first version of 2018
        sets: &[ALL_DNS],
        lacks: "c_isint c_iscrypto s_isint s_iscrypto flags qdcount ancount nscount arcount pkt_size",
    },
];

const REQUEST: &str = "c_ip c_port s_ip s_port time_abs method hostname fqdn path referer user_agent cookie dnt";
const RESPONSE: &str =
    "c_ip c_port s_ip s_port time_abs HTTP response content_len content_type server range location set_cookie";

/// Requests of log_http_complete.
pub(super) static REQUESTS: &[Version] = &[
    Version { sets: &[REQUEST], lacks: "" },                // 3.1
    Version { sets: &[REQUEST], lacks: "cookie dnt" },      // 3.0
    Version { sets: &[REQUEST], lacks: "cookie dnt fqdn" }, // 2.4
];

/// Responses of log_http_complete.
pub(super) static RESPONSES: &[Version] = &[
    Version { sets: &[RESPONSE], lacks: "" },           // 3.1
    Version { sets: &[RESPONSE], lacks: "set_cookie" }, // 2.4
];

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(versions: &[Version]) -> Vec<usize> {
        versions.iter().map(|version| version.names().count()).collect()
    }

    #[test]
    fn widths_are_those_of_the_versions_and_no_two_are_the_same() {
        assert_eq!(widths(FLOWS), [134, 133, 131, 130, 58, 44, 56, 42, 25, 23, 21, 19, 16]);
        assert_eq!(widths(DNS), [22, 13, 12]);
        assert_eq!((widths(REQUESTS), widths(RESPONSES)), (vec![13, 11, 10], vec![13, 12]));
    }

    #[test]
    fn columns_stand_where_the_documents_say() {
        let place = |width: usize, column: &str| {
            of_width(FLOWS, width).and_then(|version| version.names().position(|name| name == column)).map(|at| at + 1)
        };
        for (column, at) in [
            ("s_ip", 15),
            ("first", 29),
            ("http_t", 44),
            ("c_rtt_avg", 45),
            ("p2p_st", 59),
            ("c_f1323_opt", 65),
            ("s_f1323_opt", 88),
            ("http_req_cnt", 111),
            ("fqdn", 127),
            ("http_hostname", 131),
            ("dns_enc", 134),
        ] {
            assert_eq!(place(134, column), Some(at), "{column}");
        }
        assert_eq!((place(56, "con_t"), place(56, "c_rtt_avg")), (Some(40), Some(43)));
        assert_eq!((place(130, "http_hostname"), place(23, "s_ip"), place(23, "quic_SNI")), (None, Some(10), Some(20)));
        assert!(of_width(FLOWS, 60).is_none());
    }
}
