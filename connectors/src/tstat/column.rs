//! The columns that tables are made of, as the headers of Tstat's logs name them.

macro_rules! columns {
    ($($column:ident = $name:literal),* $(,)?) => {
        /// A column of a log.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Column { $($column),* }

        impl Column {
            const ALL: &[Column] = &[$(Column::$column),*];

            /// Its name in a header.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Column::$column => $name),* }
            }
        }
    };
}

columns! {
    CIp = "c_ip", CPort = "c_port", SIp = "s_ip", SPort = "s_port",
    // Flows.
    CPktsAll = "c_pkts_all", CBytesAll = "c_bytes_all", SPktsAll = "s_pkts_all", SBytesAll = "s_bytes_all",
    First = "first", Last = "last", Durat = "durat", FirstAbs = "first_abs",
    CFirstAbs = "c_first_abs", CDurat = "c_durat", SFirstAbs = "s_first_abs", SDurat = "s_durat",
    HttpHostname = "http_hostname", CTlsSni = "c_tls_SNI", CSsl = "c_ssl", Fqdn = "fqdn", QuicSni = "quic_SNI",
    // DNS.
    Time = "time", Entry = "entry", TransId = "trans_id", Query = "query", Ttl = "ttl", Class = "class", Type = "type",
    Answer = "answer", Flags = "flags", Qdcount = "qdcount",
    // HTTP.
    TimeAbs = "time_abs", Method = "method", Hostname = "hostname", Path = "path", Referer = "referer",
    UserAgent = "user_agent", Cookie = "cookie", Response = "response", ContentLen = "content_len",
    ContentType = "content_type", Server = "server", Range = "range", SetCookie = "set_cookie",
}

/// How many columns there are.
pub(super) const COLUMNS: usize = Column::ALL.len();

impl Column {
    /// The column that a header calls so, if it is one of ours.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|column| column.name() == name)
    }
}
