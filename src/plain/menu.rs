//! The first menu.

use super::say::{count, sentence};
use super::words::{Picked, pick};
use super::{Place, Plain, rows, values};
use crate::app::action::Action;
use crate::app::change::Edit;
use crate::app::rows::ASKED_ONCE;
use crate::app::{Effect, keys};
use crate::blueprint::file;
use crate::catalog::assets::EXAMPLE;

/// What a line of the menu leads to.
#[derive(Clone, Copy)]
enum Leads {
    To(fn() -> Place),
    Do(Action),
    Missing,
    Example,
}

/// A line of the menu: its word, its text, where it leads.
type Entry = (&'static str, &'static str, Leads);

/// The menu; a line's number is its place. Quitting, the last one told, has the number 0.
static MENU: &[Entry] = &[
    ("quit", "end", Leads::Do(Action::Quit)),
    ("tick", "what the role shall be able to do", Leads::To(|| Place::Groups)),
    (
        "where",
        "Region, account, the flow, its role, people",
        Leads::To(|| Place::Rows(rows::Shown::Group(ASKED_ONCE.to_owned()))),
    ),
    ("missing", "give the values that are still missing", Leads::Missing),
    ("findings", "what is wrong, and what to do", Leads::To(|| Place::Findings)),
    ("documents", "show the documents and the runbook", Leads::To(|| Place::Documents)),
    ("export", "write everything into a folder", Leads::Do(Action::ExportAll)),
    ("save", "save the blueprint", Leads::Do(Action::Save)),
    ("undo", "take the last change back", Leads::Do(Action::Undo)),
    ("redo", "do again what was undone", Leads::Do(Action::Redo)),
    ("name", "save the blueprint under another name", Leads::Do(Action::SaveAs)),
    ("open", "open a blueprint", Leads::Do(Action::Open)),
    ("example", "show an example: a flow of seven nodes", Leads::Example),
    ("clear", "clear everything", Leads::Do(Action::Clear)),
    ("list", "read names that the AWS CLI listed, to be proposed", Leads::Do(Action::ReadNames)),
    ("profile", "read what `aws bedrock get-inference-profile` printed", Leads::Do(Action::ReadProfile)),
];

pub(super) const HELP: &str = "\
The way: tick what the role shall be able to do, give the values that are missing, look at the findings, \
then export the documents or save the blueprint.
Answer with the number of a line, its word or the beginning of its word. An empty line shows the menu again.";

/// What a line has to tell of the present state.
fn note(plain: &Plain, word: &str) -> String {
    let model = &plain.model;
    let [missing, errors, warnings, suggestions] = model.derived.counts();
    let label = |past: Option<&crate::app::Past>| past.map(|past| past.label.clone());
    match word {
        "tick" => format!("{} ticked", model.blueprint.ticks.len()),
        "missing" => missing.to_string(),
        "findings" => [(errors, "error"), (warnings, "warning"), (suggestions, "suggestion")]
            .map(|(number, word)| count(number, word))
            .join(", "),
        "documents" => {
            count(model.derived.bundle.documents.len() + model.derived.bundle.managed.len(), "document")
        }
        "save" if model.is_modified() => "has changes that are not saved".to_owned(),
        "undo" => label(model.history.undo.last()).unwrap_or_else(|| "nothing to undo".to_owned()),
        "redo" => label(model.history.redo.last()).unwrap_or_else(|| "nothing to redo".to_owned()),
        _ => String::new(),
    }
}

pub(super) fn ask(plain: &mut Plain, full: bool) -> String {
    if full {
        for (number, (word, text, _)) in MENU.iter().enumerate().cycle().skip(1).take(MENU.len()) {
            let note = note(plain, word);
            let note = if note.is_empty() { note } else { format!(" ({note})") };
            plain.out.say(&format!("{number} {word}: {text}{note}"));
        }
    }
    if full {
        return "Menu: a number or a word?".to_owned();
    }
    let [missing, errors, warnings, _] = plain.model.derived.counts();
    let ticks = plain.model.blueprint.ticks.len();
    let saved = if plain.model.is_modified() { "not saved" } else { "nothing unsaved" };
    plain.out.say(&format!(
        "{ticks} ticked, {missing} missing, {}, {}, {saved}.",
        count(errors, "error"),
        count(warnings, "warning")
    ));
    "Menu: a number or a word, an empty line lists them?".to_owned()
}

pub(super) fn answer(plain: &mut Plain, word: &str) -> Vec<Effect> {
    let names: Vec<&str> = MENU.iter().map(|(name, ..)| *name).collect();
    let found = match word.parse::<usize>() {
        Ok(number) => MENU.get(number).map_or(Picked::None, |_| Picked::One(number)),
        Err(_) => pick(word, &names),
    };
    match found {
        Picked::One(at) => match MENU.get(at) {
            Some((.., leads)) => return go(plain, *leads),
            None => plain.other(word),
        },
        Picked::Several(found) => plain.ambiguous(word, &found),
        Picked::None => plain.other(word),
    }
    Vec::new()
}

fn go(plain: &mut Plain, leads: Leads) -> Vec<Effect> {
    match leads {
        Leads::To(place) => plain.go(place()),
        Leads::Missing => values::missing(plain),
        Leads::Example => example(plain),
        Leads::Do(action) => {
            let effects = plain.act(action);
            if matches!(action, Action::Clear) && keys::refusal(&plain.model, action).is_some() {
                plain.out.say("Everything is cleared. undo brings it back.");
            }
            return effects;
        }
    }
    Vec::new()
}

/// Replaces everything by the example: undo brings back what was there.
fn example(plain: &mut Plain) {
    let Ok(example) = file::read(EXAMPLE) else { return };
    let edit = Edit::Replace("show the example".to_owned(), Box::new(example));
    plain.out.say(&format!(
        "{}: a flow of seven nodes. Look around; undo brings back what was there.",
        sentence("an example")
    ));
    plain.model.edit(&edit);
}
