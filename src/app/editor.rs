//! The text of a field while it is edited. This file alone knows the text-area widget.
//!
//! Here belong keys of editing (readline's) and paste. What the value means, its problems and what
//! completes it belong to [`super::fields`] and [`super::complete`].

use ratatui_textarea::{CursorMove, Input, Key as Pressed, TextArea};

use super::key::{Code, Key};
use crate::text::is_hidden;

/// How many bytes a field takes. No policy is as long, and every letter typed is followed by the documents.
pub const LONGEST: usize = 64 * 1024;

/// What a paste left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Hidden characters.
    pub hidden: usize,
    /// Lines behind the first one, in a field of one value.
    pub lines: usize,
    /// Characters behind the last value that had room.
    pub cut: usize,
}

/// A text being edited: one line, or several for a field that takes several values.
#[derive(Clone, Debug)]
pub struct Editor {
    area: TextArea<'static>,
    several: bool,
}

impl Editor {
    /// Begins with a text, the cursor behind it. What is hidden in it stays, and is shown: it is for the
    /// person to take out.
    #[must_use]
    pub fn new(texts: &[String], several: bool) -> Self {
        let mut lines = texts.to_vec();
        if lines.is_empty() {
            lines.push(String::new());
        }
        if !several {
            lines.truncate(1);
        }
        let mut area = TextArea::new(lines);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, several }
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// The values it stands for: its lines without blanks around, empty ones left out. In a field of
    /// several, commas separate too.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        let lines = self.area.lines().iter();
        let parts: Vec<&str> = match self.several {
            true => lines.flat_map(|line| line.split(',')).collect(),
            false => lines.map(String::as_str).collect(),
        };
        parts
            .into_iter()
            .map(|text| text.trim_matches([' ', '\t']))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// Row and column of the cursor, in characters.
    #[must_use]
    pub fn cursor(&self) -> (usize, usize) {
        let at = self.area.cursor();
        (at.0, at.1)
    }

    /// The word that completion would complete: the line of the cursor.
    #[must_use]
    pub fn word(&self) -> &str {
        let line = self.area.lines().get(self.cursor().0).map_or("", String::as_str);
        if self.several { line.rsplit(',').next().unwrap_or_default().trim_start() } else { line }
    }

    /// Replaces that word.
    pub fn complete(&mut self, with: &str) {
        let length = self.word().chars().count();
        self.area.move_cursor(CursorMove::End);
        for _ in 0..length {
            self.area.delete_char();
        }
        self.area.insert_str(with);
    }

    /// Replaces everything.
    pub fn replace(&mut self, with: &str) {
        self.area.select_all();
        self.area.cut();
        self.area.insert_str(with);
    }

    /// A new line, where several are allowed.
    pub fn new_line(&mut self) {
        if self.several {
            self.area.insert_newline();
        }
    }

    /// Readline's keys and plain letters.
    pub fn key(&mut self, key: Key) {
        match (key.ctrl, key.alt, key.code) {
            (true, false, Code::Char('u')) => drop(self.area.delete_line_by_head()),
            (true, false, Code::Char('y')) => drop(self.area.paste()),
            (true, false, Code::Char('z' | '_')) => drop(self.area.undo()),
            (true, false, Code::Char('m' | 'j' | 'c' | 'r' | 'x' | 'v'))
            | (true, true, _)
            | (_, _, Code::Enter | Code::Tab | Code::Esc | Code::Other | Code::PageUp | Code::PageDown) => {}
            (_, _, Code::Char(c)) if c.is_control() => {}
            (false, false, Code::Char(_)) if self.room() < 4 => {}
            _ => drop(self.area.input(input(key))),
        }
    }

    /// Inserts pasted text as one step. Line ends at its ends are cut, inside they separate values; one
    /// value takes the first line only. Control and invisible characters are left out, and what has no
    /// room; of several values only whole ones are taken. Says what was left out.
    pub fn paste(&mut self, text: &str) -> LeftOut {
        let unified = text.replace("\r\n", "\n").replace('\r', "\n");
        let trimmed = unified.trim_matches(['\n', ' ', '\t']);
        let (taken, lines) = match self.several {
            true => (trimmed, 0),
            false => (trimmed.lines().next().unwrap_or_default(), trimmed.lines().count().saturating_sub(1)),
        };
        let mut kept: String = taken.chars().filter(|c| *c == '\n' || !is_hidden(*c)).collect();
        let hidden = taken.chars().count() - kept.chars().count();
        let cut = self.cut(&mut kept);
        self.area.insert_str(&kept);
        LeftOut { hidden, lines, cut }
    }

