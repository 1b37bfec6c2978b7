//! The findings: told one by one, each with the way to its value or its line.

use super::words::{Picked, pick_numbered};
use super::{Place, Plain, documents, values};
use crate::app::Model;
use crate::app::findings::{asks_for_a_value, field_of, fix, title};
use crate::app::preview::Tab;
use crate::lint::Finding;

pub(super) const HELP: &str = "\
The number of a finding tells why it matters and what to do; from there, value asks for the value that it \
is about, and line shows the line of the document.
An empty line goes back.";

pub(super) fn ask(plain: &mut Plain, full: bool) -> String {
    if full {
        for (number, finding) in (1..).zip(&plain.model.derived.findings) {
            let words = title(&plain.model, finding);
            plain.out.say(&format!("{number} {}: {words}", finding.severity.word()));
        }
    }
    match plain.model.derived.findings.is_empty() {
        true => "Nothing is wrong. An empty line goes back.".to_owned(),
        false => "Finding: a number?".to_owned(),
    }
}

pub(super) fn answer(plain: &mut Plain, word: &str) {
    let at = word.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    match at.and_then(|at| plain.model.derived.findings.get(at)).cloned() {
        Some(finding) => plain.go(Place::Finding(Box::new(finding))),
        None => plain.other(word),
    }
}

/// What can be done about a finding from here.
fn ways(model: &Model, finding: &Finding) -> Vec<&'static str> {
    let mut out = Vec::new();
    if matches!(field_of(model, finding), Some((_, Some(_)))) {
        out.push("value");
    }
    if finding.document.is_some() && finding.location.is_some() {
        out.push("line");
    }
    out
}

/// What to do, where there are words in place of keys.
fn todo(model: &Model, finding: &Finding) -> String {
    match asks_for_a_value(finding) {
        true if finding.is_hole() => "give it: value asks for it".to_owned(),
        true => "give it when you have it: value asks for it".to_owned(),
        false => {
            fix(model, finding).replace("read, through `:`, what", "read, by profile in the first menu, what")
        }
    }
}

pub(super) fn ask_one(plain: &mut Plain, finding: &Finding, full: bool) -> String {
    let ways = ways(&plain.model, finding);
    if full {
        let catalog = plain.model.catalog;
        let head = format!("{}: {}.", finding.severity.word(), title(&plain.model, finding));
        plain.out.say(&head);
        plain.out.say(&format!("  code {}", finding.code));
        if let (Some(document), Some(at)) = (&finding.document, &finding.location) {
            plain.out.say(&format!("  in {document}, line {}", at.line));
        }
        if let Some(cause) = &finding.cause.capability {
            let name = catalog.capability(cause).map_or(cause.as_str(), |capability| &capability.title);
            let instance = finding.cause.instance.as_deref().unwrap_or_default();
            plain.out.say(&format!("  from {name} ({instance})"));
        }
        plain.out.say(&format!("Why it matters: {}", finding.why(catalog)));
        let todo = todo(&plain.model, finding);
        plain.out.say(&format!("What to do: {todo}."));
    }
    let ways: Vec<String> = (1..).zip(ways).map(|(number, way)| format!("{number} {way}")).collect();
    match ways.is_empty() {
        true => "An empty line goes back.".to_owned(),
        false => format!("{}, or an empty line to go back?", ways.join(", ")),
    }
}

pub(super) fn answer_one(plain: &mut Plain, finding: &Finding, word: &str) {
    let ways = ways(&plain.model, finding);
    match pick_numbered(word, &ways) {
        Picked::One(at) if ways.get(at) == Some(&"value") => {
            if let Some((owner, Some(name))) = field_of(&plain.model, finding) {
                values::one(plain, owner, name);
            }
        }
        Picked::One(_) => {
            if let (Some(document), Some(at)) = (&finding.document, &finding.location) {
                documents::explain(plain, &Tab::Document(document.clone()), at.line);
            }
        }
        _ => plain.other(word),
    }
}
