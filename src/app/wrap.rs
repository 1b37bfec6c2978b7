//! Breaking words into lines of a width, counted in columns of a terminal.

use unicode_segmentation::UnicodeSegmentation as _;

use super::role::{Role, Words};
use crate::text::{SafeText, columns, exact, visible, visible_lines};

/// The lines of a text that fit into a width, hidden characters made visible first: broken at spaces, a
/// word that is longer than a line is cut. Line feeds are kept, and so are spaces at the start, before every line of theirs. A width of
/// zero counts as one.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let (width, text) = (width.max(1), visible_lines(text));
    let mut out = Vec::new();
    for paragraph in text.split('\n') {
        let words = paragraph.trim_start_matches(' ');
        let mark = if words.starts_with("- ") { 2 } else { 0 };
        let lead = (paragraph.len() - words.len()).min(width / 2);
        // What follows hangs behind the mark, where there is room for more than the mark.
        let hang = (lead + mark).min(width - 1);
        let begin = || (" ".repeat(hang), hang);
        let (mut line, mut used) = (" ".repeat(lead), lead);
        let mut lead = lead;
        for word in words.split(' ') {
            let length = columns(word);
            if used > lead && used + 1 + length > width {
                out.push(std::mem::take(&mut line));
                (line, used) = begin();
                lead = used;
            } else if used > lead {
                line.push(' ');
                used += 1;
            }
            if length <= width - lead {
                line.push_str(word);
                used += length;
                continue;
            }
            for cluster in word.graphemes(true) {
                if used + columns(cluster) > width && used > lead {
                    out.push(std::mem::take(&mut line));
                    (line, used) = begin();
                    lead = used;
                }
                line.push_str(cluster);
                used += columns(cluster);
            }
        }
        out.push(line);
    }
    out
}

/// The lines of words in pieces that fit into a width, broken at spaces; each piece keeps its role.
#[must_use]
pub fn wrap_words(words: &Words, width: usize) -> Vec<Words> {
    let whole = words.text();
    let mut roles =
        words.pieces.iter().flat_map(|(role, text)| std::iter::repeat_n(*role, text.chars().count()));
    let (mut out, mut rest) = (Vec::new(), whole.chars().peekable());
    for line in wrap(&whole, width) {
        let mut pieces: Vec<(Role, String)> = Vec::new();
        // Spaces at which a line was broken stand in the words and not in the lines; an indent that
        // was repeated stands in the lines alone.
        for c in line.chars() {
            while rest.peek().is_some_and(|next| *next == ' ' && c != ' ') {
                rest.next();
                roles.next();
            }
            let role = match rest.peek() {
                Some(next) if *next == c => {
                    rest.next();
                    roles.next().unwrap_or(Role::Text)
                }
                _ => Role::Text,
            };
            match pieces.last_mut() {
                Some((known, text)) if *known == role => text.push(c),
                _ => pieces.push((role, c.to_string())),
            }
        }
        let pieces = pieces.into_iter().map(|(role, text)| (role, SafeText::from(text))).collect();
        out.push(Words { pieces });
    }
    out
}

/// The text, hidden characters made visible, cut to a width, with `…` (or `~` in ASCII) when something
/// was cut.
#[must_use]
pub fn cut(text: &str, width: usize, more: &str) -> String {
    let text = visible(text);
    if columns(&text) <= width {
        return text.into_owned();
    }
    let (mut out, mut used) = (String::new(), columns(more));
    for cluster in text.graphemes(true) {
        used += columns(cluster);
        if used > width {
            break;
        }
        out.push_str(cluster);
    }
    if columns(more) <= width {
        out.push_str(more);
    }
    out
}

/// How an edited text is shown: words of people, or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// With its letters, hidden characters made visible.
    Words,
    /// With every letter made visible that no policy takes.
    Exact,
}

/// The part of a line around the cursor that fits into a width, and the cursor's column in it.
#[must_use]
pub fn window(line: &str, cursor: usize, width: usize, shown: Shown) -> (String, u16) {
    let safe = match shown {
        Shown::Words => visible,
        Shown::Exact => exact,
    };
    let split = line.char_indices().nth(cursor).map_or(line.len(), |(at, _)| at);
    let (before, after) = line.split_at(split);
    let (before, after) = (safe(before), safe(after));
    let (mut head, mut used) = (Vec::new(), 0);
    for cluster in before.graphemes(true).rev() {
        if used + columns(cluster) >= width {
            break;
        }
        used += columns(cluster);
        head.push(cluster);
    }
    head.reverse();
    let cursor = u16::try_from(used).unwrap_or(0);
    (head.concat() + &cut(&after, width.saturating_sub(used), ""), cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_never_grow_too_wide() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(wrap("日本語 x", 4), ["日本", "語 x"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap("  one two three", 9), ["  one two", "  three"]);
        assert_eq!(wrap("  - one two", 8), ["  - one", "    two"]);
        let words = Words::new(Role::Dim, "note: ").and(Role::Text, "one two ").and(Role::Value, "three");
        let lines = wrap_words(&words, 10);
        assert_eq!(lines.iter().map(Words::text).collect::<Vec<_>>(), ["note: one", "two three"]);
        assert_eq!(lines[1], Words::new(Role::Text, "two ").and(Role::Value, "three"));
        assert_eq!(window("abcdef", 6, 4, Shown::Words), ("def".to_owned(), 3));
        assert_eq!(window("abcdef", 1, 4, Shown::Words), ("abcd".to_owned(), 1));
        assert_eq!(cut("flow-role-trust", 8, "…"), "flow-ro…");
        assert_eq!(cut("日本語", 4, "…"), "日…");
        assert_eq!(cut("abc", 3, "…"), "abc");
    }

    #[test]
    fn what_was_hidden_takes_its_room() {
        assert_eq!(wrap("ab\u{202e}cd", 6), ["ab<U+2", "02E>cd"]);
        assert_eq!(wrap("لالالا", 4), ["لالا", "لا"], "letters that join are drawn one by one");
        assert_eq!(cut("\u{1b}\u{1b}\u{1b}", 4, "…"), "^[^…");
        assert_eq!(window("аb", 1, 20, Shown::Exact), ("<U+0430>b".to_owned(), 8));
        assert_eq!(window("аb", 1, 20, Shown::Words), ("аb".to_owned(), 1));
    }
}
