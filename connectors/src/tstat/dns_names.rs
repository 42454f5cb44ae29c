//! Names and record data of log_dns_complete, as other sources of the DNS table have them.
//!
//! Tstat writes the name of a question byte by byte, and what answers hold in the presentation form of ldns: escaped, and
//! with every blank inside the data turned into a tab.

use std::borrow::Cow;

use crate::utf8::text_of;

/// The name of a question, without its last dot. The root, which Tstat writes as nothing, is `.`.
pub(super) fn question(written: &str) -> Cow<'_, str> {
    Cow::Borrowed(if written == "-" { "." } else { without_dot(written) })
}

/// The name that an answer is about, without its last dot and its escapes.
pub(super) fn owner(written: &str) -> Cow<'_, str> {
    unescape(without_dot(written))
}

/// The data of an answer of this type: blanks are blanks, and names have no last dot.
pub(super) fn data<'l>(written: &'l str, kind: Option<&str>) -> Cow<'l, str> {
    match kind {
        Some("CNAME" | "DNAME" | "NS" | "PTR") => owner(written),
        // Data with a name among its words. What may be a quoted text is left as it is.
        Some(
            "AFSDB" | "HTTPS" | "KX" | "MINFO" | "MX" | "NAPTR" | "NSEC" | "PX" | "RP" | "RRSIG" | "RT" | "SOA" | "SRV"
            | "SVCB",
        ) => Cow::Owned(written.split(['\t', ' ']).map(without_dot).collect::<Vec<_>>().join(" ")),
        _ if written.contains('\t') => Cow::Owned(written.replace('\t', " ")),
        _ => Cow::Borrowed(written),
    }
}

/// The root keeps its dot.
fn without_dot(name: &str) -> &str {
    match name.strip_suffix('.') {
        Some("") | None => name,
        Some(rest) => rest,
    }
}

/// The text with its escapes undone: `\DDD` is a byte in decimal digits, `\` before anything else stands for that (RFC
/// 1035 5.1). Bytes that are no UTF-8 come out as in the rest of the log.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let (meant, after) = match (byte, after) {
            (b'\\', [a @ b'0'..=b'2', b @ b'0'..=b'9', c @ b'0'..=b'9', after @ ..]) => {
                let value = u16::from(a - b'0') * 100 + u16::from(b - b'0') * 10 + u16::from(c - b'0');
                (u8::try_from(value).unwrap_or(*byte), after)
            }
            (b'\\', [escaped, after @ ..]) => (*escaped, after),
            _ => (*byte, after),
        };
        bytes.push(meant);
        rest = after;
    }
    Cow::Owned(text_of(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names() {
        for (written, expected) in
            [("www.example.com.", "www.example.com"), ("-", "."), (".", "."), ("a b.c.", "a b.c")]
        {
            assert_eq!(question(written), expected);
        }
        assert_eq!(question(r"a\032b."), r"a\032b");
        for (written, expected) in [
            ("www.example.com.", "www.example.com"),
            (".", "."),
            (r"a\032b\.c\\.", r"a b.c\"),
            (r"caf\233.", r"caf\xe9"),
            (r"x\", r"x\"),
        ] {
            assert_eq!(owner(written), expected);
        }
    }

    #[test]
    fn data_by_type() {
        for (written, kind, expected) in [
            ("192.0.2.1", "A", "192.0.2.1"),
            ("cdn.example.com.", "CNAME", "cdn.example.com"),
            (".", "NS", "."),
            ("10\tmail.example.com.", "MX", "10 mail.example.com"),
            ("0\t5\t5060\tsip.example.com.", "SRV", "0 5 5060 sip.example.com"),
            ("ns.example.\troot.example.\t1\t2\t3\t4\t5", "SOA", "ns.example root.example 1 2 3 4 5"),
            ("\"v=spf1\t-all.\"\t\"x.\"", "TXT", "\"v=spf1 -all.\" \"x.\""),
        ] {
            assert_eq!(data(written, Some(kind)), expected);
        }
    }

    proptest! {
        #[test]
        fn what_ldns_escapes_comes_back(name in "[a-z .;()\\\\é]{0,20}") {
            let escaped = name.bytes().map(|byte| match byte {
                b'.' | b';' | b'(' | b')' | b'\\' => format!("\\{}", char::from(byte)),
                b'a'..=b'z' => char::from(byte).to_string(),
                _ => format!("\\{byte:03}"),
            });
            let escaped = escaped.collect::<String>();
            prop_assert_eq!(unescape(&escaped), name);
        }

        #[test]
        fn nothing_panics(text in any::<String>(), likely in "[\\\\0-9. é]{0,20}") {
            for text in [&text, &likely] {
                let _ = (question(text), owner(text), data(text, Some("MX")));
            }
        }
    }
}
