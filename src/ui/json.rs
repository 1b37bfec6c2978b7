//! The colours of a line of JSON, by its tokens.

use crate::app::role::{Role, Words};

/// A printed line in coloured pieces. Stars inside a string and missing values stand out.
pub(super) fn colored(line: &str) -> Words {
    let mut words = Words::default();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            c if c.is_ascii_alphanumeric() || c == '-' => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-+.".contains(c)).unwrap_or(rest.len())
            }
            _ => rest.find(|c: char| c == '"' || c.is_ascii_alphanumeric() || c == '-').unwrap_or(rest.len()),
        };
        let (token, tail) = rest.split_at(length.max(first.len_utf8()).min(rest.len()));
        match first {
            '"' if tail.starts_with(':') => words = words.and(Role::JsonKey, token),
            '"' => string(token, &mut words),
            c if c.is_ascii_alphanumeric() || c == '-' => words = words.and(Role::JsonWord, token),
            _ => words = words.and(Role::Punctuation, token),
        }
        rest = tail;
    }
    words
}

/// The length of a string token with its quotes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// A string: plain text, stars, and `<…>` for what is missing.
fn string(token: &str, words: &mut Words) {
    let mut rest = token;
    while !rest.is_empty() {
        let hole = rest.find('<').filter(|_| rest.contains('>'));
        let star = rest.find(['*', '?']);
        let next = hole.into_iter().chain(star).min().unwrap_or(rest.len());
        let (before, tail) = rest.split_at(next);
        if !before.is_empty() {
            words.pieces.push((Role::JsonText, before.into()));
        }
        let length = match tail.chars().next() {
            Some('<') => tail.find('>').map_or(1, |at| at + 1),
            Some(_) => 1,
            None => 0,
        };
        let (special, behind) = tail.split_at(length);
        if !special.is_empty() {
            let role = if special.starts_with('<') { Role::Hole } else { Role::Wildcard };
            words.pieces.push((role, special.into()));
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_keep_the_text_and_get_their_roles() {
        let line = r#"    "aws:SourceArn": ["arn:aws:<region>:flow/*", -1.5e3, true, "a \" b"],"#;
        let words = colored(line);
        assert_eq!(words.text(), line);
        let role =
            |text: &str| words.pieces.iter().find(|(_, piece)| &**piece == text).map(|(role, _)| *role);
        assert_eq!(role("\"aws:SourceArn\""), Some(Role::JsonKey));
        assert_eq!(role("<region>"), Some(Role::Hole));
        assert_eq!(role("*"), Some(Role::Wildcard));
        assert_eq!(role("-1.5e3"), Some(Role::JsonWord));
        assert_eq!(role("\"a \\\" b\""), Some(Role::JsonText));
    }
}
