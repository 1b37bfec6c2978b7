//! The lines that are written: wrapped, and everything in them visible.

use crate::text::{visible, visible_lines, wrapped};

/// Text to be written.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// Words, in as many lines as they need; what follows the first hangs behind its indent.
    pub(super) fn say(&mut self, text: &str) {
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            self.text.push_str(wrapped(&visible(line), indent + 2).trim_end());
            self.text.push('\n');
        }
    }

    /// A text as it is: a document, a command.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(&visible_lines(text));
        if !text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// An empty line between what was said and what comes.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The last line, and the sign that an answer is awaited.
    pub(super) fn prompt(&mut self, question: &str) {
        self.say(question);
        self.text.push_str("> ");
    }

    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

/// A message as the beginning of a sentence: a capital in front, no full stop behind.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A number with its word: `1 file`, `2 files`.
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
