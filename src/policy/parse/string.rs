//! Decoding of JSON strings: escapes, surrogate pairs, raw control characters.

use super::{FaultKind, Reader, Span};

impl Reader<'_> {
    /// Reads the string whose opening quote is at the reader's place. `None` when it never ends;
    /// other faults are told and the readable part is kept.
    pub(super) fn string(&mut self) -> Option<String> {
        let open = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let from = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            out.push_str(self.text.get(from..self.at).unwrap_or_default());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Some(out);
                }
                Some(b'\\') => self.escape(&mut out),
                Some(b'\n' | b'\r') | None if !self.closes_later() => {
                    self.fault(Span { start: open, end: self.at }, FaultKind::Expected("a closing quote"));
                    return None;
                }
                _ => {
                    self.fault_here(FaultKind::RawControl);
                    self.at += 1;
                }
            }
        }
    }

    /// True when the string goes on after a raw line break: a quote follows, and the next thing on
    /// the page is not what follows a string. Otherwise the closing quote was forgotten.
    fn closes_later(&self) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let next = rest.iter().find(|b| !b.is_ascii_whitespace());
        !matches!(next, None | Some(b'"' | b'}' | b']' | b',' | b':')) && rest.contains(&b'"')
    }

    fn escape(&mut self, out: &mut String) {
        let start = self.at;
        self.at += 1;
        let letter = self.peek();
        self.at = (self.at + 1).min(self.bytes.len());
        let plain = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start, out),
            _ => {
                while !self.text.is_char_boundary(self.at) {
                    self.at += 1;
                }
                return self.fault(Span { start, end: self.at }, FaultKind::BadEscape);
            }
        };
        out.push(plain);
    }

    fn unicode(&mut self, start: usize, out: &mut String) {
        let Some(high) = self.four_hex() else {
            return self.fault(Span { start, end: self.at }, FaultKind::BadEscape);
        };
        let code = match high {
            0xd800..=0xdbff => {
                let pair = self.bytes.get(self.at..self.at + 2) == Some(b"\\u");
                let back = self.at;
                if pair {
                    self.at += 2;
                }
                match pair.then(|| self.four_hex()).flatten() {
                    Some(low @ 0xdc00..=0xdfff) => 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00),
                    _ => {
                        self.at = back;
                        return self.fault(Span { start, end: self.at }, FaultKind::LoneSurrogate);
                    }
                }
            }
            code => code,
        };
        match char::from_u32(code) {
            Some(c) => out.push(c),
            None => self.fault(Span { start, end: self.at }, FaultKind::LoneSurrogate),
        }
    }

    fn four_hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::parse::{FaultKind, line_and_column, parse};

    fn kinds(text: &str) -> Vec<FaultKind> {
        parse(text).faults.into_iter().map(|fault| fault.kind).collect()
    }

    #[test]
    fn strings_are_decoded_and_keys_compared_decoded() {
        let parsed = parse(r#"{"\u0041ction": "a\u00e9\ud83d\ude00\n", "Action": 1}"#);
        assert_eq!(parsed.root.as_ref().unwrap().members()[0].value.as_str(), Some("aé😀\n"));
        assert_eq!(kinds(r#"{"\u0041ction": 1, "Action": 2}"#), [FaultKind::RepeatedKey("Action".into())]);
    }

    #[test]
    fn several_faults_are_told_with_their_places() {
        let text = "{\n \"a\": *,\n \"b\": [1, 2,],\n \"c\": \"\\ud800\",\n \"d\": 01\n}";
        let faults = parse(text).faults;
        let lines: Vec<_> = faults.iter().map(|f| line_and_column(text, f.span.start)).collect();
        assert_eq!(lines, [(2, 7), (3, 12), (4, 8), (5, 7)]);
        assert_eq!(faults[1].kind, FaultKind::TrailingComma);
        assert_eq!(faults[2].kind, FaultKind::LoneSurrogate);
        assert_eq!(faults[3].kind, FaultKind::BadNumber);
    }

    #[test]
    fn a_line_break_inside_a_string_is_told_where_it_stands() {
        let text = "{\"a\": \"arn:\n${p}\nx\"}";
        assert_eq!(kinds(text), [FaultKind::RawControl, FaultKind::RawControl]);
        assert_eq!(kinds("{\"a\": \"x\n}"), [FaultKind::Expected("a closing quote")]);
    }

    #[test]
    fn depth_and_truncation_are_bounded() {
        assert!(kinds(&"[".repeat(100_000)).contains(&FaultKind::TooDeep));
        assert!(!kinds(&"[".repeat(127)).contains(&FaultKind::TooDeep));
        assert!(!kinds("{\"a\":").is_empty());
        assert!(!kinds("").is_empty());
    }
}
