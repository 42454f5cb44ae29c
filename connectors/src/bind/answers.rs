//! The records of a response, which Infoblox NIOS writes: `name TTL class type data; name TTL class type data; …`.

use crate::bad::Fault;

/// Bits of `flags_resp` beyond those of a query.
const AA: i64 = 0x20;
const TC: i64 = 0x10;

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer<'l> {
    pub(super) ttl: i64,
    pub(super) kind: &'l str,
    /// In presentation form; a name without the dot at its end.
    pub(super) data: &'l str,
}

/// Bits of the flags of a response: `+` recursion, `A` authoritative, `t` truncated. `E`, `D`, `V` and `L` are none.
///
/// # Errors
/// The text is something else.
pub(super) fn flags(text: &str) -> Result<i64, Fault> {
    let bit = |letter| match letter {
        '+' => Some(super::flags::RD),
        'A' => Some(AA),
        't' => Some(TC),
        '-' | 'E' | 'D' | 'V' | 'L' => Some(0),
        _ => None,
    };
    let bits = text.chars().try_fold(0, |bits, letter| Some(bits | bit(letter)?));
    bits.ok_or_else(|| Fault::field("flags", "+ or -, then any of A, t, E, D, V, L", text))
}

/// Hands each record to `take`.
///
/// # Errors
/// A record has not these five parts.
pub(super) fn each<'l>(records: &'l str, mut take: impl FnMut(Answer<'l>)) -> Result<(), Fault> {
    let mut rest = records;
    while !rest.is_empty() {
        let (record, after) = rest.split_at_checked(end_of_record(rest)).unwrap_or((rest, ""));
        let record = record.trim_ascii();
        if !record.is_empty() {
            take(answer(record).ok_or_else(|| Fault::field("answers", "name TTL class type data", record))?);
        }
        rest = after.strip_prefix(';').unwrap_or(after);
    }
    Ok(())
}

/// Where the next `;` is that is neither quoted nor escaped.
fn end_of_record(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b';' if !quoted => return place,
            _ => {}
        }
    }
    text.len()
}

fn answer(record: &str) -> Option<Answer<'_>> {
    let mut parts = record.splitn(5, ' ');
    let (_name, ttl, _class, kind, data) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let ttl = ttl.parse::<u32>().ok()?.into();
    let ends_with_a_name = matches!(kind, "CNAME" | "DNAME" | "NS" | "PTR" | "MX" | "SRV");
    let data = data.strip_suffix('.').filter(|name| ends_with_a_name && !name.is_empty() && !name.ends_with(' '));
    Some(Answer { ttl, kind, data: data.unwrap_or(record.splitn(5, ' ').nth(4)?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(records: &str) -> Result<Vec<(i64, &str, &str)>, Fault> {
        let mut answers = Vec::new();
        each(records, |answer| answers.push((answer.ttl, answer.kind, answer.data)))?;
        Ok(answers)
    }

    #[test]
    fn records() {
        assert_eq!(read("").unwrap(), []);
        assert_eq!(read("a. 28800 IN A 192.0.2.2").unwrap(), [(28_800, "A", "192.0.2.2")]);
        assert_eq!(
            read(r#"c.b. 5 IN CNAME a.b.; a.b. 0 IN TXT "x; \" y"; a.b. 7 IN MX 10 .;"#).unwrap(),
            [(5, "CNAME", "a.b"), (0, "TXT", r#""x; \" y""#), (7, "MX", "10 .")]
        );
        for wrong in ["a. IN A 192.0.2.2", "a. 5 IN A", "a. x IN A b", "a. 5 IN A 192.0.2.2; b."] {
            assert_eq!(read(wrong).unwrap_err().column.as_deref(), Some("answers"), "{wrong}");
        }
    }

    #[test]
    fn bits() {
        assert_eq!((flags("+AED").unwrap(), flags("-t").unwrap()), (0x28, 0x10));
        assert!(flags("+X").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_records_or_not(text in any::<String>(), likely in r#"[a 0-9;"\\.]{0,40}"#) {
            let _ = (read(&text), read(&likely));
        }
    }
}
