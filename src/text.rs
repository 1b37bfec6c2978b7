//! Text that came from outside, made safe to show.
//!
//! Here belong: making hidden characters visible and the type that says so ([`SafeText`]), quoting for
//! a message, breaking lines, and the likeness of words. Not here: JSON escapes (`policy::print`), shell quoting
//! (`export::shell`).

use std::borrow::Cow;

mod safe;

pub use safe::{
    SafeText, columns, exact, exact_lines, has_hidden, is_hidden, refused, shown, shown_exact, visible,
    visible_lines,
};

/// True when every character is ASCII and can be seen.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    !any_byte(text, |byte| !matches!(byte, 0x20..0x7f))
}

/// True when a text holds `*` or `?`, IAM's wildcards.
#[must_use]
pub fn has_wildcard(text: &str) -> bool {
    any_byte(text, |byte| byte == b'*' || byte == b'?')
}

/// True when any byte is of a class. Every byte is looked at, so that many are at once: for texts that
/// are short and mostly have none.
pub(crate) fn any_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(0, |found, byte| found | u8::from(is(byte))) > 0
}

/// The columns of text for people. The terminal's own width is not asked, so that output does not
/// depend on where it is read.
pub const COLUMNS: usize = 80;

/// One line as lines of at most [`COLUMNS`], all but the first indented by `hang`. Lines are broken at
/// spaces outside backticks only; what is longer without one stands alone.
#[must_use]
pub fn wrapped(line: &str, hang: usize) -> Cow<'_, str> {
    if line.len() <= COLUMNS || line.chars().count() <= COLUMNS {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 64);
    let (mut column, mut begun) = (0, false);
    let mut words = words(line).peekable();
    while let Some(word) = words.next() {
        let width = word.chars().count();
        let fits =
            column + 1 + width <= COLUMNS || out.trim().is_empty() || is_mark(word) && words.peek().is_some();
        if !begun {
            begun = true;
        } else if fits {
            out.push(' ');
            column += 1;
        } else if word.is_empty() && words.peek().is_some() {
            // Spaces between columns end where the line is broken.
            continue;
        } else {
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(&" ".repeat(hang));
            column = hang;
        }
        out.push_str(word);
        column += width;
    }
    Cow::Owned(out)
}

/// The pieces between spaces; what stands in backticks is one piece when they come in pairs.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let paired = line.matches('`').count().is_multiple_of(2);
    let mut quoted = false;
    line.split(move |c| {
        quoted ^= paired && c == '`';
        c == ' ' && !quoted
    })
}

/// True for a piece that Markdown would read as the mark of a list or heading at the start of a line.
fn is_mark(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']).unwrap_or_default();
    matches!(word, "-" | "+" | "*" | ">")
        || word.starts_with('#')
        || !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// Every line wrapped; entries of lists hang behind their mark.
#[must_use]
pub fn wrapped_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let mark = if line.trim_start().starts_with("- ") { 2 } else { 0 };
        out.push_str(&wrapped(line, indent + mark));
        out.push('\n');
    }
    out
}

/// The candidate most like `word`, if any is close enough to be a likely slip: at most a third of
/// the longer word's letters differ. Case does not count. Ties go to the first candidate.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word_low: Vec<char> = word.to_ascii_lowercase().chars().take(100).collect();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate.to_ascii_lowercase().chars().take(100).collect();
        let limit = (word_low.len().max(other.len()) / 3).max(1);
        if word_low.len().abs_diff(other.len()) > limit {
            continue;
        }
        let distance = edit_distance(&word_low, &other);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The number of letters to insert, delete, replace or swap with a neighbour to turn `a` into `b`
/// (optimal string alignment).
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut earlier_a = None;
    for (i, ca) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        let mut earlier_b = None;
        for (j, cb) in b.iter().enumerate() {
            let at = |row: &[usize], k: usize| row.get(k).copied().unwrap_or(usize::MAX / 2);
            let mut least =
                (at(&last, j) + usize::from(ca != cb)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if i > 0 && j > 0 && earlier_a == Some(cb) && earlier_b == Some(ca) {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
            earlier_b = Some(cb);
        }
        before = std::mem::replace(&mut last, row);
        earlier_a = Some(ca);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_spaces_outside_backticks() {
        assert_eq!(wrapped("a short line", 2), "a short line");
        let long = format!("- {} end", "word ".repeat(20).trim_end());
        let lines = wrapped(&long, 2);
        assert_eq!(lines.lines().count(), 2);
        assert!(lines.lines().all(|line| line.chars().count() <= COLUMNS), "{lines}");
        assert!(lines.lines().nth(1).unwrap().starts_with("  word"), "{lines}");
        assert_eq!(lines.split_whitespace().collect::<Vec<_>>(), long.split_whitespace().collect::<Vec<_>>());
        assert!(wrapped(&format!("   {long}"), 5).starts_with("   - word"), "the indentation stays");
        let code = format!("{} `aws x --y z` end", "w".repeat(72));
        assert_eq!(wrapped(&code, 0), format!("{}\n`aws x --y z` end", "w".repeat(72)));
        let alone = format!("{} {}", "x".repeat(90), "y".repeat(90));
        assert_eq!(wrapped(&alone, 1), format!("{}\n {}", "x".repeat(90), "y".repeat(90)));
        let mark = format!("{} 12. and", "w".repeat(78));
        assert_eq!(wrapped(&mark, 0), format!("{} 12.\nand", "w".repeat(78)), "no list begins by chance");
        assert_eq!(wrapped_lines("- a\nb"), "- a\nb\n");
    }

    #[test]
    fn the_nearest_word_is_a_likely_slip_or_none() {
        let actions = ["CreateFlow", "DeleteFlowVersion", "DeleteFlow", "InvokeModel"];
        assert_eq!(nearest("DeleteFlowVersions", actions), Some("DeleteFlowVersion"));
        assert_eq!(nearest("invokemodle", actions), Some("InvokeModel"));
        assert_eq!(nearest("Banana", actions), None);
    }
}
