//! Reading JSON with a place for every node, repeated keys told, and several faults per text.
//!
//! Here belongs the grammar of JSON and nothing of policies. After a fault the reader goes on at the
//! next comma or closing bracket, so that one slip does not hide the others. Numbers keep their
//! spelling; keys are compared after decoding, so `"\u0041ction"` repeats `"Action"`.

use super::tree::{Member, Node, Place, Span, Text, Value};

mod string;

/// Largest input read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Deepest nesting read.
pub const MAX_DEPTH: usize = 128;
/// More faults than this are not collected from one text.
pub const MAX_FAULTS: usize = 100;

/// What is wrong at one place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: FaultKind,
}

/// The kinds of fault that the reader tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Something else was expected here; the text says what.
    Expected(&'static str),
    /// A comma before a closing bracket.
    TrailingComma,
    /// A backslash with an unknown letter, or an incomplete `\u`.
    BadEscape,
    /// Half of a surrogate pair, which is no character.
    LoneSurrogate,
    /// A control character inside a string, a line break for instance.
    RawControl,
    /// A number not spelled as JSON spells it.
    BadNumber,
    /// The same key again in one object.
    RepeatedKey(String),
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// Larger than [`MAX_BYTES`].
    TooLarge,
    /// Something follows the document.
    TextAfterEnd,
}

impl FaultKind {
    /// The fault in words, lower case, without a full stop.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Expected(what) => format!("expected {what}"),
            Self::TrailingComma => "a comma before a closing bracket".into(),
            Self::BadEscape => "an escape that JSON does not know".into(),
            Self::LoneSurrogate => "half of a surrogate pair".into(),
            Self::RawControl => "a line break or control character inside a string".into(),
            Self::BadNumber => "a number that JSON does not spell so".into(),
            Self::RepeatedKey(key) => format!("the key `{}` a second time", crate::text::shown_exact(key)),
            Self::TooDeep => format!("nesting deeper than {MAX_DEPTH}"),
            Self::TooLarge => format!("more than {} MiB", MAX_BYTES / 1024 / 1024),
            Self::TextAfterEnd => "text after the end of the document".into(),
        }
    }
}

/// What was read: a tree as far as there is one, and the faults.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The document; parts that could not be read are left out.
    pub root: Option<Node>,
    /// Everything that is wrong, in order of the text.
    pub faults: Vec<Fault>,
}

/// Reads a JSON text. A UTF-8 byte order mark at the start is skipped.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut reader = Reader { bytes: text.as_bytes(), text, at: 0, depth: 0, faults: Vec::new() };
    if text.len() > MAX_BYTES {
        reader.fault(Span { start: MAX_BYTES, end: MAX_BYTES }, FaultKind::TooLarge);
        return Parsed { root: None, faults: reader.faults };
    }
    if text.starts_with('\u{feff}') {
        reader.at = 3;
    }
    let root = reader.value();
    reader.space();
    if root.is_some() && reader.at < reader.bytes.len() {
        let span = Span { start: reader.at, end: reader.bytes.len() };
        reader.fault(span, FaultKind::TextAfterEnd);
    }
    Parsed { root, faults: reader.faults }
}

