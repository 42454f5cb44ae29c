//! Compiles a `logformat` of `squid.conf` for the [matcher](super::matcher).
//!
//! Source: `Format::Token::parse()` in `src/format/Token.cc` of Squid 5.7:
//! `% ["|[|'|#|/] [-] [[0]width][.width] [{argument}] code [{argument}]`.

use super::code::{CODES, Code, Shape, named};
use super::matcher::{Format, Item, Meaning};
use super::quoting::Quoting;
use super::strftime::Pattern;
use crate::error::Error;

/// Who writes the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    /// Squid's code for one of its built-in formats, which escapes nothing but header blocks.
    BuiltIn,
    /// Squid's code for any `logformat`, which escapes what is between quotes or brackets.
    Custom,
}

/// The default argument of `%tl` and `%tg`.
const CLOCK: &str = "%d/%b/%Y:%H:%M:%S %z";

/// Compiles a format: the part after its name, or the whole line of `squid.conf`.
///
/// # Errors
/// The format is not one of Squid's, or its fields could not be told apart; the message says at which character.
pub(super) fn compile(text: &str, writer: Writer) -> Result<Format, Error> {
    let text = text.trim();
    let named = text.strip_prefix("logformat ").map(str::trim_start).and_then(|rest| rest.split_once(' '));
    let text = named.map_or(text, |(_, format)| format.trim_start());
    let mut compiler = Compiler::new(text, writer);
    compiler.run()?;
    compiler.finish()
}

/// What the literal text so far says of the fields in it, as in Squid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    Bare,
    Quotes,
    Brackets,
}

struct Compiler<'t> {
    text: &'t str,
    rest: &'t str,
    writer: Writer,
    context: Context,
    lead: String,
    items: Vec<(Item, Quoting)>,
    subsecond_digits: u32,
    patterns: [Option<Pattern>; 2],
    /// How many `%tl` and `%tg` there were.
    clocks: usize,
}

/// Digits of `%tu` without a precision: milliseconds, however they are padded.
const SUBSECOND_DIGITS: u32 = 3;

/// What stands between a `%` and the code's name.
#[derive(Debug, Default)]
struct Modifiers<'t> {
    quote: Option<char>,
    left: bool,
    zero: bool,
    width: u32,
    most: u32,
    argument: Option<&'t str>,
}

impl<'t> Compiler<'t> {
    fn new(text: &'t str, writer: Writer) -> Self {
        let (context, lead) = (Context::Bare, String::new());
        let (items, patterns) = (Vec::new(), [None, None]);
        Self { text, rest: text, writer, context, lead, items, subsecond_digits: SUBSECOND_DIGITS, patterns, clocks: 0 }
    }

    fn run(&mut self) -> Result<(), Error> {
        while !self.rest.is_empty() {
            let (literal, directive) = self.rest.split_once('%').unwrap_or((self.rest, ""));
            let has_directive = literal.len() < self.rest.len();
            self.literal(literal);
            if !has_directive {
                break;
            }
            let start = self.text.len() - directive.len();
            self.rest = directive;
            if self.take('%') {
                self.append("%");
            } else {
                self.directive(start)?;
            }
        }
        Ok(())
    }

    fn literal(&mut self, literal: &str) {
        for character in literal.chars() {
            self.context = match (self.context, character) {
                (Context::Bare, '"') => Context::Quotes,
                (Context::Quotes, '"') | (Context::Brackets, ']') => Context::Bare,
                (Context::Bare, '[') => Context::Brackets,
                (context, _) => context,
            };
        }
        self.append(literal);
    }

    fn append(&mut self, literal: &str) {
        self.items.last_mut().map_or(&mut self.lead, |(item, _)| &mut item.after).push_str(literal);
    }

    /// Takes what comes after a `%`, which ends at byte `start` of the format.
    fn directive(&mut self, start: usize) -> Result<(), Error> {
        let mut modifiers = self.modifiers(start)?;
        let Some((code, shape, length)) = named(self.rest, modifiers.argument) else {
            return Err(self.error(start, "no format code follows the %"));
        };
        let after = self.rest.get(length..).unwrap_or_default();
        let label = self.rest.get(..length).unwrap_or_default();
        self.rest = after;
        let (code, shape) = if modifiers.argument.is_none() && self.rest.starts_with('{') {
            modifiers.argument = self.argument(start)?;
            named(label, modifiers.argument).map_or((code, shape), |(code, shape, _)| (code, shape))
        } else {
            (code, shape)
        };
        let (code, pattern) = match code {
            Some(Code::Clock) => self.clock(start, label, modifiers.argument)?,
            code => (code, None),
        };
        self.end_before(start, pattern.as_ref())?;
        if code == Some(Code::Subsecond) && modifiers.most > 0 {
            self.subsecond_digits = modifiers.most.min(6);
        }
        let name = match modifiers.argument {
            Some(argument) => format!("%{{{argument}}}{label}"),
            None => format!("%{label}"),
        };
        let quoting = self.quoting(code, &modifiers);
        let is_user = shape == Shape::User;
        let shape = match modifiers.quote {
            Some('/') => Shape::Shell,
            _ => shape,
        };
        let padded = modifiers.width > 0 && !modifiers.zero;
        let (padded_left, padded_right) = (padded && !modifiers.left, padded && modifiers.left);
        let item = Item { code, name, shape, is_user, padded_left, padded_right, pattern, after: String::new() };
        self.items.push((item, quoting));
        Ok(())
    }

