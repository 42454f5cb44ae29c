//! One line, split: its fields as the types that columns have.

use std::borrow::Cow;

use super::code::Code;
use super::matcher::{Meaning, Spans};
use super::mime;
use super::peer;
use super::quoting::Quoting;
use super::strftime::Moment;
use super::undone::Undone;
use crate::bad::Fault;
use crate::civil;
use crate::prefix::{Clock, Time};
use crate::url::{Target, split_authority};

const MICROS: i64 = 1_000_000;

/// One transaction.
pub(crate) struct Row<'l> {
    pub(super) line: &'l str,
    pub(super) spans: &'l Spans,
    pub(super) meaning: &'l Meaning,
    /// The target's fields that had escapes, without them.
    pub(super) undone: &'l Undone,
    pub(super) clock: &'l Clock,
    /// The time of what carried the line, for lines that have none.
    pub(super) carried: Option<Time<'l>>,
    pub(super) time_is_start: bool,
}

impl<'l> Row<'l> {
    /// The field as written; `None` for `-`, for nothing, and when the format does not have it.
    #[inline]
    fn raw(&self, code: Code) -> Option<&'l str> {
        self.spans.get(code).of(self.line).filter(|text| !matches!(*text, "-" | ""))
    }

    #[inline]
    fn quoting(&self, code: Code) -> Quoting {
        self.meaning.quotings.get(code as usize).copied().unwrap_or(Quoting::Raw)
    }

    /// The field with its escapes undone.
    #[inline]
    pub(super) fn text(&self, code: Code) -> Option<Cow<'l, str>> {
        Some(self.quoting(code).undo(self.raw(code)?))
    }

    /// A field of the target with its escapes undone.
    #[inline]
    fn of_target(&self, code: Code) -> Option<&'l str> {
        let raw = self.raw(code)?;
        Some(self.undone.get(code).unwrap_or(raw))
    }

    /// The field as a whole number.
    #[inline]
    pub(super) fn count(&self, code: Code) -> Result<Option<i64>, Fault> {
        let Some(text) = self.raw(code) else { return Ok(None) };
        whole(text).map(Some).ok_or_else(|| Fault::field(code.name(), "a whole number", text))
    }

    /// The status sent to the client, else the one the server sent. 000 says that there was none.
    #[inline]
    pub(super) fn status(&self) -> Result<Option<i64>, Fault> {
        let status = match self.count(Code::Status)? {
            None => self.count(Code::ServerStatus)?,
            status => status,
        };
        Ok(status.filter(|&status| status != 0))
    }

    /// Address of the client, else its name.
    #[inline]
    pub(super) fn client(&self) -> Option<Cow<'l, str>> {
        self.text(Code::Client).or_else(|| self.text(Code::ClientName))
    }

    /// Address of the server or neighbour; none when it is logged by its name.
    #[inline]
    pub(super) fn server(&self) -> Option<&'l str> {
        [Code::Peer, Code::PeerName].into_iter().find_map(|code| self.raw(code).and_then(peer::address))
    }

    /// The request's target.
    #[inline]
    pub(super) fn target(&self) -> Target<'l> {
        match self.of_target(Code::Url) {
            Some(url) => Target::parse(url, self.raw(Code::Method) == Some("CONNECT")),
            None => Target::of_parts(
                self.raw(Code::UrlScheme),
                self.of_target(Code::UrlHost),
                self.raw(Code::UrlPort),
                self.of_target(Code::UrlPath),
            ),
        }
    }

    /// The host of the target, else of the Host field, else of the TLS greeting.
    ///
    /// Of a connection that was intercepted Squid knows but the address at first, and logs a CONNECT to it: then the name in
    /// the greeting is the better one.
    #[inline]
    pub(super) fn host(&self, target: &Target<'l>) -> Option<Cow<'l, str>> {
        match target.host {
            Some(host) if self.raw(Code::Sni).is_some() && peer::is_address(host) => {
                self.server_name().or(Some(Cow::Borrowed(host)))
            }
            Some(host) => Some(Cow::Borrowed(host)),
            None => self.host_elsewhere(),
        }
    }

    /// The name in the TLS greeting.
    fn server_name(&self) -> Option<Cow<'l, str>> {
        self.text(Code::Sni).filter(|name| !peer::is_address(name))
    }

    fn host_elsewhere(&self) -> Option<Cow<'l, str>> {
        let field = self.header(Code::Host, Code::RequestHeaders, "Host").and_then(|field| match field {
            Cow::Borrowed(field) => split_authority(field, false).0.map(Cow::Borrowed),
            Cow::Owned(field) => split_authority(&field, false).0.map(|host| Cow::Owned(host.to_owned())),
        });
        match &field {
            Some(host) if peer::is_address(host) => self.server_name().or(field),
            Some(_) => field,
            None => self.text(Code::Sni),
        }
    }

    /// Port of the connection to the server, else that of the target.
    #[inline]
    pub(super) fn server_port(&self, target: &Target<'l>) -> Result<Option<i64>, Fault> {
        match self.count(Code::PeerPort)? {
            None | Some(0) => target.port(),
            port => Ok(port),
        }
    }

    /// A header: by its own code, else out of the block of all.
    #[inline]
    pub(super) fn header(&self, code: Code, block: Code, name: &str) -> Option<Cow<'l, str>> {
        if let Some(text) = self.text(code) {
            return Some(text);
        }
        mime::header(self.raw(block)?, name, self.quoting(block))
    }

    /// Media type of the reply, without its parameters.
    #[inline]
    pub(super) fn media_type(&self) -> Option<Cow<'l, str>> {
        let text = self.text(Code::MediaType);
        let text = text.or_else(|| self.header(Code::ContentType, Code::ReplyHeaders, "Content-Type"))?;
        let bare = |text: &str| text.split(';').next().unwrap_or_default().trim().len();
        Some(match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(..bare(text)).unwrap_or(text)),
            Cow::Owned(mut text) => {
                text.truncate(bare(&text));
                Cow::Owned(text)
            }
        })
        .filter(|text| !text.is_empty())
    }

    /// When the transaction began, in microseconds since the epoch.
    ///
    /// Squid logs a transaction when it ends: it began `%tr` before.
    #[inline]
    pub(super) fn start(&self) -> Result<Option<i64>, Fault> {
        if let Some(start) = self.seconds(Code::Start)? {
            return Ok(Some(start));
        }
        match self.logged()? {
            Some(logged) if !self.time_is_start => Ok(Some(logged.saturating_sub(self.elapsed()?))),
            logged => Ok(logged),
        }
    }

    /// When the transaction ended, in microseconds since the epoch.
    #[inline]
    pub(super) fn end(&self) -> Result<Option<i64>, Fault> {
        let (end, is_start) = match self.logged()? {
            None => (self.seconds(Code::Start)?, true),
            logged => (logged, self.time_is_start),
        };
        match end {
            Some(start) if is_start => Ok(Some(start.saturating_add(self.elapsed()?))),
            end => Ok(end),
        }
    }

    /// Microseconds that the transaction took. Negative when the clock was set back meanwhile.
    #[inline]
    fn elapsed(&self) -> Result<i64, Fault> {
        Ok(self.count(Code::Elapsed)?.unwrap_or(0).saturating_mul(1000))
    }

    /// The time on the line, else of what carried it.
    #[inline]
    fn logged(&self) -> Result<Option<i64>, Fault> {
        let whole_seconds = match self.seconds(Code::Seconds)? {
            None => self.clock_time()?,
            seconds => seconds,
        };
        let Some(seconds) = whole_seconds else { return self.carried_time() };
        let Some(below) = self.raw(Code::Subsecond) else { return Ok(Some(seconds)) };
        let unit = 10_i64.pow(6_u32.saturating_sub(self.meaning.subsecond_digits));
        let micros = whole(below).and_then(|count| count.checked_mul(unit));
        let micros = micros.ok_or_else(|| Fault::field(Code::Subsecond.name(), "digits", below))?;
        Ok(Some(seconds.saturating_add(micros)))
    }

    #[inline]
    fn seconds(&self, code: Code) -> Result<Option<i64>, Fault> {
        let Some(text) = self.raw(code) else { return Ok(None) };
        micros(text).map(Some).ok_or_else(|| Fault::field(code.name(), "seconds since the epoch", text))
    }

    fn clock_time(&self) -> Result<Option<i64>, Fault> {
        let Some(text) = self.raw(Code::Clock) else { return Ok(None) };
        let [Some(first), rest] = &self.meaning.patterns else {
            let fault = || Fault::field(Code::Clock.name(), "a time like 21/Nov/2026:00:05:13 +0000", text);
            return clock(text).map(Some).ok_or_else(fault);
        };
        let fault = || Fault::field(Code::Clock.name(), "a time in the form of the format", text);
        let mut moment = Moment::default();
        first.add(text, &mut moment).ok_or_else(fault)?;
        if let (Some(rest), Some(text)) = (rest, self.raw(Code::ClockRest)) {
            rest.add(text, &mut moment).ok_or_else(fault)?;
        }
        moment.micros(self.clock).map_err(|_| fault())
    }

    fn carried_time(&self) -> Result<Option<i64>, Fault> {
        if self.raw(Code::Start).is_some() { Ok(None) } else { self.clock.micros(self.carried) }
    }

    /// Whether times and numbers are what they should be: a format that begins with any text may fit a line together with
    /// what carried it, and then they are not.
    pub(super) fn is_likely(&self) -> bool {
        self.start().is_ok()
            && self.end().is_ok()
            && self.status().is_ok()
            && [Code::Size, Code::ClientPort, Code::PeerPort].iter().all(|&code| self.count(code).is_ok())
    }
}