/// Line and column of a byte, both from 1; columns count characters.
#[must_use]
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    depth: usize,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, span: Span, kind: FaultKind) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault { span, kind });
        }
    }

    fn fault_here(&mut self, kind: FaultKind) {
        let end = (self.at + 1).min(self.bytes.len());
        self.fault(Span { start: self.at, end }, kind);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<Node> {
        self.space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(|text| Value::Text(Text::new(text))),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                self.fault_here(FaultKind::Expected("a value: a quoted string, a list or an object"));
                None
            }
        }?;
        Some(Node::new(value, Place::Source(Span { start, end: self.at })))
    }

    fn nested(&mut self, read: fn(&mut Self) -> Value) -> Option<Value> {
        if self.depth >= MAX_DEPTH {
            self.fault_here(FaultKind::TooDeep);
            self.at = self.bytes.len();
            return None;
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        Some(value)
    }

    fn word(&mut self, word: &'static str, value: Value) -> Option<Value> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let next = rest.get(word.len()).copied().unwrap_or(b' ');
        if rest.starts_with(word.as_bytes()) && !next.is_ascii_alphanumeric() {
            self.at += word.len();
            return Some(value);
        }
        self.fault_here(FaultKind::Expected("a value: a quoted string, a list or an object"));
        None
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let spelled = self.text.get(start..self.at).unwrap_or_default();
        if !is_number(spelled.as_bytes()) {
            self.fault(Span { start, end: self.at }, FaultKind::BadNumber);
            return None;
        }
        Some(Value::Number(spelled.to_owned()))
    }

    /// Skips to the next comma or closing bracket of the level we are on.
    fn recover(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.skip_string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'"' | b'\n' => return,
                _ => {}
            }
        }
    }

    fn array(&mut self) -> Value {
        self.at += 1;
        let mut items = Vec::new();
        self.sequence(b']', "a comma or `]`", |reader| match reader.value() {
            Some(item) => items.push(item),
            None => reader.recover(),
        });
        Value::Array(items)
    }

    fn object(&mut self) -> Value {
        self.at += 1;
        let mut members: Vec<Member> = Vec::new();
        self.sequence(b'}', "a comma or `}`", |reader| match reader.member() {
            Some(member) => {
                if members.iter().any(|other| other.key == member.key) {
                    let span = member.key_span.unwrap_or_default();
                    reader.fault(span, FaultKind::RepeatedKey(member.key.clone().into_owned()));
                }
                members.push(member);
            }
            None => reader.recover(),
        });
        Value::Object(members)
    }

    /// Items separated by commas up to the closing byte.
    fn sequence(&mut self, close: u8, expected: &'static str, mut item: impl FnMut(&mut Self)) {
        let mut comma: Option<usize> = None;
        loop {
            self.space();
            match self.peek() {
                Some(byte) if byte == close => {
                    if let Some(at) = comma {
                        self.fault(Span { start: at, end: at + 1 }, FaultKind::TrailingComma);
                    }
                    self.at += 1;
                    return;
                }
                None => return self.fault_here(FaultKind::Expected(expected)),
                _ => {}
            }
            let before = self.at;
            item(self);
            self.space();
            comma = match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    Some(self.at - 1)
                }
                Some(byte) if byte == close => None,
                Some(b'}' | b']') => {
                    // The other kind of bracket: this level was never closed.
                    return self.fault_here(FaultKind::Expected(expected));
                }
                Some(_) => {
                    self.fault_here(FaultKind::Expected(expected));
                    if self.at == before || self.peek() != Some(b'"') {
                        self.recover();
                        if self.peek() == Some(b',') {
                            self.at += 1;
                        }
                    }
                    None
                }
                None => None,
            };
        }
    }

    fn member(&mut self) -> Option<Member> {
        self.space();
        let start = self.at;
        if self.peek() != Some(b'"') {
            self.fault_here(FaultKind::Expected("a key in quotes"));
            return None;
        }
        let key = self.string()?;
        let key_span = Some(Span { start, end: self.at });
        self.space();
        if self.peek() != Some(b':') {
            self.fault_here(FaultKind::Expected("`:` after the key"));
            return None;
        }
        self.at += 1;
        let value = self.value()?;
        Some(Member { key: key.into(), key_span, value })
    }
}

/// JSON's grammar of numbers.
fn is_number(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let digits = |rest: &mut &[u8]| {
        let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        *rest = rest.get(count..).unwrap_or_default();
        count
    };
    let leading_zero = rest.first() == Some(&b'0');
    let whole = digits(&mut rest);
    if whole == 0 || (leading_zero && whole > 1) {
        return false;
    }
    if let Some(after) = rest.strip_prefix(b".") {
        rest = after;
        if digits(&mut rest) == 0 {
            return false;
        }
    }
    if let [b'e' | b'E', after @ ..] = rest {
        rest = match after {
            [b'+' | b'-', signed @ ..] => signed,
            _ => after,
        };
        if digits(&mut rest) == 0 {
            return false;
        }
    }
    rest.is_empty()
}
