//! What other programs put before a tool's own line: syslog daemons, container runtimes, the systemd journal.
//!
//! A tool writes a line; on its way to the file a container runtime, a syslog daemon, a relay and another relay may each
//! put something before it. Each such text is a [`Layer`], which [`peel`] takes off; a [`Prefix`] is what all of them said. A
//! line that was wrapped in a JSON object is unwrapped first ([`Envelope`]). What remains is the line as the tool wrote it.
//!
//! ```text
//! docker logs -t, kubectl logs --timestamps   2026-11-21T00:02:50.310123456Z LINE
//! docker compose logs, docker service logs    bind-1  | LINE
//! kubectl logs --prefix                       [pod/bind-0/bind] LINE
//! Kubernetes, Podman (CRI)                    2026-11-21T00:02:50.310123456Z stdout F LINE
//! Docker's json-file                          {"log":"LINE\n","stream":"stdout","time":"2026-11-21T00:02:50.310123456Z"}
//! RFC 3164                                    <30>Nov 21 00:02:50 ns1 named[6085]: LINE
//! RFC 3164 with a year                        Nov 21 2026 00:02:50 ns1 named[6085]: LINE
//! rsyslog, syslog-ng, journalctl short-iso    2026-11-21T00:02:50.309123+00:00 ns1 named[6085]: LINE
//! RFC 5424                                    <30>1 2026-11-21T00:02:50.309Z ns1 named 6085 - - LINE
//! OpenWrt logread                             Sat Nov 21 00:02:50 2026 daemon.info named[6085]: LINE
//! BusyBox, FreeBSD -v, AIX                    Nov 21 00:02:50 ns1 daemon.info named[6085]: LINE
//! Solaris                                     Nov 21 00:02:50 ns1 named[6085]: [ID 873579 daemon.info] LINE
//! journalctl short-full                       Sat 2026-11-21 00:02:50 UTC ns1 named[6085]: LINE
//! journalctl short-unix, short-monotonic      1795219370.309123 ns1 named[6085]: LINE
//! journalctl json                             {"__REALTIME_TIMESTAMP":"1795219370309123","MESSAGE":"LINE",…}
//! ```
//!
//! Nothing here knows which tool wrote the line: which program's lines it takes, and whether its own time wins over the
//! prefix's, is the tool's business. [`Clock`] turns any of these times into microseconds since the epoch.
//!
//! Source: RFC 3164, RFC 5424, the CRI log format of Kubernetes, Docker's `json-file` driver, `logread.c` of OpenWrt's
//! ubox, `logs-show.c` of systemd.

mod clock;
mod container;
mod envelope;
mod layer;
mod syslog;
mod time;
mod words;
mod zone;

pub use clock::Clock;
pub use envelope::Envelope;
pub(crate) use layer::part_of_a_line;
pub use layer::{Carrier, Layer, Prefix, is_remark, peel, peel_tag};
pub use syslog::Program;
pub use time::{Time, classic};
