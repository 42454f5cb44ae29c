//! One row of log_dns_complete, also where blanks in a name or in an answer make fields of their own.

use super::cells::Cells;
use super::column::Column;
use super::log::Row;
use super::number::{self, MILLI};
use crate::bad::Fault;

/// Whom a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// A question.
    Request,
    /// One answer of a response without error.
    Response,
    /// A response with another code than NOERROR.
    Error,
}

impl Entry {
    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "REQ" => Self::Request,
            "RESP" => Self::Response,
            "RESP_ERR" => Self::Error,
            _ => return None,
        })
    }
}

/// The fields of a row. What is `-`, empty or not in the log is `None`, except in the query: there `-` is the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DnsRow<'l> {
    pub(super) entry: Entry,
    pub(super) c_ip: Option<&'l str>,
    pub(super) c_port: Option<&'l str>,
    pub(super) s_ip: Option<&'l str>,
    pub(super) s_port: Option<&'l str>,
    pub(super) time: Option<&'l str>,
    pub(super) trans_id: Option<&'l str>,
    pub(super) query: Option<&'l str>,
    pub(super) ttl: Option<&'l str>,
    pub(super) class: Option<&'l str>,
    pub(super) kind: Option<&'l str>,
    pub(super) answer: Option<&'l str>,
    pub(super) flags: Option<&'l str>,
    /// Whether the log is of the layout that is sure to have milliseconds.
    pub(super) in_millis: bool,
}

impl<'l> DnsRow<'l> {
    /// The row whose columns were found.
    ///
    /// # Errors
    /// It is not of this log: its entry, TTL or flags are none.
    #[inline]
    pub(super) fn new(row: &Row<'l>) -> Result<Self, Fault> {
        Self::of(|column| row.text(column), row.raw(Column::Query), row.has(Column::Qdcount))
    }

    #[inline]
    fn of(text: impl Fn(Column) -> Option<&'l str>, query: Option<&'l str>, in_millis: bool) -> Result<Self, Fault> {
        let entry = text(Column::Entry).unwrap_or_default();
        let Some(entry) = Entry::of(entry) else {
            return Err(Fault::field(Column::Entry.name(), "REQ, RESP or RESP_ERR", entry));
        };
        let (ttl, class, flags) = (text(Column::Ttl), text(Column::Class), text(Column::Flags));
        if let Some(ttl) = ttl.filter(|ttl| !is_number(ttl)) {
            return Err(Fault::field(Column::Ttl.name(), "seconds or -", ttl));
        }
        if let Some(flags) = flags.filter(|flags| bits(flags).is_none()) {
            return Err(Fault::field(Column::Flags.name(), "a number like 0x0c", flags));
        }
        Ok(Self {
            entry,
            c_ip: text(Column::CIp),
            c_port: text(Column::CPort),
            s_ip: text(Column::SIp),
            s_port: text(Column::SPort),
            time: text(Column::Time),
            trans_id: text(Column::TransId),
            // A response may have no question at all; then there is no class either.
            query: query.filter(|query| !query.is_empty() && (*query != "-" || class.is_some())),
            ttl,
            class,
            kind: text(Column::Type),
            answer: text(Column::Answer),
            flags,
            in_millis,
        })
    }

    /// A row with too many fields: those before the query are counted from the left, those after the answer from the
    /// right, and the rest is query, TTL, class, type and answer, with blanks in the query or in the answer.
    ///
    /// `None` when the line cannot be read so: it may be the half of a row that a line feed inside a name has torn.
    #[cold]
    pub(super) fn recover(line: &'l str, cells: &Cells) -> Option<Self> {
        let fields = Fields::new(line);
        let before = cells.place(Column::Query)?;
        for (step, column) in [Column::Ttl, Column::Class, Column::Type, Column::Answer].into_iter().enumerate() {
            if cells.place(column)? != before + step + 1 {
                return None;
            }
        }
        let after = before + 5;
        // Fields that the blanks added.
        let added = fields.count().checked_sub(cells.width())?;
        let entry = Entry::of(fields.get(cells.place(Column::Entry).filter(|place| *place < before)?)?)?;
        let ttl = fields.ttl(entry, before + 1..before + 2 + added)?;
        let text = |column: Column| {
            let place = cells.place(column)?;
            match column {
                Column::Ttl => fields.get(ttl),
                Column::Class => fields.get(ttl + 1),
                Column::Type => fields.get(ttl + 2),
                Column::Answer => fields.span(ttl + 3, after - 1 + added),
                _ if place < before => fields.get(place),
                _ => fields.get(place + added),
            }
            .filter(|text| !matches!(*text, "-" | ""))
        };
        let row = Self::of(text, fields.span(before, ttl - 1), cells.has(Column::Qdcount)).ok()?;
        row.is_whole(cells).then_some(row)
    }

    /// Whether the fields on both sides of the query are what they should be, which in half a row they are not.
    fn is_whole(&self, cells: &Cells) -> bool {
        let is_port = |port: Option<&str>| port.is_some_and(is_number);
        is_port(self.c_port)
            && is_port(self.s_port)
            && self.time.is_some_and(|time| number::micros(time, MILLI).is_some())
            && (self.flags.is_some() || !cells.has(Column::Flags))
    }
}

