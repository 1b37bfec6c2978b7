//! What a piece of text is, for its looks, and lines made of such pieces.
//!
//! Here belong roles; colours belong to `ui::theme`.

use crate::text::SafeText;

/// The role of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Plain words.
    Text,
    /// Words of less weight.
    Dim,
    /// A heading.
    Heading,
    /// The title line of the screen.
    Title,
    /// The border of a pane.
    Border,
    /// The border and title of the focused pane.
    Focus,
    /// A key in the footer and in help.
    Key,
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// A suggestion.
    Suggestion,
    /// Something that went well.
    Good,
    /// A value that somebody gave.
    Value,
    /// What stands for a value that was not given.
    StandIn,
    /// A value that is missing.
    Hole,
    /// The name of a JSON member.
    JsonKey,
    /// A JSON string.
    JsonText,
    /// A JSON number or word.
    JsonWord,
    /// Braces, commas, line numbers.
    Punctuation,
    /// A star or question mark in a policy.
    Wildcard,
    /// A line that the row under the caret writes.
    Written,
    /// A line that the last edit added.
    Added,
    /// The place of lines that the last edit took away.
    Removed,
    /// What the filter found.
    Found,
    /// A shell command.
    Command,
}

/// All of them, for themes and for the tests that show looks as letters.
pub const ROLES: &[Role] = &[
    Role::Text,
    Role::Dim,
    Role::Heading,
    Role::Title,
    Role::Border,
    Role::Focus,
    Role::Key,
    Role::Error,
    Role::Warning,
    Role::Suggestion,
    Role::Good,
    Role::Value,
    Role::StandIn,
    Role::Hole,
    Role::JsonKey,
    Role::JsonText,
    Role::JsonWord,
    Role::Punctuation,
    Role::Wildcard,
    Role::Written,
    Role::Added,
    Role::Removed,
    Role::Found,
    Role::Command,
];

/// A line of text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The pieces, from left to right. Nothing in them is hidden, whatever they were made of.
    pub pieces: Vec<(Role, SafeText)>,
}

impl Words {
    /// A line of one piece.
    #[must_use]
    pub fn new(role: Role, text: impl Into<SafeText>) -> Self {
        Self { pieces: vec![(role, text.into())] }
    }

    /// The line with one more piece.
    #[must_use]
    pub fn and(mut self, role: Role, text: impl Into<SafeText>) -> Self {
        self.pieces.push((role, text.into()));
        self
    }

    /// Its text without roles.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| &**text).collect()
    }
}
