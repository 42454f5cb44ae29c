//! The logs that tables are made of: what their records are told by.

use super::same_name::same_name;

/// One kind of log.
#[derive(Debug)]
pub(super) struct KnownLog {
    /// `dns` of `dns.log`.
    pub(super) name: &'static str,
    /// Fields that no log but this has, of all versions since 2.0.
    own: &'static [&'static str],
    /// Its fields that other logs have, too, besides those of every connection.
    shared: &'static [&'static str],
}

pub(super) static DNS: KnownLog = KnownLog {
    name: "dns",
    own: &[
        "query",
        "qtype_name",
        "rcode_name",
        "qclass",
        "qclass_name",
        "qtype",
        "rcode",
        "QR",
        "AA",
        "TC",
        "RD",
        "RA",
        "Z",
        "answers",
        "TTLs",
        "rejected",
        "auth",
        "opcode",
        "opcode_name",
        "original_query",
    ],
    // `addl` is a field of weird.log, too.
    shared: &["trans_id", "rtt", "addl"],
};

pub(super) static HTTP: KnownLog = KnownLog {
    name: "http",
    own: &[
        "method",
        "uri",
        "status_code",
        "referrer",
        "origin",
        "request_body_len",
        "response_body_len",
        "status_msg",
        "info_code",
        "info_msg",
        "proxied",
        "orig_fuids",
        "orig_filenames",
        "orig_mime_types",
        "resp_fuids",
        "resp_filenames",
        "resp_mime_types",
        "extraction_file",
    ],
    shared: &[
        "trans_depth",
        "host",
        "version",
        "user_agent",
        "tags",
        "username",
        "password",
        "filename",
        "mime_type",
        "md5",
    ],
};

pub(super) static CONN: KnownLog = KnownLog {
    name: "conn",
    own: &[
        "conn_state",
        "orig_bytes",
        "resp_bytes",
        "local_orig",
        "local_resp",
        "missed_bytes",
        "orig_pkts",
        "orig_ip_bytes",
        "resp_pkts",
        "resp_ip_bytes",
        "tunnel_parents",
        "ip_proto",
    ],
    shared: &["service", "duration", "history"],
};

pub(super) static SSL: KnownLog = KnownLog {
    name: "ssl",
    own: &[
        "server_name",
        "cipher",
        "established",
        "curve",
        "resumed",
        "next_protocol",
        "ssl_history",
        "cert_chain_fps",
        "client_cert_chain_fps",
        "cert_chain_fuids",
        "client_cert_chain_fuids",
        "sni_matches_cert",
        "session_id",
        "issuer_subject",
        "client_issuer_subject",
        "ja3",
        "ja3s",
    ],
    shared: &[
        "version",
        "last_alert",
        "subject",
        "issuer",
        "client_subject",
        "client_issuer",
        "not_valid_before",
        "not_valid_after",
        "validation_status",
    ],
};

/// Fields that say which connection a record is of.
const CONNECTION: [&str; 6] = ["uid", "id", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p"];
/// Further fields that logs of all kinds have.
const COMMON: [&str; 2] = ["ts", "proto"];

impl KnownLog {
    /// Whether a field is of this log and of no other.
    pub(super) fn owns(&self, field: &str) -> bool {
        has(self.own, field)
    }

    /// Some fields of its own, for messages.
    pub(super) fn examples(&self) -> impl Iterator<Item = &'static str> {
        self.own.iter().take(3).copied()
    }

    /// Whether a record of a connection could be of this log by what fields it has: it has none that the log does not.
    /// Fields that whoever collects logs adds to each of them (`_write_ts`, `@timestamp`) do not count.
    fn may_have<'n>(&self, fields: impl Iterator<Item = &'n str>) -> bool {
        let mut of_connection = false;
        for field in fields {
            if has(&CONNECTION, field) {
                of_connection = true;
            } else if !(field.starts_with(['_', '@']) || has(&COMMON, field) || has(self.shared, field)) {
                return false;
            }
        }
        of_connection
    }
}

/// Which of `logs` has records of these fields: one that has a field of its own among them or, if none does, the first
/// that could have them.
pub(super) fn told_by<'n>(logs: &[&KnownLog], fields: impl Iterator<Item = &'n str> + Clone) -> Option<usize> {
    logs.iter()
        .position(|log| fields.clone().any(|field| log.owns(field)))
        .or_else(|| logs.iter().position(|log| log.may_have(fields.clone())))
}

fn has(names: &[&str], field: &str) -> bool {
    names.iter().any(|name| same_name(name, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&KnownLog; 4] = [&DNS, &HTTP, &CONN, &SSL];

    #[test]
    fn own_fields_are_of_one_log() {
        for log in ALL {
            for field in log.own {
                let others = ALL.iter().filter(|other| other.owns(field) || has(other.shared, field));
                assert_eq!(others.count(), 1, "{field}");
            }
        }
    }

    #[test]
    fn records_are_told_by_their_fields() {
        let told =
            |fields: &[&str]| told_by(&ALL, fields.iter().copied()).and_then(|log| ALL.get(log)).map(|log| log.name);
        assert_eq!(told(&["ts", "uid", "id.orig_h", "RD"]), Some("dns"));
        assert_eq!(told(&["ts", "server_name", "anything"]), Some("ssl"));
        assert_eq!(told(&["ts", "uid", "id_orig_h", "_write_ts", "@timestamp"]), Some("dns"));
        assert_eq!(told(&["ts", "uid", "host", "trans_depth"]), Some("http"));
        // known_hosts.log, ftp.log, files.log, and nothing at all.
        for others in [&["ts", "host"][..], &["ts", "uid", "command"], &["ts", "fuid", "duration"], &["_write_ts"], &[]]
        {
            assert_eq!(told(others), None, "{others:?}");
        }
    }
}