/// `21/Nov/2026:00:05:13 +0000` in microseconds since the epoch.
fn clock(text: &str) -> Option<i64> {
    let (local, zone) = text.split_once(' ')?;
    let (date, clock) = local.split_once(':')?;
    let mut parts = date.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let day = u32::try_from(whole(day)?).ok()?;
    let days = civil::days(whole(year)?, civil::month_named(month)?, day)?;
    let seconds = days * 86_400 + civil::seconds_of_day(clock)? - civil::offset(zone)?;
    parts.next().is_none().then_some(seconds * MICROS)
}

/// A whole number in decimal digits, maybe negative.
#[inline]
fn whole(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    for byte in digits.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    Some(if negative { -value } else { value })
}

/// Seconds with or without a fraction, in microseconds.
#[inline]
fn micros(text: &str) -> Option<i64> {
    let (seconds, below) = match memchr::memchr(b'.', text.as_bytes()) {
        Some(point) => (text.get(..point)?, fraction(text.get(point + 1..)?)?),
        None => (text, 0),
    };
    let seconds = whole(seconds)?.checked_mul(MICROS)?;
    if text.starts_with('-') { seconds.checked_sub(below) } else { seconds.checked_add(below) }
}

/// Digits after a point, in millionths; those past the sixth are cut.
#[inline]
fn fraction(digits: &str) -> Option<i64> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let kept = digits.get(..6).unwrap_or(digits);
    let scale = 10_i64.checked_pow(6_u32.checked_sub(u32::try_from(kept.len()).ok()?)?)?;
    whole(kept)?.checked_mul(scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::ScanOptions;
    use crate::squid::logformat::{Writer, compile};
    use proptest::prelude::*;

    /// What `take` makes of a line in this format.
    fn of<T>(format: &str, line: &str, time_is_start: bool, take: impl FnOnce(&Row<'_>) -> T) -> T {
        let format = compile(format, Writer::Custom).unwrap();
        let mut spans = Spans::new();
        assert_eq!(format.split(line, &mut spans), Ok(()), "{}: {line}", format.text);
        let mut undone = Undone::default();
        undone.fill(line, &spans, &format.meaning.quotings);
        let clock = Clock::new(&ScanOptions::default()).unwrap();
        let (meaning, carried) = (&format.meaning, Some(Time::Micros(7_000_000)));
        take(&Row { line, spans: &spans, meaning, undone: &undone, clock: &clock, carried, time_is_start })
    }

    fn times(format: &str, line: &str, time_is_start: bool) -> (Option<i64>, Option<i64>) {
        of(format, line, time_is_start, |row| (row.start().unwrap(), row.end().unwrap()))
    }

    #[test]
    fn the_time_is_the_end() {
        assert_eq!(times("%ts.%03tu %6tr", "10.250    100", false), (Some(10_150_000), Some(10_250_000)));
        assert_eq!(times("%ts.%03tu %6tr", "10.250   -100", false), (Some(10_350_000), Some(10_250_000)));
        assert_eq!(times("%ts.%03tu %6tr", "10.250    100", true), (Some(10_250_000), Some(10_350_000)));
        assert_eq!(times("%ts.%03tu %>p", "10.250 1", false), (Some(10_250_000), Some(10_250_000)));
        assert_eq!(times("%ts %tu %tr", "10 5 -", false), (Some(10_005_000), Some(10_005_000)));
        assert_eq!(times("%tS %tr", "10.5 20", false), (Some(10_500_000), Some(10_520_000)));
        assert_eq!(times("%tS %ts %tr", "10.5 12 20", false), (Some(10_500_000), Some(12_000_000)));
        assert_eq!(times("[%tl] %>p", "[21/Nov/2026:01:05:13 +0100] 1", false).1, Some(1_795_219_513_000_000));
    }

    #[test]
    fn the_carriers_time_serves_lines_without_one() {
        assert_eq!(times("%>p", "1", false), (Some(7_000_000), Some(7_000_000)));
        assert_eq!(times("%tr", "250", false), (Some(6_750_000), Some(7_000_000)));
        assert_eq!(times("%tS %tr", "10.5 20", false), (Some(10_500_000), Some(10_520_000)));
    }

    #[test]
    fn a_fraction_is_added_to_any_clock() {
        let second = 1_795_219_513_000_000;
        let end = |format, line| times(format, line, false).1;
        assert_eq!(end("%tl.%03tu %tr", "21/Nov/2026:01:05:13 +0100.969 94"), Some(second + 969_000));
        assert_eq!(end("%{%FT%T}tg.%03tu|%tr", "2026-11-21T00:05:13.005|94"), Some(second + 5_000));
        assert_eq!(end("%{%FT%T}tg.%03tu%{%z}tg %tr", "2026-11-21T01:05:13.005+0100 94"), Some(second + 5_000));
        assert_eq!(end("%{%F}tg %tr %{%T}tg.%tu", "2026-11-21 94 00:05:13.5"), Some(second + 5_000));
        assert_eq!(end("%{%F}tg %{%T}tg %tl", "2026-11-21 00:05:13 21/Nov/2026:05:05:13 +0100"), Some(second));
        // Without a precision it counts milliseconds, however it is padded.
        assert_eq!(end("%ts.%06tu %tr", "10.000969 5"), Some(10_969_000));
        assert_eq!(end("%ts.%06.6tu %tr", "10.000969 5"), Some(10_000_969));
        assert_eq!(end("%ts.%.2tu %tr", "10.96 5"), Some(10_960_000));
    }

    #[test]
    fn fields_that_are_not_of_their_type() {
        assert!(of("%ts", "x", false, |row| row.start().is_err() && row.end().is_err()));
        assert!(of("%ts.%03tu", "1.x", false, |row| row.start().is_err()));
        assert!(of("%ts %tr", "1 x", false, |row| row.start().is_err() && row.end().is_ok()));
        assert!(of("%tl", "31/Feb/2026:01:05:13 +0100", false, |row| row.end().is_err()));
        assert!(of("%tl", "aaaaaaaaaaaaaaaaaaaaaaaaaa", false, |row| row.end().is_err()));
        assert!(of("%>Hs", "OK", false, |row| row.status().is_err()));
        assert_eq!(
            of("%<st", "x", false, |row| row.count(Code::Size).unwrap_err().to_string()),
            "%<st: expected a whole number, found x"
        );
        assert!(of("%<st", "99999999999999999999", false, |row| row.count(Code::Size).is_err()));
    }

    #[test]
    fn statuses() {
        for (line, status) in [("200 404", Some(200)), ("000 -", None), ("- 404", Some(404)), ("0 0", None)] {
            assert_eq!(of("%>Hs %<Hs", line, false, |row| row.status().unwrap()), status, "{line}");
        }
    }

    #[test]
    fn hosts() {
        let host =
            |format: &str, line: &str| of(format, line, false, |row| row.host(&row.target()).map(Cow::into_owned));
        assert_eq!(host("%ru %{Host}>h", "http://a/ b:1").as_deref(), Some("a"));
        assert_eq!(host("%ru %{Host}>h", "/ b:1").as_deref(), Some("b"));
        assert_eq!(host("%ru [%>h]", r"/ [Host: %5b::1%5d:80\r\n]").as_deref(), Some("::1"));
        assert_eq!(host("%ru %ssl::>sni", "- c").as_deref(), Some("c"));
        assert_eq!(host("%>rd %>rp", "[::1] /").as_deref(), Some("::1"));
        for address in ["192.0.2.1:443", "[2001:db8::1]:443", "https://192.0.2.1/"] {
            assert_eq!(host("%rm %ru %ssl::>sni", &format!("CONNECT {address} c.test")).as_deref(), Some("c.test"));
        }
        assert_eq!(host("%rm %ru %ssl::>sni", "CONNECT 192.0.2.1:443 -").as_deref(), Some("192.0.2.1"));
        assert_eq!(host("%rm %ru %ssl::>sni", "CONNECT 192.0.2.1:443 192.0.2.2").as_deref(), Some("192.0.2.1"));
        assert_eq!(host("%rm %ru %ssl::>sni", "CONNECT a.test:443 c.test").as_deref(), Some("a.test"));
        assert_eq!(host("%>rd %tls::>sni", "192.0.2.1 c.test").as_deref(), Some("c.test"));
        assert_eq!(host("%ru %{Host}>h %tls::>sni", "- 192.0.2.1:443 c.test").as_deref(), Some("c.test"));
    }

    #[test]
    fn escapes_of_the_target_are_undone_by_its_place() {
        let path = |format: &str, line: &str| of(format, line, false, |row| row.target().path().map(Cow::into_owned));
        for (format, line) in [
            (r#""%ru" %tr"#, r#""http://a/\"b\"\\c%20" 5"#),
            (r#"<%"ru> %tr"#, r#"<http://a/\"b\"\\c%20> 5"#),
            ("[%ru] %tr", r#"[http://a/"b"\\c%2520] 5"#),
            ("%#ru %tr", "http://a/%22b%22%5cc%2520 5"),
            (r#""%>rp" %tr"#, r#""/\"b\"\\c%20" 5"#),
            ("%ru %tr", r#"http://a/"b"\c%20 5"#),
            (r#"%'ru" %tr"#, r#"http://a/"b"\c%20" 5"#),
        ] {
            assert_eq!(path(format, line).as_deref(), Some(r#"/"b"\c%20"#), "{format}");
        }
    }

    #[test]
    fn servers() {
        let server = |line: &str| of("%<a %<A", line, false, |row| row.server().map(str::to_owned));
        assert_eq!(server("192.0.2.1 a").as_deref(), Some("192.0.2.1"));
        assert_eq!(server("proxy ::1").as_deref(), Some("::1"));
        assert_eq!(server("- parent"), None);
    }

    #[test]
    fn media_types_have_no_parameters() {
        let media = |format: &str, line: &str| of(format, line, false, |row| row.media_type().map(Cow::into_owned));
        assert_eq!(media("%mt", "text/html;x").as_deref(), Some("text/html"));
        assert_eq!(media(r#""%{Content-Type}<h""#, r#""text/x\t ; a=\"b\"""#).as_deref(), Some("text/x"));
        assert_eq!(media("%mt [%<h]", r"- [200\r\nContent-Type: a/b ;c\r\n]").as_deref(), Some("a/b"));
        assert_eq!(media("%mt", ";"), None);
    }

    proptest! {
        #[test]
        fn numbers_are_those_written(value in any::<i32>(), below in 0_i64..1_000_000) {
            let value = i64::from(value);
            prop_assert_eq!(whole(&value.to_string()), Some(value));
            let sign = if value < 0 { -1 } else { 1 };
            prop_assert_eq!(micros(&format!("{value}.{below:06}99")), Some(value * MICROS + sign * below));
        }

        #[test]
        fn nothing_panics(text in any::<String>(), likely in "[0-9a-zA-Z/:+. -]{0,30}") {
            for text in [text, likely] {
                let _ = (whole(&text), micros(&text), fraction(&text), clock(&text));
            }
        }
    }
}
