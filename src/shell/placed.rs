//! The backend that says where each letter stands.
//!
//! How wide a letter is, terminals do not agree on: those of some scripts, joined ones, emoji. Ratatui lets a
//! cell follow the one before it without naming its place; then one letter that is wider than it thought
//! moves the rest of the row, borders too. Here every cell behind such a letter is given its place.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// A terminal's backend, with the place of what follows a letter of an unsure width.
#[derive(Debug)]
pub struct Placed<W: Write>(CrosstermBackend<W>);

impl<W: Write> Placed<W> {
    /// Draws on a writer.
    pub fn new(writer: W) -> Self {
        Self(CrosstermBackend::new(writer))
    }
}

/// True for what a terminal may take for wider or narrower than a cell says: everything but ASCII and the
/// program's own signs.
fn is_unsure(symbol: &str) -> bool {
    let is_sign = |c| matches!(c, '─'..='╿' | '▌' | '▸' | '▾' | '…');
    !symbol.is_ascii() && !symbol.chars().all(is_sign)
}

impl<W: Write> Write for Placed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(&mut self.0, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.0)
    }
}

impl<W: Write> Backend for Placed<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        while content.peek().is_some() {
            // Each run begins with its place, and ends behind the first letter that is unsure.
            let mut ended = false;
            let run = std::iter::from_fn(|| {
                let next = content.next_if(|_| !ended)?;
                ended = is_unsure(next.2.symbol());
                Some(next)
            });
            self.0.draw(run)?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.0.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.0.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.0.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(symbols: [&'static str; 3]) -> String {
        let cells = symbols.map(Cell::new);
        let mut out = Vec::new();
        Placed::new(&mut out).draw(cells.iter().zip(4..).map(|(cell, x)| (x, 2, cell))).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_follows_a_letter_of_unsure_width_is_given_its_place() {
        assert_eq!(written(["a", "│", "b"]).matches('H').count(), 1, "the row begins with its place");
        for unsure in ["ក", "日", "❤", "e\u{301}", "é"] {
            let text = written(["a", unsure, "│"]);
            let (_, behind) = text.split_once(unsure).unwrap();
            assert!(behind.contains("\u{1b}[3;7H│"), "{unsure}: {text:?}");
        }
        assert_eq!(written(["日", "…", "│"]).matches('H').count(), 2);
    }
}
