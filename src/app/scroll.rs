//! A caret in a list that is longer than its pane.

/// Where the caret is, and the first line shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    /// The line of the caret, from 0.
    pub caret: usize,
    /// The first line shown.
    pub top: usize,
    /// The first line after the last movement: what a smaller screen hides comes back with it.
    wanted: usize,
}

/// A movement in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One line down.
    Down,
    /// One line up.
    Up,
    /// To the first line.
    First,
    /// To the last line.
    Last,
    /// Half a pane down.
    PageDown,
    /// Half a pane up.
    PageUp,
}

impl Scroll {
    /// Moves the caret within `length` lines, of which `height` are shown.
    pub fn go(&mut self, movement: Move, length: usize, height: usize) {
        let (last, page) = (length.saturating_sub(1), (height / 2).max(1));
        self.caret = match movement {
            Move::Down => self.caret.saturating_add(1),
            Move::Up => self.caret.saturating_sub(1),
            Move::First => 0,
            Move::Last => last,
            Move::PageDown => self.caret.saturating_add(page),
            Move::PageUp => self.caret.saturating_sub(page),
        }
        .min(last);
        self.keep(length, height);
    }

    /// Moves what is shown by some lines; the caret moves only to stay in sight.
    pub fn roll(&mut self, lines: usize, down: bool, length: usize, height: usize) {
        let height = height.max(1);
        let lowest = length.saturating_sub(height);
        self.top = if down { (self.top + lines).min(lowest) } else { self.top.saturating_sub(lines) };
        self.caret = self.caret.clamp(self.top, (self.top + height - 1).max(self.top));
        self.keep(length, height);
    }

    /// Keeps the caret in the list and in sight, after a movement.
    fn keep(&mut self, length: usize, height: usize) {
        self.wanted = self.top;
        self.show(length, height);
        self.wanted = self.top;
    }

    /// Keeps the caret in the list and in sight, after list or pane changed.
    pub fn show(&mut self, length: usize, height: usize) {
        self.caret = self.caret.min(length.saturating_sub(1));
        let lowest = (self.caret + 1).saturating_sub(height.max(1));
        self.top =
            self.wanted.clamp(lowest, self.caret).min(length.saturating_sub(height.max(1)).max(lowest));
    }

    /// A list with its caret on a line, and another one at the top.
    #[must_use]
    pub fn at(caret: usize, top: usize) -> Self {
        Self { caret, top, wanted: top }
    }

    /// Puts the caret on a line and shows some lines around it: all of a short list's, and of a long
    /// one's at least those that follow within a third of the pane.
    pub fn jump(&mut self, line: usize, length: usize, height: usize) {
        let last = (line + height / 3).min(length.saturating_sub(1));
        let in_sight = line >= self.top && last < self.top + height;
        self.caret = line;
        if !in_sight {
            self.top = line.saturating_sub(height / 4);
        }
        self.keep(length, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stays_in_the_list_and_in_sight() {
        let mut scroll = Scroll::default();
        for (movement, caret, top) in [
            (Move::Up, 0, 0),
            (Move::Down, 1, 0),
            (Move::PageDown, 6, 0),
            (Move::Last, 29, 20),
            (Move::Down, 29, 20),
            (Move::PageUp, 24, 20),
            (Move::First, 0, 0),
        ] {
            scroll.go(movement, 30, 10);
            assert_eq!((scroll.caret, scroll.top), (caret, top), "{movement:?}");
        }
        scroll.jump(25, 30, 10);
        assert_eq!(scroll.top, 20);
        scroll.show(30, 2);
        assert_eq!(scroll.top, 24);
        scroll.show(30, 10);
        assert_eq!(scroll.top, 20, "what a smaller pane hid is back");
        scroll.show(3, 10);
        assert_eq!((scroll.caret, scroll.top), (2, 0));
        scroll.go(Move::Last, 0, 0);
        let mut scroll = Scroll::default();
        for (down, caret, top) in [(true, 3, 3), (true, 6, 6), (false, 6, 3), (false, 6, 0), (false, 6, 0)] {
            scroll.roll(3, down, 30, 10);
            assert_eq!((scroll.caret, scroll.top), (caret, top));
        }
        scroll.roll(100, true, 30, 10);
        assert_eq!((scroll.caret, scroll.top), (20, 20), "no further than the end");
        scroll.go(Move::Last, 0, 0);
        assert_eq!((scroll.caret, scroll.top), (0, 0));
    }
}
