//! The overlays that are lists or questions: help, palette, a question, a path.

use std::path::PathBuf;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::editor::Editor;
use super::keys::{self, BINDINGS, Binding, Place};
use super::scroll::Scroll;
use super::{Model, Purpose};

/// A list that is filtered by typing.
#[derive(Clone, Debug, Default)]
pub struct Menu {
    /// What was typed.
    pub filter: String,
    /// True once `/` was pressed: then every letter is text.
    pub typing: bool,
    /// The line under the caret.
    pub scroll: Scroll,
    /// Where the keys held when the menu was opened.
    pub places: &'static [Place],
}

/// A question, its answers and the one under the caret.
#[derive(Clone, Debug)]
pub struct Question {
    /// The question, line by line.
    pub lines: Vec<String>,
    /// The answers; the first is the harmless one.
    pub answers: Vec<(&'static str, Answer)>,
    /// The one under the caret.
    pub at: usize,
}

/// What an answer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Closes the question.
    Stay,
    /// Saves, then leaves.
    SaveAndQuit,
    /// Leaves.
    Quit,
    /// Saves over a file that is there, and leaves when that was wanted.
    Replace(PathBuf, bool),
    /// Saves through a symbolic link, and leaves when that was wanted.
    Follow(PathBuf, bool),
    /// Asks for another name to save under.
    SaveAs,
    /// Goes on with the work that was left unsaved.
    TakeUp,
    /// Deletes it.
    Drop,
    /// Opens a file although the present blueprint is not saved.
    Open(PathBuf),
}

/// A path that is asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What for.
    pub purpose: Purpose,
    /// The path as it is typed.
    pub editor: Editor,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// The recent file under the caret.
    pub recent: Option<usize>,
    /// True when the program ends once it was saved.
    pub then_quit: bool,
}

/// One line of help or palette.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The row of the table.
    pub binding: &'static Binding,
    /// Its group, when it begins one.
    pub heading: Option<&'static str>,
    /// Why it cannot be done now.
    pub refused: Option<&'static str>,
}

/// The lines of the help: the keys that work here first.
#[must_use]
pub fn help(model: &Model, menu: &Menu) -> Vec<Entry> {
    let needle = menu.filter.to_lowercase();
    let has = |binding: &Binding| {
        binding.words.to_lowercase().contains(&needle)
            || binding.keys.iter().any(|key| key.to_lowercase() == needle)
    };
    let mut out: Vec<Entry> = Vec::new();
    let elsewhere = [Place::Checklist, Place::Detail, Place::Preview, Place::Findings, Place::Field];
    let rest = elsewhere.iter().filter(|place| !menu.places.contains(place));
    for (place, is_here) in menu.places.iter().map(|p| (*p, true)).chain(rest.map(|p| (*p, false))) {
        let mut heading = Some(place.title());
        let rows = BINDINGS.iter().filter(|row| row.place == place && !row.keys.is_empty());
        for binding in rows.filter(|row| has(row)) {
            let refused = match is_here {
                true => keys::refusal(model, binding.action),
                false => Some("works elsewhere"),
            };
            out.push(Entry { binding, heading: heading.take(), refused });
        }
    }
    out
}

/// The lines of the palette: every action once, the best match first.
#[must_use]
pub fn palette(model: &Model, menu: &Menu) -> Vec<Entry> {
    let mut rows: Vec<&'static Binding> = Vec::new();
    let places = menu.places.iter().copied();
    for place in places.filter(|place| *place != Place::Lists) {
        for row in BINDINGS.iter().filter(|row| row.place == place) {
            if !rows.iter().any(|known| known.action == row.action) {
                rows.push(row);
            }
        }
    }
    if !menu.filter.is_empty() {
        let pattern = Pattern::parse(&menu.filter, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, &'static Binding)> = rows
            .into_iter()
            .filter_map(|row| {
                Some((pattern.score(Utf32Str::new(row.words, &mut buffer), &mut matcher)?, row))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        rows = scored.into_iter().map(|(_, row)| row).collect();
    }
    rows.into_iter()
        .map(|binding| Entry { binding, heading: None, refused: keys::refusal(model, binding.action) })
        .collect()
}