    /// The code and the form of a `%tl` or `%tg`. The first is the time; the second completes it, if it says what the first
    /// leaves out: the clock of a day, or the zone. Further ones are only skipped.
    fn clock(
        &mut self,
        start: usize,
        label: &str,
        argument: Option<&str>,
    ) -> Result<(Option<Code>, Option<Pattern>), Error> {
        let argument = argument.filter(|argument| *argument != CLOCK);
        let is_utc = label.ends_with('g');
        let pattern = argument.map(|argument| Pattern::compile(argument, is_utc)).transpose();
        let pattern = pattern.map_err(|problem| self.error(start, &problem))?;
        self.clocks += 1;
        let [first, rest] = &mut self.patterns;
        let code = match (&*first, &pattern) {
            _ if self.clocks == 1 => {
                first.clone_from(&pattern);
                Some(Code::Clock)
            }
            (Some(before), Some(next)) if rest.is_none() && next.completes(before) => {
                rest.clone_from(&pattern);
                Some(Code::ClockRest)
            }
            _ => None,
        };
        Ok((code, pattern))
    }

    /// Ends the field before a directive: some text must stand between the two, unless the first shows its end itself.
    fn end_before(&mut self, start: usize, pattern: Option<&Pattern>) -> Result<(), Error> {
        let Some((before, _)) = self.items.last_mut().filter(|(item, _)| item.after.is_empty()) else { return Ok(()) };
        if before.shape == Shape::Number && pattern.is_some_and(Pattern::begins_with_offset) {
            before.shape = Shape::Digits;
        } else if before.shape != Shape::Clock {
            let problem = format!("nothing tells where {} ends and the next field begins", before.name);
            return Err(self.error(start, &problem));
        }
        Ok(())
    }

    fn modifiers(&mut self, start: usize) -> Result<Modifiers<'t>, Error> {
        let quote = self.rest.chars().next().filter(|first| matches!(first, '"' | '[' | '\'' | '#' | '/'));
        let mut modifiers = Modifiers { quote, ..Modifiers::default() };
        if let Some(quote) = quote {
            self.take(quote);
        }
        modifiers.left = self.take('-');
        modifiers.zero = self.take('0');
        modifiers.width = self.number(start)?;
        if self.take('.') {
            modifiers.most = self.number(start)?;
        }
        if self.rest.starts_with('{') {
            modifiers.argument = self.argument(start)?;
        }
        Ok(modifiers)
    }

    fn take(&mut self, character: char) -> bool {
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn number(&mut self, start: usize) -> Result<u32, Error> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at_checked(digits).unwrap_or(("", self.rest));
        self.rest = rest;
        if number.is_empty() { Ok(0) } else { number.parse().map_err(|_| self.error(start, "the width is too large")) }
    }

    fn argument(&mut self, start: usize) -> Result<Option<&'t str>, Error> {
        let inside = self.rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let (argument, rest) = inside.ok_or_else(|| self.error(start, "a { is not closed"))?;
        self.rest = rest;
        Ok(Some(argument))
    }

    /// How the field is written. Without quotes Squid writes headers as URLs but leaves their `%` alone; undoing that is
    /// right for names of programs and wrong for URLs and cookies, which bring their own `%`.
    fn quoting(&self, code: Option<Code>, modifiers: &Modifiers<'_>) -> Quoting {
        let headers = matches!(code, Some(Code::RequestHeaders | Code::ReplyHeaders));
        match (self.writer, modifiers.quote, self.context) {
            (Writer::BuiltIn, ..) => {
                if headers {
                    Quoting::Mime
                } else {
                    Quoting::Raw
                }
            }
            (_, Some('"' | '/'), _) | (_, None, Context::Quotes) => Quoting::Quotes,
            (_, Some('['), _) | (_, None, Context::Brackets) => Quoting::Mime,
            (_, Some('#'), _) => Quoting::Url,
            (_, Some(_), _) => Quoting::Raw,
            (_, None, Context::Bare) if headers => Quoting::Mime,
            (_, None, Context::Bare) if matches!(code, Some(Code::UserAgent | Code::Server)) => Quoting::Url,
            (_, None, Context::Bare) => Quoting::Raw,
        }
    }

    fn error(&self, start: usize, problem: &str) -> Error {
        let character = self.text.get(..start).map_or(0, |before| before.chars().count());
        Error::option(format!(
            "The option logformat cannot be used: at character {character}: {problem}. The format is: {}",
            self.text
        ))
    }

    fn finish(self) -> Result<Format, Error> {
        if !self.items.iter().any(|(item, _)| item.code.is_some()) {
            return Err(self.error(self.text.len(), "it ends without any code that fills a column"));
        }
        self.check_time()?;
        let mut quotings = [Quoting::Raw; CODES];
        let mut items = Vec::with_capacity(self.items.len());
        for (mut item, quoting) in self.items {
            item.shape = shape(&item, quoting, self.writer);
            if let Some(place) = item.code.and_then(|code| quotings.get_mut(code as usize)) {
                *place = quoting;
            }
            items.push(item);
        }
        let meaning = Meaning { quotings, subsecond_digits: self.subsecond_digits, patterns: self.patterns };
        Ok(Format {
            text: self.text.to_owned(),
            lead: self.lead,
            readings: readings(&items),
            plainest: reading(&items, PLAINEST),
            meaning,
        })
    }

    /// A time that has no day, or no clock, would be no time of any line.
    fn check_time(&self) -> Result<(), Error> {
        let has = |code| self.items.iter().any(|(item, _)| item.code == Some(code));
        let [Some(first), second] = &self.patterns else { return Ok(()) };
        let all = [Some(first), second.as_ref()];
        let has_day = all.iter().flatten().any(|pattern| pattern.has_day());
        let has_clock = all.iter().flatten().any(|pattern| pattern.has_clock());
        if (has_day && has_clock) || has(Code::Seconds) || has(Code::Start) {
            return Ok(());
        }
        Err(self.error(self.text.len(), "its time has no day, or no hour"))
    }
}

