//! The boundary between text from outside and whoever reads it: what would hide is written out.
//!
//! Here belong which characters hide, how they are written, [`SafeText`] and the columns of a text.
//! Two measures: words of people (names of files, of uses) keep their letters and show what is hidden;
//! values and identifiers also show every letter beyond U+00FF, since IAM takes none of them and some
//! look like others.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Deref;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr};

use super::{any_byte, is_plain};

/// How many marks may stand on one letter: what is above is a flood, and is written out.
const MARKS: usize = 4;

/// True for a character that a screen would hide, act upon or leave blank: controls (C0, C1, line and
/// paragraph separators), bidirectional marks, zero-width and other invisible characters, white space
/// other than U+0020 and U+3000, variation selectors, tag characters, private use, noncharacters, and
/// the planes where nothing is assigned.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}'
        | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{115f}' | '\u{1160}'
        | '\u{1680}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1345f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{33480}'..)
        || u32::from(c) & 0xfffe == 0xfffe
}

/// True when a text holds a character that [`is_hidden`].
#[must_use]
pub fn has_hidden(text: &str) -> bool {
    !is_plain(text) && text.chars().any(is_hidden)
}

/// The first character of a text that no policy may hold: IAM takes tab, line feed, carriage return and
/// U+0020 to U+00FF (IAM API reference: policyDocumentType).
#[must_use]
pub fn refused(text: &str) -> Option<char> {
    if is_plain(text) {
        return None;
    }
    text.chars().find(|c| !matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}'))
}

/// True for a character whose width depends on the terminal: halves of flags, colours of skin, the box
/// of a key.
fn is_unsure(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}')
}

/// True for a character that a terminal draws upon the one before it.
fn is_mark(c: char) -> bool {
    // Most letters and signs are told by their block.
    let is_letter = matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{20cf}' | '\u{2100}'..='\u{2bff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    if is_letter {
        return false;
    }
    c.width() == Some(0) || joins('x', c)
}

/// True when a character is drawn together with the one before it.
fn joins(before: char, c: char) -> bool {
    let pair = String::from_iter([before, c]);
    pair.graphemes(true).count() == 1
}

/// The text with every hidden character made visible: C0 controls in caret notation (`^[`), others as
/// `<U+202E>`. So are marks that stand on nothing, which would be drawn upon a border, and more of them
/// on one letter than any language has. Text without such characters is returned as it is.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) || is_visible(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (c, shown) in judged(text) {
        if shown { out.push(c) } else { write_out(c, &mut out) }
    }
    Cow::Owned(out)
}

/// Like [`visible`], and every character beyond U+00FF is written out too: for values of policies and
/// identifiers, in which a letter must be what it looks like.
#[must_use]
pub fn exact(text: &str) -> Cow<'_, str> {
    if is_plain(text) || text.chars().all(is_exact) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_exact(c) { out.push(c) } else { write_out(c, &mut out) }
    }
    Cow::Owned(out)
}

fn is_exact(c: char) -> bool {
    c <= '\u{ff}' && !is_hidden(c)
}

fn is_visible(text: &str) -> bool {
    judged(text).all(|(_, shown)| shown)
}

/// Every character, and whether it is shown as it is.
fn judged(text: &str) -> impl Iterator<Item = (char, bool)> {
    // How many marks the next one would follow; none may stand on nothing.
    let (mut marks, mut before) = (MARKS, ' ');
    text.chars().map(move |c| {
        let mark = is_mark(c);
        let floats = mark && (marks >= MARKS || !joins(before, c));
        let written_out = is_hidden(c) || is_unsure(c) || floats;
        before = c;
        let shown = !written_out;
        marks = match (mark, shown) {
            (true, true) => marks + 1,
            (false, true) if !c.is_whitespace() => 0,
            _ => MARKS,
        };
        (c, shown)
    })
}

fn write_out(c: char, out: &mut String) {
    match u32::from(c) {
        code @ 0..=0x1f => {
            out.push('^');
            out.push(char::from_u32(code + 0x40).unwrap_or('?'));
        }
        0x7f => out.push_str("^?"),
        code => {
            let _ = write!(out, "<U+{code:04X}>");
        }
    }
}

/// Like [`visible`], but keeps line feeds: for whole blocks of text.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    each_line(text, visible)
}

/// Like [`exact`], but keeps line feeds.
#[must_use]
pub fn exact_lines(text: &str) -> Cow<'_, str> {
    each_line(text, exact)
}

fn each_line(text: &str, safe: fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
    let is_fine = |line| matches!(safe(line), Cow::Borrowed(_));
    if !any_byte(text, |byte| !matches!(byte, b'\n' | 0x20..0x7f)) || text.split('\n').all(is_fine) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<_> = text.split('\n').map(safe).collect();
    Cow::Owned(lines.join("\n"))
}

