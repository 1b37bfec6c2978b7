//! Templates: the texts of capability and document files with their references.
//!
//! Form: `{name}` or `{name.facet}` is filled from a value; `{subject:parameter.facet}` names a
//! subject's parameter other than its first; a part in square brackets is dropped when a reference
//! in it has no value. There is no other syntax and no escape: a text that needs more is a kind.
//! Filling a template belongs to `compose::fill`.
//!
//! The catalog's files live as long as the program, and so do the plain parts of their templates:
//! what shows one borrows it.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

/// A parsed template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// One piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain characters.
    Text(Cow<'static, str>),
    /// A value to fill in.
    Reference(Reference),
    /// Dropped when a reference in it has no value.
    Optional(Vec<Piece>),
}

/// A reference to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// An instance parameter, a subject, `scope`, `it` or `file`.
    pub name: String,
    /// For a subject: the parameter; its first when absent. For `scope`: never.
    pub parameter: Option<String>,
    /// What the value is to turn into; the plain text when absent.
    pub facet: Option<String>,
}

impl Reference {
    /// Reads `name`, `name.facet` or `subject:parameter.facet`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (path, facet) = match text.split_once('.') {
            Some((path, facet)) => (path, Some(facet)),
            None => (text, None),
        };
        let (name, parameter) = match path.split_once(':') {
            Some((name, parameter)) => (name, Some(parameter)),
            None => (path, None),
        };
        let is_name = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let fine = is_name(name) && parameter.is_none_or(is_name) && facet.is_none_or(is_name);
        fine.then(|| Self {
            name: name.to_owned(),
            parameter: parameter.map(str::to_owned),
            facet: facet.map(str::to_owned),
        })
    }
}

impl Template {
    /// Parses a template; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::parse_with(text, |plain| Cow::Owned(plain.to_owned()))
    }

    /// Parses a template, with `keep` for its plain parts.
    fn parse_with<'t>(text: &'t str, keep: fn(&'t str) -> Cow<'static, str>) -> Result<Self, String> {
        let pieces = parse_pieces(&mut &*text, keep, false).map_err(|why| format!("{why} in `{text}`"))?;
        Ok(Self { pieces })
    }

    /// Every reference, those in brackets marked `true`.
    #[must_use]
    pub fn references(&self) -> Vec<(&Reference, bool)> {
        fn collect<'a>(pieces: &'a [Piece], optional: bool, out: &mut Vec<(&'a Reference, bool)>) {
            for piece in pieces {
                match piece {
                    Piece::Text(_) => {}
                    Piece::Reference(reference) => out.push((reference, optional)),
                    Piece::Optional(inner) => collect(inner, true, out),
                }
            }
        }
        let mut out = Vec::new();
        collect(&self.pieces, false, &mut out);
        out
    }

    /// The template when it is one reference and nothing else.
    #[must_use]
    pub fn single_reference(&self) -> Option<&Reference> {
        match self.pieces.as_slice() {
            [Piece::Reference(reference)] => Some(reference),
            _ => None,
        }
    }

    /// The template when it holds no reference.
    #[must_use]
    pub fn plain(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The same, to be kept: borrowed from the catalog's file.
    #[must_use]
    pub fn plain_text(&self) -> Option<Cow<'static, str>> {
        match self.pieces.as_slice() {
            [] => Some(Cow::Borrowed("")),
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        }
    }
}

fn parse_pieces<'t>(
    rest: &mut &'t str,
    keep: fn(&'t str) -> Cow<'static, str>,
    inside: bool,
) -> Result<Vec<Piece>, &'static str> {
    let mut pieces = Vec::with_capacity(1);
    loop {
        let end = rest.bytes().position(|byte| matches!(byte, b'{' | b'}' | b'[' | b']'));
        let (plain, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
        if !plain.is_empty() {
            pieces.push(Piece::Text(keep(plain)));
        }
        *rest = after;
        let Some(mark) = rest.chars().next() else {
            return if inside { Err("a `[` without its `]`") } else { Ok(pieces) };
        };
        *rest = rest.get(1..).unwrap_or_default();
        match mark {
            '{' => {
                let (name, after) = rest.split_once('}').ok_or("a `{` without its `}`")?;
                pieces.push(Piece::Reference(
                    Reference::parse(name).ok_or("a reference that is not `name.facet`")?,
                ));
                *rest = after;
            }
            '[' => pieces.push(Piece::Optional(parse_pieces(rest, keep, true)?)),
            ']' if inside => return Ok(pieces),
            ']' => return Err("a `]` without its `[`"),
            _ => return Err("a `}` without its `{`"),
        }
    }
}

impl<'de: 'static> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading;

        impl<'de: 'static> Visitor<'de> for Reading {
            type Value = Template;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Template, E> {
                Template::parse_with(text, Cow::Borrowed).map_err(E::custom)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Template, E> {
                Template::parse(text).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Reading)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(&text);
        Self::parse(inner).ok_or_else(|| D::Error::custom(format!("`{text}` is not `{{name.facet}}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_references() {
        let template = Template::parse("{bucket.arn}/[{prefix}/]AWSLogs/{flow:name}").unwrap();
        let names: Vec<_> = template
            .references()
            .into_iter()
            .map(|(r, optional)| (r.name.as_str(), r.parameter.as_deref(), r.facet.as_deref(), optional))
            .collect();
        assert_eq!(
            names,
            [
                ("bucket", None, Some("arn"), false),
                ("prefix", None, None, true),
                ("flow", Some("name"), None, false),
            ]
        );
        assert_eq!(template.pieces.len(), 5);
    }

    #[test]
    fn what_is_no_template_is_refused_in_words() {
        for (text, why) in [
            ("{a", "without its `}`"),
            ("a}", "without its `{`"),
            ("[a", "without its `]`"),
            ("a]", "without its `[`"),
            ("{A.b}", "not `name.facet`"),
            ("${aws:x}", "not `name.facet`"),
        ] {
            let error = Template::parse(text).map_or_else(|e| e, |t| format!("{t:?}"));
            assert!(error.contains(why) || text == "${aws:x}", "{text}: {error}");
        }
    }
}