/// A number in decimal or, after `0x`, hexadecimal digits.
pub(super) fn bits(text: &str) -> Option<i64> {
    let (digits, radix) = text.strip_prefix("0x").map_or((text, 10), |digits| (digits, 16));
    u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+')).map(i64::from)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A line cut at every blank.
struct Fields<'l> {
    line: &'l str,
    /// Where each field starts, and where one after the last would.
    starts: Vec<usize>,
}

impl<'l> Fields<'l> {
    fn new(line: &'l str) -> Self {
        let blanks = memchr::memchr_iter(b' ', line.as_bytes()).map(|blank| blank + 1);
        Self { line, starts: std::iter::once(0).chain(blanks).chain([line.len() + 1]).collect() }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    fn get(&self, field: usize) -> Option<&'l str> {
        self.span(field, field)
    }

    /// The text from one field to another, both included.
    fn span(&self, first: usize, last: usize) -> Option<&'l str> {
        let end = self.starts.get(last + 1)?.checked_sub(1)?;
        self.line.get(*self.starts.get(first)?..end)
    }

    /// Which field of these holds the TTL. In a question and an error there is none, and the field after the type is the
    /// last: the query may have any blanks. In a response the name is escaped, so blanks are the answer's.
    fn ttl(&self, entry: Entry, mut within: std::ops::Range<usize>) -> Option<usize> {
        match entry {
            Entry::Request | Entry::Error => within.next_back().filter(|&field| self.get(field) == Some("-")),
            Entry::Response => within
                .find(|&field| self.get(field).is_some_and(is_number) && self.get(field + 1).is_some_and(is_class)),
        }
    }
}

fn is_class(text: &str) -> bool {
    matches!(text, "IN" | "CH" | "HS" | "NONE" | "ANY" | "OTHER") || text.strip_prefix("CLASS").is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tstat::standard;
    use proptest::prelude::*;

    fn cells(width: usize) -> Cells {
        Cells::new(standard::of_width(standard::DNS, width).unwrap().names(), b' ')
    }

    /// A row of this width.
    fn line(width: usize, entry: &str, middle: &str) -> String {
        match width {
            22 => format!(
                "192.0.2.1 5353 0 0 192.0.2.53 53 0 0 1300475168853.898926 {entry} 0xa7f4 {middle} 0x0c 1 2 0 0 38"
            ),
            13 => format!("192.0.2.1 5353 192.0.2.53 53 1300475168853.898926 {entry} 0xa7f4 {middle} 0x0c"),
            _ => format!("192.0.2.1 5353 192.0.2.53 53 1300475168853.898926 {entry} 42996 {middle}"),
        }
    }

    /// Query, TTL, class, type and answer.
    fn middle(width: usize, line: &str) -> Option<[Option<&str>; 5]> {
        DnsRow::recover(line, &cells(width)).map(|row| [row.query, row.ttl, row.class, row.kind, row.answer])
    }

    #[test]
    fn blanks_in_names_and_answers() {
        for width in [22, 13, 12] {
            let asked = line(width, "REQ", "a b - IN A - c.example. - IN A -");
            assert_eq!(
                middle(width, &asked),
                Some([Some("a b - IN A - c.example."), None, Some("IN"), Some("A"), None])
            );
            let refused = line(width, "RESP_ERR", "  x. - IN NB NXDOMAIN");
            assert_eq!(middle(width, &refused), Some([Some("  x."), None, Some("IN"), Some("NB"), Some("NXDOMAIN")]));
            let answered = line(width, "RESP", "x. 60 IN TXT \"a 60 IN TXT b\" c");
            let answer = Some("\"a 60 IN TXT b\" c");
            assert_eq!(middle(width, &answered), Some([Some("x."), Some("60"), Some("IN"), Some("TXT"), answer]));
        }
    }

    #[test]
    fn halves_of_rows_are_none() {
        let whole = line(22, "REQ", "a b c d e f g h i j k l m n o\rp q r. - IN A -");
        assert!(middle(22, &whole).is_some());
        for half in whole.split('\r') {
            assert_eq!(middle(22, half), None, "{half}");
        }
        for other in ["", " ", &" ".repeat(40), &"- ".repeat(40), &line(13, "RESP", "x. 1 IN A 192.0.2.1")] {
            assert_eq!(middle(22, other), None, "{other}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!([bits("0x0c"), bits("12"), bits("0xA7F4")], [Some(12), Some(12), Some(42_996)]);
        assert_eq!([bits("0x"), bits("c"), bits("-1"), bits("+1"), bits("0x+1"), bits("")], [None; 6]);
    }

    proptest! {
        #[test]
        fn whatever_blanks_a_name_has(query in "[a-z -]{1,30} [a-z]{1,5}\\.", width in prop::sample::select(vec![22_usize, 13, 12])) {
            let line = line(width, "REQ", &format!("{query} - IN A -"));
            prop_assert_eq!(middle(width, &line), Some([Some(query.as_str()), None, Some("IN"), Some("A"), None]));
        }

        #[test]
        fn nothing_panics(text in "[0-9a-zA-Z .:x-]{0,120}", middle_of in "(RESP|IN|-|1|A| ){0,20}") {
            for width in [22, 13, 12] {
                let _ = middle(width, &text);
                let _ = middle(width, &line(width, "RESP", &middle_of));
            }
        }
    }
}
