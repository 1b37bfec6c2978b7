//! The lossless tree of a JSON document, read from text or composed.
//!
//! Here belong nodes, texts with their holes and stars, places and origin sets. Not here: what the
//! nodes mean (`policy::view`).

use std::borrow::Cow;
use std::ops::Range;

mod origins;

pub use origins::{OriginId, Origins};

/// A stretch of the source text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// Where a node comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Made by the program, with nothing to say about it.
    #[default]
    Nowhere,
    /// Read from text.
    Source(Span),
    /// Composed from ticks.
    Built(Origins),
}

impl Place {
    /// The origins of a composed node; none for others.
    #[must_use]
    pub fn origins(&self) -> &[OriginId] {
        match self {
            Self::Built(origins) => origins.as_slice(),
            _ => &[],
        }
    }
}

/// A required value not given yet, as it stands in a text: `<flow-id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The bytes of the text that show it, brackets included.
    pub range: Range<usize>,
    /// The parameter's name as the person gives it: `bucket`, `flow.id`, `scope.region`.
    pub parameter: String,
}

/// Why a text holds a star: an id of `assets/stars.json` (`no-resource-level`, `typed` …).
pub type StarReason = Cow<'static, str>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Marks {
    holes: Vec<Hole>,
    stars: Vec<StarReason>,
}

/// A string value, with its holes and the reasons for its stars. Two texts are equal when their
/// characters are: marks explain, they do not distinguish.
#[derive(Clone, Debug, Default)]
pub struct Text {
    value: Cow<'static, str>,
    marks: Option<Box<Marks>>,
}

impl Text {
    /// A text without marks.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: Cow::Owned(value.into()), marks: None }
    }

    /// A text without marks, borrowed where it is the program's or the catalog's own.
    #[must_use]
    pub fn fixed(value: impl Into<Cow<'static, str>>) -> Self {
        Self { value: value.into(), marks: None }
    }

    /// The characters alone.
    #[must_use]
    pub fn into_chars(self) -> Cow<'static, str> {
        self.value
    }

    /// The characters alone, as a string of their own.
    #[must_use]
    pub fn into_string(self) -> String {
        self.value.into_owned()
    }

    /// An empty text with room for an ARN.
    #[must_use]
    pub fn roomy() -> Self {
        Self { value: Cow::Owned(String::with_capacity(112)), marks: None }
    }

    /// True when it has no characters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// The characters, holes shown as `<name>`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// The holes, in order.
    #[must_use]
    pub fn holes(&self) -> &[Hole] {
        self.marks.as_ref().map_or(&[], |marks| &marks.holes)
    }

    /// The declared reasons for the stars in this text.
    #[must_use]
    pub fn stars(&self) -> &[StarReason] {
        self.marks.as_ref().map_or(&[], |marks| &marks.stars)
    }

    /// True when the text holds `*` or `?`, IAM's wildcards.
    #[must_use]
    pub fn has_wildcard(&self) -> bool {
        crate::text::has_wildcard(&self.value)
    }

    /// Appends plain characters.
    pub fn push_str(&mut self, text: &str) {
        self.value.to_mut().push_str(text);
    }

    /// Appends a hole for a parameter: `bucket` is shown as `<bucket>`, `flow.id` as `<flow-id>`,
    /// `scope.region` as `<region>`.
    pub fn push_hole(&mut self, parameter: &str) {
        let start = self.value.len();
        let label = parameter.strip_prefix("scope.").unwrap_or(parameter);
        let (subject, rest) = label.split_once('.').unwrap_or(("", label));
        let between = if subject.is_empty() { "" } else { "-" };
        self.value.to_mut().extend(["<", subject, between, rest, ">"]);
        let hole = Hole { range: start..self.value.len(), parameter: parameter.to_owned() };
        self.marks.get_or_insert_default().holes.push(hole);
    }

    /// Declares why this text may hold a star.
    pub fn explain_star(&mut self, reason: StarReason) {
        let stars = &mut self.marks.get_or_insert_default().stars;
        if !stars.contains(&reason) {
            stars.push(reason);
        }
    }

    /// Appends another text, its holes and reasons with it.
    pub fn push_text(&mut self, other: &Self) {
        let offset = self.value.len();
        self.value.to_mut().push_str(&other.value);
        let Some(marks) = &other.marks else { return };
        let mine = self.marks.get_or_insert_default();
        mine.holes.extend(marks.holes.iter().map(|hole| Hole {
            range: hole.range.start + offset..hole.range.end + offset,
            parameter: hole.parameter.clone(),
        }));
        for reason in &marks.stars {
            if !mine.stars.contains(reason) {
                mine.stars.push(reason.clone());
            }
        }
    }

    /// Takes over the other's reasons for stars: for uniting two equal texts.
    pub fn join_marks(&mut self, other: &Self) {
        for reason in other.stars() {
            self.explain_star(reason.clone());
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.value.cmp(&other.value)
    }
}

/// One JSON value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it comes from.
    pub place: Place,
}

/// A JSON value. Numbers keep their spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it was spelled.
    Number(String),
    /// A string.
    Text(Text),
    /// A list.
    Array(Vec<Node>),
    /// An object, its members in order; a repeated key stays repeated.
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The decoded key.
    pub key: Cow<'static, str>,
    /// Where the key stands in the source text.
    pub key_span: Option<Span>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// A node with its place.
    #[must_use]
    pub fn new(value: Value, place: Place) -> Self {
        Self { value, place }
    }

    /// A composed string.
    #[must_use]
    pub fn built(text: Text, origins: Origins) -> Self {
        Self::new(Value::Text(text), Place::Built(origins))
    }

    /// A string made by the program, without a place.
    #[must_use]
    pub fn string(text: impl Into<String>) -> Self {
        Self::new(Value::Text(Text::new(text)), Place::Nowhere)
    }

    /// A list made by the program, without a place.
    #[must_use]
    pub fn array(items: Vec<Self>) -> Self {
        Self::new(Value::Array(items), Place::Nowhere)
    }

    /// An object made by the program, without a place.
    #[must_use]
    pub fn object(members: Vec<Member>) -> Self {
        Self::new(Value::Object(members), Place::Nowhere)
    }

    /// The text of a string node.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The characters of a string node.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.text().map(Text::as_str)
    }

    /// The members of an object; none for other nodes.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; none for other nodes.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The member's value for a key, the last one when it is repeated.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().rev().find(|member| member.key == key).map(|member| &member.value)
    }

    /// Visits every string node, this one or below.
    pub fn each_text<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        match &self.value {
            Value::Text(_) => visit(self),
            Value::Array(items) => items.iter().for_each(|item| item.each_text(visit)),
            Value::Object(members) => members.iter().for_each(|member| member.value.each_text(visit)),
            _ => {}
        }
    }

    /// The JSON type in words: `a string`, `a list` …
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

impl Member {
    /// A member made by the program.
    #[must_use]
    pub fn new(key: impl Into<Cow<'static, str>>, value: Node) -> Self {
        Self { key: key.into(), key_span: None, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appending_a_text_moves_its_holes() {
        let mut part = Text::default();
        part.push_hole("bucket");
        let mut whole = Text::new("arn:aws:s3:::");
        whole.push_text(&part);
        whole.push_str("/*");
        assert_eq!(whole.as_str(), "arn:aws:s3:::<bucket>/*");
        let hole = &whole.holes()[0];
        assert_eq!(whole.as_str().get(hole.range.clone()), Some("<bucket>"));
        assert!(whole.has_wildcard());
    }
}
