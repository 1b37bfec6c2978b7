//! The words of every finding: `assets/messages.json`, shared by screen, command line and docs.
//!
//! Rules and kinds raise codes with details; nothing but this catalog puts them into words. Form:
//! lower case, no full stop at the end of a title, user text in backticks, one sentence; the fix
//! apart.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::text::{shown, shown_exact};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The policy is broken, refused by AWS or dangerous.
    Error,
    /// It is likely not what is wanted.
    Warning,
    /// It could be better.
    Suggestion,
}

impl Severity {
    /// The word in output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
        }
    }
}

/// The words of one code. `{name}` in title and fix stands for a detail of the finding.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The code, in words with hyphens.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub title: String,
    /// Why that matters.
    pub why: String,
    /// What to do.
    pub fix: String,
    /// The name of the matching check of IAM Access Analyzer, where there is one.
    #[serde(default)]
    pub analyzer: Option<String>,
    /// An input that raises it.
    pub bad: Box<RawValue>,
    /// The nearest good input, which does not.
    pub good: Box<RawValue>,
    /// Codes that the bad example raises besides.
    #[serde(default)]
    pub companions: Vec<String>,
}

impl Message {
    /// Fills the details into title or fix. They are values and names of a policy: each letter that no
    /// policy takes is written out, and what is very long is cut.
    #[must_use]
    pub fn fill(words: &str, details: &[(&'static str, String)]) -> String {
        let mut out = String::with_capacity(words.len() + 32);
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match details.iter().find(|(known, _)| *known == name) {
                // What these hold is our own.
                Some(("wanted" | "form", value)) => out.push_str(&shown(value)),
                Some((_, value)) => out.push_str(&shown_exact(value)),
                None => {
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// What every entry of the file begins with.
const ENTRY: &str = "{\n      \"code\": \"";

/// The entries of the catalog's file by code, each as its own text: a run words two or three of
/// them, so the others are not read. The file is laid out with an entry's code first; a test holds
/// that this finds exactly what reading the whole file finds.
pub(super) fn entries(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let braces = text.match_indices('{').map(|(at, _)| at);
    let starts: Vec<usize> =
        braces.filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(ENTRY))).collect();
    let end = text.rfind(']').unwrap_or_default();
    let ends = starts.iter().skip(1).copied().chain([end]);
    let one = |(start, end): (&usize, usize)| {
        let piece = text.get(*start..end)?;
        let (code, _) = piece.get(ENTRY.len()..)?.split_once('"')?;
        Some((code, piece.get(..=piece.rfind('}')?)?))
    };
    starts.iter().zip(ends).filter_map(one).collect()
}

/// Reads the catalog's file.
pub(super) fn read(text: &str) -> Result<Vec<Message>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        messages: Vec<Message>,
    }
    serde_json::from_str::<File>(text).map(|file| file.messages).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entries_found_by_layout_are_those_of_the_file() {
        let text = crate::catalog::assets::MESSAGES;
        let whole = read(text).unwrap();
        let found = entries(text);
        assert!(whole.len() > 70);
        assert_eq!(found.len(), whole.len());
        for (message, (code, piece)) in whole.iter().zip(found) {
            let alone: Message = serde_json::from_str(piece).unwrap();
            assert_eq!((message.code.as_str(), message.title.as_str()), (code, alone.title.as_str()));
        }
    }

    #[test]
    fn details_are_filled_in_and_unknown_names_stay() {
        let details = [("action", "bedrock:In\u{1b}vоke".to_owned())];
        let words = Message::fill("`{action}` is {what}: {", &details);
        assert_eq!(words, "`bedrock:In^[v<U+043E>ke` is {what}: {");
    }
}
