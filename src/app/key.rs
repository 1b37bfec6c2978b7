//! A key as the program means it, whatever the terminal sends.
//!
//! Here belong its form, its name (`Ctrl-d`, `Shift-Tab`, `?`) and nothing about what it does: that
//! is in [`super::keys`]. Shift is normalised once, at the shell: a letter is a capital or it is not.

use std::fmt;

/// What was pressed, without modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// A character as typed, capitals included.
    Char(char),
    /// Enter.
    Enter,
    /// Esc.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A key that means nothing here.
    Other,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift; never set for characters.
    pub shift: bool,
}

/// The keys that have names, and those names.
const NAMES: &[(Code, &str)] = &[
    (Code::Enter, "Enter"),
    (Code::Esc, "Esc"),
    (Code::Tab, "Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Delete"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PgUp"),
    (Code::PageDown, "PgDn"),
    (Code::Char(' '), "Space"),
];

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A key by its name; `None` when it is no name of a key.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (mut key, mut rest) = (Self::plain(Code::Other), name);
        loop {
            let (flag, tail) = match rest.split_once('-') {
                Some(("Ctrl", tail)) => (&mut key.ctrl, tail),
                Some(("Alt", tail)) => (&mut key.alt, tail),
                Some(("Shift", tail)) => (&mut key.shift, tail),
                _ => break,
            };
            *flag = true;
            rest = tail;
        }
        let known = NAMES.iter().find(|(_, name)| *name == rest).map(|(code, _)| *code);
        let mut letters = rest.chars();
        let letter = letters.next().filter(|_| letters.as_str().is_empty()).map(Code::Char);
        key.code = known.or(letter)?;
        Some(key)
    }

    /// The character that this key types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if on {
                out.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(code, _)| *code == self.code), self.code) {
            (Some((_, name)), _) => out.write_str(name),
            (None, Code::Char(c)) => write!(out, "{c}"),
            (None, _) => out.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_and_its_name_say_the_same() {
        for name in ["j", "Ctrl-d", "Shift-Tab", "Space", "Alt-Enter", "?", "-", "Ctrl--", "PgDn"] {
            assert_eq!(Key::named(name).unwrap().to_string(), name);
        }
        assert_eq!(Key::named("Banana"), None);
    }
}