/// Words of people as they stand in a message: visible, cut at 200 characters, without backticks
/// around.
#[must_use]
pub fn shown(text: &str) -> String {
    cut_off(visible(text))
}

/// A value or identifier as it stands in a message: exact, and cut like [`shown`].
#[must_use]
pub fn shown_exact(text: &str) -> String {
    cut_off(exact(text))
}

fn cut_off(safe: Cow<'_, str>) -> String {
    match safe.char_indices().nth(200) {
        Some((at, _)) => format!("{}…", safe.get(..at).unwrap_or_default()),
        None => safe.into_owned(),
    }
}

/// The columns that a text takes on the screen: those of its letters with their marks, one by one, as
/// they are drawn.
#[must_use]
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Text in which nothing is hidden. Only this module makes it, and only it reaches the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeText(String);

impl SafeText {
    /// The text of a value or identifier: [`exact`].
    #[must_use]
    pub fn exact(text: &str) -> Self {
        Self(exact(text).into_owned())
    }
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for SafeText {
    fn from(text: String) -> Self {
        if let Cow::Owned(safe) = visible(&text) {
            return Self(safe);
        }
        Self(text)
    }
}

impl From<&str> for SafeText {
    fn from(text: &str) -> Self {
        Self(visible(text).into_owned())
    }
}

impl From<&String> for SafeText {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Cow<'_, str>> for SafeText {
    fn from(text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::from(text),
            Cow::Owned(text) => Self::from(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_become_visible() {
        assert_eq!(visible("bedrock:Invoke\u{1b}Model"), "bedrock:Invoke^[Model");
        assert_eq!(visible("a\u{202e}b\u{85}c\u{7f}"), "a<U+202E>b<U+0085>c^?");
        assert_eq!(visible("plain ünïcode, 日本語, اردو"), "plain ünïcode, 日本語, اردو");
        assert_eq!(visible("a\u{a0}b\u{e000}\u{ffff}\u{e0041}"), "a<U+00A0>b<U+E000><U+FFFF><U+E0041>");
        assert_eq!(visible_lines("a\nb\tc"), "a\nb^Ic");
        for c in '\0'..=char::MAX {
            let alone = c.to_string();
            let safe = visible(&alone);
            assert_eq!(visible(&safe), safe, "U+{:04X}", u32::from(c));
            assert!(columns(&safe) > 0, "U+{:04X} would not be drawn", u32::from(c));
            assert_eq!(exact(&safe), exact(&exact(&safe)));
            if c.is_control() {
                assert!(safe.is_ascii() && safe.len() > 1);
            }
        }
    }

    #[test]
    fn a_mark_stands_on_a_letter_and_no_letter_carries_a_flood() {
        assert_eq!(visible("e\u{301}"), "e\u{301}");
        assert_eq!(visible("\u{301}e"), "<U+0301>e");
        assert_eq!(visible("a \u{301}e"), "a <U+0301>e");
        assert_eq!(visible("\u{93e}"), "<U+093E>", "a mark with a width of its own");
        assert_eq!(visible("กำ \u{e33}"), "กำ <U+0E33>");
        assert_eq!(visible("\u{1112}\u{1161}\u{11ab}"), "\u{1112}\u{1161}\u{11ab}");
        assert_eq!(visible("\u{1161} b\u{1161}"), "<U+1161> b<U+1161>", "no vowel without its consonant");
        let flood = format!("a{}", "\u{351}".repeat(9));
        assert_eq!(visible(&flood), format!("a{}{}", "\u{351}".repeat(4), "<U+0351>".repeat(5)));
        assert_eq!(visible("👨\u{200d}👩 🇩🇪 👍\u{1f3fd} 1\u{fe0f}\u{20e3}").matches("<U+").count(), 6);
    }

    #[test]
    fn a_value_shows_every_letter_that_no_policy_takes() {
        assert_eq!(exact("bedrock:Invоke"), "bedrock:Inv<U+043E>ke");
        assert_eq!(exact("é\u{1b}…"), "é^[<U+2026>");
        assert_eq!(exact_lines("а\nb"), "<U+0430>\nb");
        assert_eq!((refused("Grüße\n"), refused("dash–")), (None, Some('–')));
        assert!(matches!(exact("arn:aws:s3:::bucket/é"), Cow::Borrowed(_)));
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        let long = "x".repeat(500);
        assert_eq!(shown(&long).chars().count(), 201);
        assert_eq!(shown_exact(&long), shown(&long));
    }

    #[test]
    fn columns_are_those_that_are_drawn() {
        assert_eq!((columns("abc"), columns("日本"), columns("e\u{301}"), columns("لا")), (3, 4, 1, 2));
    }
}
