//! Hostile text wherever text from outside is shown: nothing of it acts on the terminal, nothing is
//! hidden, no border moves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;

use bedrock_policy::app::layout::areas;
use bedrock_policy::text::{exact, is_hidden, visible};
use bedrock_policy::ui::draw;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

#[path = "support/borders.rs"]
mod borders;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/places.rs"]
mod places;
#[path = "support/screen.rs"]
mod screen;

use borders::{borders, overlap};
use hostile::{Class, Hostile, strings};
use places::{AROUND, BUILT, Place, lives};
use screen::Screen;

const WIDE: (u16, u16) = (120, 40);
const NARROW: (u16, u16) = (47, 16);

/// The bytes that a terminal would get.
fn bytes(screen: &Screen) -> Vec<u8> {
    let (width, height) = screen.model.size;
    let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
    let mut out = Vec::new();
    let backend = CrosstermBackend::new(&mut out);
    let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).unwrap();
    terminal.draw(|frame| draw(&screen.model, &areas(&screen.model), frame)).unwrap();
    drop(terminal);
    out
}

/// What is in the bytes besides what the program's own drawing writes: places, looks, the cursor.
fn foreign(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\u{1b}' {
            if is_hidden(c) {
                return Some(format!("U+{:04X}", u32::from(c)));
            }
            continue;
        }
        let tail = rest.as_str();
        let end = tail.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(tail.len().saturating_sub(1));
        let sequence = &tail[..=end];
        let own = sequence.strip_prefix('[').is_some_and(|inner| {
            let (parameters, last) = inner.split_at(inner.len() - 1);
            let plain = parameters.bytes().all(|b| b.is_ascii_digit() || b == b';');
            plain && matches!(last, "m" | "H") || matches!(inner, "?25l" | "?25h")
        });
        if !own {
            return Some(format!("{sequence:?}"));
        }
        rest = tail[end + 1..].chars();
    }
    None
}

/// The columns at which borders stand.
fn sides(frames: &[Rect]) -> Vec<(u16, u16)> {
    let mut out: Vec<(u16, u16)> = frames.iter().map(|frame| (frame.left(), frame.right())).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// What can be read on a screen.
fn letters(buffer: &Buffer) -> String {
    buffer.content().iter().map(Cell::symbol).collect()
}

/// Puts every string into every place.
fn hold(places: &[Place], size: (u16, u16), every: usize) {
    let strings = strings();
    for (number, place) in places.iter().enumerate() {
        let quiet = (place.make)(size, "ab-cd");
        let calm = borders(&quiet.drawn().0, quiet.model.overlay.is_some()).unwrap();
        let mut clean: BTreeMap<String, String> = BTreeMap::new();
        for hostile in strings.iter().skip(number % every).step_by(every) {
            let screen = (place.make)(size, &hostile.text);
            let told =
                || format!("{}: {:?} {:?}\n{}", place.name, hostile.class, hostile.text, screen.text());
            let (buffer, _) = screen.drawn();
            cells(place, hostile, &buffer, &told);
            assert_eq!(foreign(&bytes(&screen)), None, "raw in the bytes: {}", told());
            let found = borders(&buffer, screen.model.overlay.is_some());
            let found = found.unwrap_or_else(|why| panic!("{why}: {}", told()));
            assert_eq!(sides(&found), sides(&calm), "a border moved: {}", told());
            assert_eq!(found.len(), calm.len(), "a border is gone: {}", told());
            assert_eq!(overlap(&buffer), None, "{}", told());
            assert!(lives(&screen), "{}", told());
            let twin = || letters(&(place.make)(size, &hostile.clean).drawn().0);
            let same = letters(&buffer) == *clean.entry(hostile.clean.clone()).or_insert_with(twin);
            let may = size == NARROW || may_look_alike(place, hostile);
            assert!(!same || may, "looks like its clean twin: {}", told());
        }
    }
}

/// Every cell shows what it holds.
fn cells(place: &Place, hostile: &Hostile, buffer: &Buffer, told: &dyn Fn() -> String) {
    let never = hostile.never_drawn();
    for symbol in buffer.content().iter().map(Cell::symbol) {
        if matches!(symbol.as_bytes(), [b' '..=b'~']) || ours(symbol) {
            continue;
        }
        assert!(!symbol.contains(&never[..]), "drawn as it is: {}", told());
        assert_eq!(visible(symbol), symbol, "hidden in a cell: {}", told());
        assert!(!hides_letter(place, hostile) || exact(symbol) == symbol, "a letter is shown: {}", told());
    }
}

/// Signs that the program draws itself.
fn ours(symbol: &str) -> bool {
    symbol.chars().all(|c| "┌┐└┘─│┏┓┗┛━┃▾▸▌…".contains(c))
}

/// True where no letter beyond U+00FF may be seen: the string stands in a value, and nowhere else.
fn hides_letter(place: &Place, hostile: &Hostile) -> bool {
    place.exact && hostile.class == Class::LookAlike
}

/// Words of people keep letters that look like others; at the ends of a paste, blanks and lines are cut.
fn may_look_alike(place: &Place, hostile: &Hostile) -> bool {
    let letters = hostile.class == Class::LookAlike && !place.exact;
    letters || place.trims && matches!(hostile.class, Class::Lines | Class::Long)
}

#[test]
fn there_are_many_of_every_class() {
    let mut count: BTreeMap<Class, usize> = BTreeMap::new();
    let strings = strings();
    for one in &strings {
        *count.entry(one.class).or_default() += 1;
    }
    assert!(strings.len() >= 300, "{} strings", strings.len());
    assert!(count.len() == 20 && count.values().all(|count| *count >= 2), "{count:?}");
    assert!(strings.iter().all(|one| one.text != one.clean));
}

#[test]
fn what_is_built_shows_hostile_text() {
    hold(BUILT, WIDE, 1);
}

#[test]
fn what_is_built_shows_hostile_text_on_a_small_screen() {
    hold(BUILT, NARROW, 5);
}

#[test]
fn windows_and_titles_show_hostile_text() {
    hold(AROUND, WIDE, 1);
}

#[test]
fn windows_and_titles_show_hostile_text_on_a_small_screen() {
    hold(AROUND, NARROW, 5);
}
