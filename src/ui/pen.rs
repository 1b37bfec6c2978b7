//! The only place that puts text into the frame. It takes words alone, whose pieces are safe text: so no
//! text from outside can act on the terminal or look like another.
#![expect(
    clippy::disallowed_methods,
    reason = "the one file that may write into the buffer: it is given safe text and its own signs"
)]

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::theme;
use crate::app::mouse::Spot;
use crate::app::role::{Role, Words};
use crate::app::{Model, Theme};
use crate::text::{SafeText, columns};

/// Where the things stand that the mouse can be on; the last of those at a place is the upper one.
pub type Spots = Vec<(Rect, Spot)>;

/// What is at a place of the screen.
#[must_use]
pub fn spot_at(spots: &[(Rect, Spot)], x: u16, y: u16) -> Option<Spot> {
    spots.iter().rev().find(|(area, _)| area.contains(Position { x, y })).map(|(_, spot)| *spot)
}

/// Draws words and boxes into a frame.
pub struct Pen<'f, 'b> {
    frame: &'f mut Frame<'b>,
    spots: Spots,
    theme: Theme,
    ascii: bool,
}

impl std::fmt::Debug for Pen<'_, '_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Pen")
            .field("theme", &self.theme)
            .field("ascii", &self.ascii)
            .finish_non_exhaustive()
    }
}

/// The signs of a border: corners, then sides.
struct Signs {
    corners: [char; 4],
    across: char,
    down: char,
}

impl<'f, 'b> Pen<'f, 'b> {
    /// A pen with the model's looks.
    pub fn new(model: &Model, frame: &'f mut Frame<'b>) -> Self {
        Self { frame, spots: Vec::new(), theme: model.theme, ascii: model.ascii }
    }

    /// Notes what the mouse can be on in an area; what is noted later lies above.
    pub fn spot(&mut self, area: Rect, spot: Spot) {
        self.spots.push((area, spot));
    }

    /// Everything that was noted.
    #[must_use]
    pub fn spots(self) -> Spots {
        self.spots
    }

    /// True for ASCII signs.
    #[must_use]
    pub fn ascii(&self) -> bool {
        self.ascii
    }

    fn style(&self, role: Role) -> Style {
        theme::style(self.theme, role)
    }

    fn buffer(&mut self) -> &mut Buffer {
        self.frame.buffer_mut()
    }

    /// The part of an area that is on the screen.
    fn on_screen(&mut self, area: Rect) -> Rect {
        area.intersection(*self.buffer().area())
    }

    /// Empties an area. A wide letter that reaches into it from its left goes too: it would cover the
    /// area's first column.
    pub fn fill(&mut self, area: Rect) {
        let (area, style) = (self.on_screen(area), self.style(Role::Text));
        for y in area.top()..area.bottom() {
            if let Some(x) = area.left().checked_sub(1)
                && let Some(cell) = self.buffer().cell_mut(Position { x, y })
                && columns(cell.symbol()) > 1
            {
                cell.set_char(' ');
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer().cell_mut(Position { x, y }) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Gives a whole area a role's looks.
    pub fn bar(&mut self, area: Rect, role: Role) {
        let (area, style) = (self.on_screen(area), self.style(role));
        self.buffer().set_style(area, style);
    }

    /// Marks the line of the caret: bold, in every theme.
    pub fn caret(&mut self, area: Rect) {
        let area = self.on_screen(area);
        self.buffer().set_style(area, Style::new().add_modifier(Modifier::BOLD));
    }

    /// Writes words from the left of an area's first line; what is too long is cut.
    pub fn line(&mut self, area: Rect, words: &Words) {
        let area = self.on_screen(area);
        if area.is_empty() {
            return;
        }
        let mut x = area.left();
        for (role, text) in &words.pieces {
            let room = usize::from(area.right().saturating_sub(x));
            let style = self.style(*role);
            if text.is_ascii() {
                for c in text.chars().take(room) {
                    self.set(x, area.y, c, style);
                    x += 1;
                }
                continue;
            }
            let plain = if self.ascii { ascii(text) } else { (&**text).into() };
            (x, _) = self.buffer().set_stringn(x, area.y, plain.as_ref(), room, style);
        }
    }

    /// Puts one of our own signs, or a printable ASCII character, into a cell.
    fn set(&mut self, x: u16, y: u16, sign: char, style: Style) {
        if let Some(cell) = self.buffer().cell_mut(Position { x, y }) {
            cell.set_char(sign).set_style(style);
        }
    }

    /// Writes words that end at the right of an area's first line.
    pub fn line_right(&mut self, area: Rect, words: &Words) {
        let width = u16::try_from(columns(&words.text())).unwrap_or(u16::MAX).min(area.width);
        self.line(Rect { x: area.right().saturating_sub(width), width, ..area }, words);
    }

    /// Where the cursor stands.
    pub fn cursor(&mut self, x: u16, y: u16) {
        let area = *self.buffer().area();
        if area.contains(Position { x, y }) {
            self.frame.set_cursor_position(Position { x, y });
        }
    }

    /// A border with a title; the focused one is heavier and has a mark in its title.
    pub fn frame(&mut self, area: Rect, title: &str, focused: bool) {
        let area = self.on_screen(area);
        if area.width < 2 || area.height < 2 {
            return;
        }
        let signs = match (self.ascii, focused) {
            (false, false) => Signs { corners: ['┌', '┐', '└', '┘'], across: '─', down: '│' },
            (false, true) => Signs { corners: ['┏', '┓', '┗', '┛'], across: '━', down: '┃' },
            (true, false) => Signs { corners: ['+', '+', '+', '+'], across: '-', down: '|' },
            (true, true) => Signs { corners: ['#', '#', '#', '#'], across: '=', down: '#' },
        };
        let style = self.style(if focused { Role::Focus } else { Role::Border });
        let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
        for x in left..=right {
            for y in [top, bottom] {
                self.set(x, y, signs.across, style);
            }
        }
        for y in top..=bottom {
            for x in [left, right] {
                self.set(x, y, signs.down, style);
            }
        }
        for ((x, y), corner) in
            [(left, top), (right, top), (left, bottom), (right, bottom)].into_iter().zip(signs.corners)
        {
            self.set(x, y, corner, style);
        }
        let (mark, role) = if focused { ("> ", Role::Focus) } else { ("", Role::Border) };
        let inner = Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area };
        self.line(inner, &Words::new(role, format!(" {mark}{title} ")));
    }

    /// A word at the right end of a border's lower side.
    pub fn frame_note(&mut self, area: Rect, words: &Words) {
        let y = area.bottom().saturating_sub(1);
        let inner = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
        self.line_right(inner, words);
    }
}

/// The program's own signs in ASCII; other text is left as it is.
fn ascii(text: &SafeText) -> std::borrow::Cow<'_, str> {
    if text.is_ascii() {
        return (&**text).into();
    }
    text.replace('…', "~").replace(['▾', '▸'], ">").replace('▌', "|").into()
}