    /// How many bytes may still be put in.
    fn room(&self) -> usize {
        LONGEST.saturating_sub(self.area.lines().iter().map(|line| line.len() + 1).sum())
    }

    /// Cuts off what has no room; how many characters that is.
    fn cut(&self, text: &mut String) -> usize {
        let room = self.room();
        if text.len() <= room {
            return 0;
        }
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = ends.take_while(|end| *end <= room).last().unwrap_or(0);
        let rest = text.split_off(end);
        let half = match self.several {
            true => text.rfind(['\n', ',']).map_or(String::new(), |at| text.split_off(at)),
            false => String::new(),
        };
        half.chars().count() + rest.chars().count()
    }
}

fn input(key: Key) -> Input {
    let pressed = match key.code {
        Code::Char(c) => Pressed::Char(c),
        Code::Backspace => Pressed::Backspace,
        Code::Delete => Pressed::Delete,
        Code::Up => Pressed::Up,
        Code::Down => Pressed::Down,
        Code::Left => Pressed::Left,
        Code::Right => Pressed::Right,
        Code::Home => Pressed::Home,
        Code::End => Pressed::End,
        _ => Pressed::Null,
    };
    Input { key: pressed, ctrl: key.ctrl, alt: key.alt, shift: key.shift }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(editor: &mut Editor, names: &[&str]) {
        for name in names {
            editor.key(Key::named(name).unwrap());
        }
    }

    #[test]
    fn readline_keys_edit_one_line() {
        let mut editor = Editor::new(&["my bucket".to_owned()], false);
        press(&mut editor, &["Ctrl-w", "x", "Ctrl-a", "Delete", "Home", "q", "?", "/"]);
        assert_eq!(editor.values(), ["q?/y x"]);
        press(&mut editor, &["End", "Ctrl-u", "Enter", "Tab"]);
        assert_eq!(editor.lines(), [""]);
        assert!(editor.values().is_empty());
        press(&mut editor, &["Ctrl-y"]);
        assert_eq!(editor.values(), ["q?/y x"]);
    }

    #[test]
    fn paste_is_one_step_and_leaves_nothing_hidden() {
        let mut editor = Editor::new(&[], false);
        assert_eq!(
            editor.paste("\nmy\u{1b}-bucket\u{202e}\r\n"),
            LeftOut { hidden: 2, ..LeftOut::default() }
        );
        assert_eq!(editor.values(), ["my-bucket"]);
        press(&mut editor, &["Ctrl-z"]);
        assert!(editor.values().is_empty());
        let mut several = Editor::new(&[], true);
        let lines: Vec<String> = (0..5000).map(|number| format!("bucket-{number}")).collect();
        assert_eq!(several.paste(&lines.join("\r\n")), LeftOut::default());
        assert_eq!(several.values(), lines);
        press(&mut several, &["Ctrl-z"]);
        assert!(several.values().is_empty());
    }

    #[test]
    fn a_field_takes_so_much_and_only_whole_values_of_several() {
        let long = "x".repeat(10_000_000);
        let mut one = Editor::new(&["ab".to_owned()], false);
        let left = one.paste(&long);
        assert_eq!((left.cut, one.lines()[0].len()), (10_000_000 - LONGEST + 3, LONGEST - 1));
        press(&mut one, &["y"]);
        assert_eq!(one.paste("more").cut, 4);
        assert_eq!(one.lines()[0].len(), LONGEST - 1, "nothing more is typed either");
        press(&mut one, &["Ctrl-z"]);
        assert_eq!(one.values(), ["ab"]);
        for separator in ["\n", ","] {
            let lines: Vec<String> = (0..10_000).map(|number| format!("bucket-{number:05}")).collect();
            let text = lines.join(separator);
            let mut several = Editor::new(&[], true);
            let left = several.paste(&text);
            let taken = several.values();
            assert!(taken.len() > 5000 && lines.starts_with(&taken));
            assert_eq!(left.cut, text.len() - (taken.len() * 13 - 1));
        }
    }

    #[test]
    fn completion_replaces_the_value_under_the_cursor() {
        let mut editor = Editor::new(&["us-east-1, eu-w".to_owned()], true);
        assert_eq!(editor.word(), "eu-w");
        editor.complete("eu-west-1");
        assert_eq!(editor.values(), ["us-east-1", "eu-west-1"]);
    }
}