/// The shape of a field in its place: what escapes its own end is easier to find.
fn shape(item: &Item, quoting: Quoting, writer: Writer) -> Shape {
    let may_have_spaces = matches!(item.shape, Shape::Loose | Shape::Url | Shape::User | Shape::Media);
    match item.after.as_bytes().first() {
        Some(b']') if may_have_spaces && quoting == Quoting::Mime => Shape::Bracketed,
        Some(b'"') if may_have_spaces && quoting == Quoting::Quotes && writer == Writer::Custom => Shape::Quoted,
        // A space, which the field itself may hold, tells nothing of its end.
        _ if item.after.trim_ascii().is_empty() => item.shape,
        _ if item.shape == Shape::Url => Shape::Loose,
        _ if item.shape == Shape::User => Shape::Spaced,
        _ => item.shape,
    }
}

/// Shapes that a user's name, a URL and a media type are taken for, where a space follows each.
type Shapes = [Shape; 3];

/// Only URLs hold spaces.
const PLAINEST: Shapes = [Shape::Word, Shape::Loose, Shape::Word];

/// The ways to tell the fields of a line apart, the likeliest first: a user's name with spaces is usual where accounts have
/// them, a URL with spaces is rare (`uri_whitespace` is `strip` by default), a type with spaces rarer.
const WAYS: [Shapes; 4] = [
    [Shape::Loose, Shape::Word, Shape::Word],
    PLAINEST,
    [Shape::Word, Shape::Word, Shape::Loose],
    [Shape::Loose, Shape::Word, Shape::Loose],
];

fn reading(items: &[Item], [user, url, media]: Shapes) -> Vec<Item> {
    let mut items = items.to_vec();
    for item in &mut items {
        item.shape = match item.shape {
            Shape::User => user,
            Shape::Url => url,
            Shape::Media => media,
            shape => shape,
        };
    }
    items
}

