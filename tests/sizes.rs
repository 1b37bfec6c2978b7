//! Every screen at every size, and in storms of changes of size: nothing panics, no border breaks, and
//! what is on the terminal afterwards is what a fresh drawing would put there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use bedrock_policy::app::keys::BINDINGS;
use bedrock_policy::app::layout::areas;
use bedrock_policy::app::{Pane, detail};
use bedrock_policy::text::visible;
use bedrock_policy::ui::draw;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

#[path = "support/borders.rs"]
mod borders;
#[path = "support/places.rs"]
mod places;
#[path = "support/screen.rs"]
mod screen;
#[path = "support/states.rs"]
mod states;

use borders::{borders, overlap};
use places::{AROUND, BUILT, lives};
use screen::{Screen, drive};
use states::STATES;

/// The sizes that every screen must bear.
const SIZES: &[(u16, u16)] = &[
    (0, 0),
    (1, 1),
    (2, 2),
    (20, 5),
    (40, 12),
    (80, 24),
    (200, 60),
    (500, 200),
    (0, 24),
    (80, 0),
    (1, 60),
    (300, 1),
];

/// Around the widths and heights at which the layout, a window or a line changes its form.
const WIDTHS: &[u16] =
    &[3, 9, 10, 11, 12, 13, 14, 20, 39, 40, 41, 49, 50, 51, 59, 60, 61, 74, 75, 76, 84, 99, 100, 101];
const HEIGHTS: &[u16] = &[2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14];

/// A text with something of every sort.
const NASTY: &str = "ab\u{1b}]52;c;AA\u{7}\u{202e}日本語\u{301}\u{301}👨\u{200d}👩 \u{301}\u{e0041}ก\u{e33}한\u{1112}\u{1161}لا\u{ff21}\u{430}\n\t\u{9b}31m-cd";

fn sizes() -> impl Iterator<Item = (u16, u16)> {
    let around = WIDTHS.iter().flat_map(|width| HEIGHTS.iter().map(move |height| (*width, *height)));
    SIZES.iter().copied().chain(around)
}

/// What holds of every drawing.
fn sound(screen: &Screen, buffer: &Buffer, told: &str) {
    let (width, height) = screen.model.size;
    assert_eq!((buffer.area.width, buffer.area.height), (width, height), "{told}");
    let window = screen.model.overlay.is_some();
    // Windows have borders from 10 columns and 5 rows on.
    if width >= 10
        && height >= 5
        && let Err(why) = borders(buffer, window)
    {
        panic!("{told}: {why}\n{}", screen.text());
    }
    assert_eq!(overlap(buffer), None, "{told}\n{}", screen.text());
    for cell in buffer.content() {
        assert_eq!(visible(cell.symbol()), cell.symbol(), "{told}");
    }
}

fn at(screen: &mut Screen, (width, height): (u16, u16)) {
    screen.press(&[&format!("size:{width}x{height}")]);
}

#[test]
fn every_screen_bears_every_size() {
    for keys in STATES {
        let mut grown = drive((120, 40), keys);
        for size in sizes() {
            at(&mut grown, size);
            let (buffer, cursor) = grown.drawn();
            sound(&grown, &buffer, &format!("{size:?} after {keys:?}"));
            assert!(cursor.is_none_or(|at| at.x < size.0 && at.y < size.1), "the cursor leaves {size:?}");
        }
    }
    for size in SIZES {
        for keys in STATES {
            let begun = drive(*size, keys);
            sound(&begun, &begun.drawn().0, &format!("{size:?} from the start, {keys:?}"));
        }
    }
}

#[test]
fn every_screen_with_hostile_text_bears_every_size() {
    for place in BUILT.iter().chain(AROUND) {
        let mut screen = (place.make)((120, 40), NASTY);
        for size in sizes() {
            at(&mut screen, size);
            sound(&screen, &screen.drawn().0, &format!("{size:?}: {}", place.name));
        }
        assert!(lives(&screen), "{}", place.name);
    }
}

#[test]
fn a_screen_that_was_small_is_as_it_was() {
    for keys in STATES {
        let mut screen = drive((120, 40), keys);
        // The lines of the detail break elsewhere at each width: its caret stays on its value, and one on
        // mere words goes with their number.
        if screen.model.focus == Pane::Detail && detail::field_under_caret(&screen.model).is_none() {
            continue;
        }
        let before = screen.drawn();
        for size in SIZES {
            at(&mut screen, *size);
            screen.drawn();
        }
        at(&mut screen, (120, 40));
        assert_eq!(screen.drawn().1, before.1, "the cursor after {keys:?}");
        assert!(screen.drawn().0 == before.0, "after {keys:?}\n{}", screen.text());
    }
}

/// Numbers without a pattern, the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    fn size(&mut self) -> (u16, u16) {
        let edges = [0, 1, 2, 9, 10, 11, 12, 39, 40, 41, 60, 75, 99, 100];
        let mut side = |most: usize| match self.next(3) {
            0 => edges[self.next(edges.len())],
            _ => u16::try_from(self.next(most)).unwrap(),
        };
        (side(220), side(70))
    }
}

/// One terminal through 500 sizes with keys between: what it has at the end, and after every fiftieth, is
/// what a fresh terminal would have.
fn storm(mut screen: Screen, seed: u64, told: &str) {
    let names: Vec<&str> = BINDINGS.iter().flat_map(|row| row.keys).copied().collect();
    let ends = |name: &str| matches!(name, "q" | "Ctrl-c" | "Ctrl-z" | "Ctrl-s");
    let mut numbers = Numbers(seed);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    for round in 0..500 {
        let (width, height) = if round == 499 { (100, 30) } else { numbers.size() };
        at(&mut screen, (width, height));
        for _ in 0..numbers.next(3) {
            let name = names[numbers.next(names.len())];
            if !ends(name) {
                screen.press(&[name]);
            }
        }
        terminal.backend_mut().resize(width, height);
        terminal.draw(|frame| draw(&screen.model, &areas(&screen.model), frame)).unwrap();
        let (fresh, _) = screen.drawn();
        sound(&screen, &fresh, told);
        assert!(
            *terminal.backend().buffer() == fresh,
            "{told}, round {round}: what was drawn before is left\n{}",
            screen.text()
        );
    }
}

#[test]
fn storms_of_sizes_leave_the_right_screen() {
    for (number, keys) in STATES.iter().enumerate().step_by(4) {
        storm(drive((120, 40), keys), 0x9e37_79b9 + number as u64, &format!("{keys:?}"));
    }
}

#[test]
fn storms_of_sizes_with_hostile_text_leave_the_right_screen() {
    for (number, place) in BUILT.iter().chain(AROUND).enumerate().step_by(5) {
        storm((place.make)((120, 40), NASTY), 0x85eb_ca6b + number as u64, place.name);
    }
}
