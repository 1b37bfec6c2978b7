//! The documents and the runbook as text, and what a line of a document means.

use super::say::count;
use super::words::{Picked, pick, pick_numbered};
use super::{Place, Plain};
use crate::app::Model;
use crate::app::export::text;
use crate::app::preview::{self, Tab, tabs};
use crate::export::runbook::wide_text;

pub(super) const HELP: &str = "\
The number of a document, or the beginning of its name, shows it. everything shows all of them and the \
runbook, one after the other; wide tells which stars stay in them, and why.
Once a document is shown: the number of a line tells what the line means and which value wrote it; lines \
shows the document with its lines numbered.
An empty line goes back.";

/// The name of a tab, and what it is.
fn words(model: &Model, tab: &Tab) -> String {
    match tab {
        Tab::Document(name) => match model.derived.bundle.document(name) {
            Some(document) => format!("{name}: {}, for {}", document.title, document.attach_to),
            None => name.clone(),
        },
        Tab::Managed(name) => format!("{name}: AWS's own policy"),
        Tab::Runbook => {
            format!("runbook: {} that put everything in place", count(model.steps().len(), "step"))
        }
    }
}

pub(super) fn ask(plain: &mut Plain, full: bool) -> String {
    let tabs = tabs(&plain.model.derived);
    if full {
        for (number, tab) in (1..).zip(&tabs) {
            plain.out.say(&format!("{number} {}", words(&plain.model, tab)));
        }
    }
    match tabs.is_empty() {
        true => "There is no document yet: tick a row first. An empty line goes back.".to_owned(),
        false => "Document: a number, everything or wide?".to_owned(),
    }
}

pub(super) fn answer(plain: &mut Plain, word: &str) {
    let tabs = tabs(&plain.model.derived);
    let names: Vec<&str> = tabs.iter().map(Tab::title).chain(["everything", "wide"]).collect();
    match pick_numbered(word, &names) {
        Picked::One(at) => match (tabs.get(at), names.get(at)) {
            (Some(tab), _) => {
                show(plain, tab);
                plain.places.push(Place::Page(tab.clone()));
            }
            (None, Some(&"wide")) => wide(plain),
            (None, _) => {
                let model = &plain.model;
                plain.out.raw(&crate::export::text::bundle(
                    model.catalog,
                    &model.derived.bundle,
                    &model.steps(),
                ));
            }
        },
        Picked::Several(found) => plain.ambiguous(word, &found),
        Picked::None => plain.other(word),
    }
}

fn wide(plain: &mut Plain) {
    let text = wide_text(plain.model.catalog, &plain.model.derived.bundle);
    match text.is_empty() {
        true => plain.out.say("No star stays in any document."),
        false => plain.out.raw(&text),
    }
}

/// The text of a tab, as it would be written into its file.
fn page(plain: &mut Plain, tab: &Tab) -> String {
    plain.model.preview.tab = Some(tab.clone());
    text(&plain.model).map(|(_, text)| text).unwrap_or_default()
}

fn show(plain: &mut Plain, tab: &Tab) {
    let heading = words(&plain.model, tab);
    let text = page(plain, tab);
    plain.out.say(&format!("{heading}."));
    plain.out.raw(&text);
}

pub(super) fn ask_page(tab: &Tab) -> String {
    match tab {
        Tab::Document(name) => {
            format!("{name}: a line's number explains it, lines numbers them, an empty line goes back?")
        }
        _ => "show shows it again, an empty line goes back?".to_owned(),
    }
}

pub(super) fn answer_page(plain: &mut Plain, tab: &Tab, word: &str) {
    if let Ok(number) = word.parse::<usize>() {
        return explain(plain, tab, number);
    }
    match pick(word, &["lines", "show"]) {
        Picked::One(0) => {
            let text = page(plain, tab);
            let numbered = (1..).zip(text.lines()).map(|(number, line)| format!("{number} {line}\n"));
            plain.out.raw(&numbered.collect::<String>());
        }
        Picked::One(_) => show(plain, tab),
        _ => plain.other(word),
    }
}

/// Tells what a line means and who wrote it.
pub(super) fn explain(plain: &mut Plain, tab: &Tab, number: usize) {
    let last = page(plain, tab).lines().count();
    if !matches!(tab, Tab::Document(_)) {
        return plain.out.say("Only lines of documents are explained.");
    }
    if number == 0 || number > last {
        return plain.out.say(&format!("There is no line {number}: they go from 1 to {last}."));
    }
    let page = preview::shown(&plain.model);
    let lines = crate::app::explain::line(&plain.model, &page, page.row_of(number));
    let lines: Vec<String> = lines.iter().map(crate::app::role::Words::text).collect();
    plain.out.say(&format!("Line {number}:"));
    for line in lines.iter().filter(|line| !line.is_empty()) {
        plain.out.say(&format!("  {line}"));
    }
}