fn readings(items: &[Item]) -> Vec<Vec<Item>> {
    let mut readings: Vec<Vec<Item>> = Vec::new();
    for shapes in WAYS {
        let reading = reading(items, shapes);
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::squid::matcher::Spans;
    use proptest::prelude::*;

    fn fields(format: &str, line: &str, codes: &[Code]) -> Vec<Option<String>> {
        let format = compile(format, Writer::Custom).unwrap();
        let mut spans = Spans::new();
        format.split(line, &mut spans).unwrap();
        let text =
            |code: &Code| spans.get(*code).of(line).map(|text| format.meaning.quotings[*code as usize].undo(text));
        codes.iter().map(|code| text(code).map(std::borrow::Cow::into_owned)).collect()
    }

    fn some(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|text| Some((*text).to_owned())).collect()
    }

    fn problem(format: &str) -> String {
        compile(format, Writer::Custom).unwrap_err().message
    }

    #[test]
    fn widths_are_padding() {
        let codes = [Code::Elapsed, Code::Client, Code::Status];
        assert_eq!(fields("%6tr %-16>a|%03>Hs", "    -5 ::1             |000", &codes), some(&["-5", "::1", "000"]));
        assert_eq!(
            fields("%6tr %-16>a|%03>Hs", "1234567 192.0.2.1       |200", &codes),
            some(&["1234567", "192.0.2.1", "200"])
        );
        assert_eq!(fields("%>Hs %-6>a %6tr", "200 ::1         12", &codes), some(&["12", "::1", "200"]));
    }

    #[test]
    fn quotes_and_brackets_end_where_they_are_not_escaped() {
        let codes = [Code::UserAgent, Code::Referer];
        let line = r#""a \"b\" c\\" [x%5b%5d y] end"#;
        assert_eq!(fields(r#""%{User-Agent}>h" [%{Referer}>h] %Ss"#, line, &codes), some(&["a \"b\" c\\", "x[] y"]));
        assert_eq!(
            fields(r#"<%"{User-Agent}>h> %#{Referer}>h"#, r#"<a \"b> x%20y%25"#, &codes),
            some(&["a \"b", "x y%"])
        );
        assert_eq!(fields("%/{User-Agent}>h %/>h{Referer}", r#""a b\"" c"#, &codes), some(&["a b\"", "c"]));
    }

    #[test]
    fn loose_fields_end_where_the_rest_fits() {
        let codes = [Code::Url, Code::MediaType];
        assert_eq!(fields("%ru %un %mt", "http://a/b c d - text/html", &codes), some(&["http://a/b c d", "text/html"]));
        assert_eq!(fields("%ru|%un|%mt", "http://a/b|c|-|text/html", &codes), some(&["http://a/b|c", "text/html"]));
        assert_eq!(fields("%note %ru %un %mt", "a b c - d/e", &codes), some(&["b c", "d/e"]));
        let codes = [Code::Url, Code::Status, Code::Referer];
        assert_eq!(
            fields("%ru\" %>Hs <%{Referer}>h>", "a b\" c d\" 200 <e> f>", &codes),
            some(&["a b\" c d", "200", "e> f"])
        );
    }

    #[test]
    fn addresses_keep_their_colons() {
        let codes = [Code::Client, Code::ClientPort];
        assert_eq!(fields("%>a:%>p %un", "2001:db8::1:4711 -", &codes), some(&["2001:db8::1", "4711"]));
        assert_eq!(fields("[%>a]:%>p", "[::1]:4711", &codes), some(&["::1", "4711"]));
    }

    #[test]
    fn the_whole_line_of_the_configuration_is_taken() {
        assert_eq!(fields("logformat mine %% %>a", "% ::1", &[Code::Client]), some(&["::1"]));
    }

    #[test]
    fn formats_that_cannot_be_used() {
        assert!(problem("%>a%>p").contains("at character 4: nothing tells where %>a ends"), "{}", problem("%>a%>p"));
        assert!(problem("%>a %").contains("at character 5: no format code"));
        assert!(problem("ü %{Referer>h").contains("at character 3: a { is not closed"));
        assert!(problem("%>a [%{%H:%M}tl]").contains("its time has no day"));
        assert!(problem("%>a [%tl{%F}]").contains("no hour"));
        assert!(problem("%>a [%{%F %Q}tl]").contains("at character 6: %Q is no form of strftime"));
        assert!(problem("%99999999999tr").contains("too large"));
        assert!(problem("").contains("without any code"));
        assert!(problem("common").contains("without any code"));
        compile("[%{%d/%b/%Y:%H:%M:%S %z}tl]", Writer::Custom).unwrap();
    }

    proptest! {
        #[test]
        fn no_format_and_no_line_panics(format in any::<String>(), line in any::<String>()) {
            if let Ok(format) = compile(&format, Writer::Custom) {
                let _ = format.split(&line, &mut Spans::new());
            }
        }

        #[test]
        fn no_likely_format_panics(
            format in "(%[\"\\[#'/]?-?0?[0-9]?(\\{Referer\\})?(>a|>h|ru|tl|<st|note|%)[ \"\\[\\]:|]{0,2}){0,5}",
            line in "[ \"\\[\\]:|\\\\a-cü%0-9]{0,40}",
        ) {
            if let Ok(format) = compile(&format, Writer::Custom) {
                let _ = format.split(&line, &mut Spans::new());
            }
        }
    }
}
