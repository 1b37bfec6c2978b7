//! Values: asked one after the other, checked as on the screen, kept when the person says so.

use super::words::{Picked, pick};
use super::{Place, Plain};
use crate::app::change::{Edit, Owner};
use crate::app::complete::{Proposal, proposals};
use crate::app::editor::Editor;
use crate::app::fields::{self, Field, NAME, fields};
use crate::app::findings::{field_of, fix};
use crate::app::rows::{Row, owner};
use crate::app::{Model, arn_fill};
use crate::catalog::messages::Severity;

/// A value that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    owner: Owner,
    name: String,
    then: Then,
    /// What was asked in this round: nothing is asked twice.
    seen: Vec<(Owner, String)>,
    /// What proposals must have in them.
    filter: String,
}

/// What is asked after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// Nothing.
    Nothing,
    /// The other values of the same owner.
    Others,
    /// The next value that is missing.
    Missing,
}

/// A value that is wrong, and perhaps kept all the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Doubt {
    edit: Edit,
    asked: Asked,
}

/// How many proposals are told at once.
const TOLD: usize = 9;

pub(super) const KEEP_HELP: &str = "\
A value that is wrong may stay: it is a finding until it is mended, and exporting warns of it.
no asks for the value again, and so does an empty line. yes keeps it. Anything else is another value.";

/// The field that is asked for, as it is now.
pub(super) fn field(model: &Model, asked: &Asked) -> Option<Field> {
    fields(model, &asked.owner).into_iter().find(|field| field.name == asked.name)
}

/// What a field has now, in words.
pub(super) fn state(field: &Field) -> String {
    match (field.given.as_slice(), &field.stand_in) {
        ([], Some(stand_in)) => format!("{stand_in} (until given)"),
        ([], None) if field.hole => "not given yet".to_owned(),
        ([], None) => "none (optional)".to_owned(),
        (given, _) => given.join(", "),
    }
}

/// Asks for everything that is missing.
pub(super) fn missing(plain: &mut Plain) {
    if !next(plain, None, Then::Missing, Vec::new()) {
        plain.out.say("No value is missing.");
    }
}

/// Asks for the values of a row.
pub(super) fn of_row(plain: &mut Plain, row: &Row) {
    match owner(&plain.model, row) {
        Some(owner) => of_owner(plain, &owner),
        None => plain.out.say("It has several uses: give the number of the one that is meant."),
    }
}

/// Asks for the values of an owner.
pub(super) fn of_owner(plain: &mut Plain, owner: &Owner) {
    if !next(plain, Some(owner), Then::Others, Vec::new()) {
        plain.out.say("It asks for no value.");
    }
}

/// Asks for the value that a finding is about.
pub(super) fn one(plain: &mut Plain, owner: Owner, name: String) {
    plain.go(Place::Value(Asked {
        owner,
        name,
        then: Then::Nothing,
        seen: Vec::new(),
        filter: String::new(),
    }));
}

/// Asks for the next value of a round; false when there is none.
fn next(plain: &mut Plain, owner: Option<&Owner>, then: Then, seen: Vec<(Owner, String)>) -> bool {
    let model = &plain.model;
    let is_new = |owner: &Owner, name: &str| !seen.iter().any(|(known, at)| known == owner && at == name);
    let found = match (then, owner) {
        (Then::Missing, _) => model
            .derived
            .findings
            .iter()
            .filter(|finding| finding.is_hole())
            .filter_map(|finding| field_of(model, finding))
            .filter_map(|(owner, name)| Some((owner, name?)))
            .find(|(owner, name)| {
                is_new(owner, name) && fields(model, owner).iter().any(|f| f.name == *name)
            }),
        (Then::Others, Some(owner)) => {
            let several = match owner {
                Owner::Instance(id, _) => {
                    model.blueprint.tick(id).is_some_and(|tick| tick.instances.len() > 1)
                }
                _ => false,
            };
            let mut asked = fields(model, owner).into_iter().filter(|field| field.name != NAME || several);
            asked.find(|field| is_new(owner, &field.name)).map(|field| (owner.clone(), field.name))
        }
        _ => None,
    };
    let Some((owner, name)) = found else { return false };
    plain.go(Place::Value(Asked { owner, name, then, seen, filter: String::new() }));
    true
}

/// Goes on behind a value.
fn advance(plain: &mut Plain, asked: &Asked) {
    plain.places.pop();
    let mut seen = asked.seen.clone();
    seen.push((asked.owner.clone(), asked.name.clone()));
    if asked.then == Then::Nothing || next(plain, Some(&asked.owner), asked.then, seen) {
        return;
    }
    let [missing, ..] = plain.model.derived.counts();
    match (asked.then, missing) {
        (Then::Others, _) => plain.out.say("That was the last of its values."),
        (_, 0) => plain.out.say("No value is missing any more."),
        (_, 1) => plain.out.say("1 value is still missing."),
        (_, many) => plain.out.say(&format!("{many} values are still missing.")),
    }
}

/// Whose value it is: a row's title, with the use where there are several.
fn whose(model: &Model, owner: &Owner) -> String {
    match owner {
        Owner::Scope => "Region and account".to_owned(),
        Owner::Subject(id) => model.catalog.subject(id).map_or(id.clone(), |subject| subject.title.clone()),
        Owner::Instance(id, at) => {
            let title = model.catalog.capability(id).map_or(id.clone(), |one| one.title.clone());
            match model.blueprint.tick(id) {
                Some(tick) if tick.instances.len() > 1 => {
                    format!("{title} ({})", tick.instances.get(*at).map_or("", |instance| &instance.name))
                }
                _ => title,
            }
        }
    }
}

/// The proposals for a value; a whole number is typed and never chosen.
fn proposed(model: &Model, field: &Field, asked: &Asked) -> Vec<Proposal> {
    match field.kind.map(|kind| kind.name) {
        Some("number") => Vec::new(),
        _ => proposals(model, field, &asked.filter),
    }
}

pub(super) fn ask(plain: &mut Plain, asked: &Asked, full: bool) -> String {
    let Some(field) = field(&plain.model, asked) else { return String::new() };
    if full {
        let need = if field.hole { ", needed" } else { "" };
        plain.out.say(&format!("{}: {}{need}.", whose(&plain.model, &asked.owner), field.label));
        if !field.help.is_empty() {
            plain.out.say(&format!("  {}", field.help));
        }
        if let Some(kind) = field.kind.filter(|_| field.choices.is_empty()) {
            plain.out.say(&format!("  Give {}, for instance {}.", kind.form, kind.example));
        }
        if field.several {
            plain.out.say("  Several are taken, one a line; an empty line ends.");
        }
        plain.out.say(&format!("  Now: {}.", state(&field)));
        let all = proposed(&plain.model, &field, asked);
        for (number, proposal) in (1..).zip(all.iter().take(TOLD)) {
            plain.out.say(&format!("  {number} {}: {}", proposal.value, proposal.note));
        }
        if all.len() > TOLD {
            let more = all.len() - TOLD;
            plain.out.say(&format!(
                "  and {more} more: a part of one with a ? behind it shows those that have it"
            ));
        }
    }
    match field.several && !field.given.is_empty() {
        true => format!("{}: another, or an empty line to go on?", field.label),
        false => format!("{}?", field.label),
    }
}

pub(super) fn help(plain: &mut Plain, asked: &Asked) -> &'static str {
    if let Some(kind) = field(&plain.model, asked).and_then(|field| field.kind) {
        plain.out.say(&format!("It is {}: {}.", kind.title, kind.form));
    }
    "\
Type the value; a number takes the proposal of that number. An ARN is taken apart: it may give the Region, \
the account and an id at once.
An empty line keeps what is there and goes on; back stops asking.
= alone takes the value away. =TEXT gives TEXT as it is: a value that is a number of a proposal or one of the \
words below.
TEXT? shows the proposals that have the text in them.
Where several values are taken, each line adds one; drop 2 takes the second away."
}

pub(super) fn answer(plain: &mut Plain, asked: Asked, line: &str) {
    let Some(field) = field(&plain.model, &asked) else { return };
    let word = line.trim();
    if word.is_empty() {
        return advance(plain, &asked);
    }
    if word == "=" {
        return clear(plain, &asked, &field);
    }
    if let Some(literal) = word.strip_prefix('=') {
        return give(plain, asked, &field, literal);
    }
    if let Some(part) = word.strip_suffix('?') {
        let asked = Asked { filter: part.to_owned(), ..asked };
        if proposed(&plain.model, &field, &asked).is_empty() {
            plain.out.say(&format!("No proposal has `{}` in it.", crate::text::shown(part)));
            return;
        }
        plain.places.pop();
        return plain.go(Place::Value(asked));
    }
    if let Some(number) = word.strip_prefix("drop ").and_then(|rest| rest.trim().parse::<usize>().ok())
        && field.several
    {
        return drop_one(plain, &field, number);
    }
    let all = proposed(&plain.model, &field, &asked);
    let chosen = word.parse::<usize>().ok().and_then(|number| all.get(number.checked_sub(1)?));
    let choices: Vec<&str> = field.choices.iter().map(|choice| choice.value.as_str()).collect();
    let labels: Vec<&str> = field.choices.iter().map(|choice| choice.label.as_str()).collect();
    let value = match (chosen, pick(word, &choices), pick(word, &labels)) {
        (Some(proposal), ..) if word.len() < 3 => proposal.value.clone(),
        (_, Picked::One(at), _) | (_, Picked::None, Picked::One(at)) => {
            choices.get(at).map_or_else(|| word.to_owned(), |choice| (*choice).to_owned())
        }
        _ => word.to_owned(),
    };
    give(plain, asked, &field, &value);
}

fn clear(plain: &mut Plain, asked: &Asked, field: &Field) {
    if field.given.is_empty() || field.name == NAME {
        return plain.out.say("There is no value to take away.");
    }
    plain.model.edit(&fields::edit_of(field, Vec::new()));
    plain.out.say(&format!("{} is taken away; undo brings it back.", field.label));
    if !field.several {
        advance(plain, asked);
    }
}

fn drop_one(plain: &mut Plain, field: &Field, number: usize) {
    let mut values = field.given.clone();
    if number == 0 || number > values.len() {
        return plain.out.say(&format!("There is no value {number}: now {}.", state(field)));
    }
    let gone = values.remove(number - 1);
    plain.model.edit(&fields::edit_of(field, values));
    plain.out.say(&format!("{gone} is taken away; undo brings it back."));
}

/// Takes a text as the value, or asks whether it shall stay when it is wrong.
fn give(plain: &mut Plain, asked: Asked, field: &Field, text: &str) {
    let mut editor = Editor::new(&[], field.several);
    let left = editor.paste(text);
    for (count, what) in [(left.hidden, "hidden character"), (left.cut, "last character")] {
        if count > 0 {
            plain.out.say(&format!("{} left out.", super::say::count(count, what)));
        }
    }
    let new = editor.values();
    if new.is_empty() {
        return plain.out.say("Nothing is left of that.");
    }
    let mut values = if field.several { field.given.clone() } else { Vec::new() };
    values.extend(new.iter().filter(|value| !field.several || !field.given.contains(value)).cloned());
    if values == field.given {
        plain.out.say("That is there already.");
        if !field.several {
            advance(plain, &asked);
        }
        return;
    }
    if field.name == NAME && is_taken(&plain.model, &asked.owner, values.first().map_or("", String::as_str)) {
        return plain.out.say("Another use has this name: give one of its own.");
    }
    let (edit, words) = match arn_fill::read(&plain.model, field, &values) {
        Some((edit, words)) => (edit, words),
        None => (fields::edit_of(field, values), format!("{}: {}", field.label, new.join(", "))),
    };
    let mut tried = plain.model.clone();
    tried.edit(&edit);
    let mut is_wrong = false;
    let known: Vec<_> = fields::findings_of(&plain.model, field).collect();
    for finding in fields::findings_of(&tried, field) {
        let told =
            !finding.is_hole() && finding.severity != Severity::Suggestion && !known.contains(&finding);
        if told {
            is_wrong |= finding.severity == Severity::Error;
            plain.out.say(&format!("{}: {}.", finding.severity.word(), finding.title(tried.catalog)));
            plain.out.say(&format!("  why: {}", finding.why(tried.catalog)));
            plain.out.say(&format!("  fix: {}.", fix(&tried, finding)));
        }
    }
    if is_wrong {
        return plain.go(Place::Keep(Doubt { edit, asked }));
    }
    take(plain, &asked, &edit, &words);
}

fn is_taken(model: &Model, owner: &Owner, name: &str) -> bool {
    let Owner::Instance(id, at) = owner else { return false };
    let uses = model.blueprint.tick(id).map_or(&[][..], |tick| &tick.instances);
    uses.iter().zip(0..).any(|(one, place)| one.name == name && place != *at)
}

fn take(plain: &mut Plain, asked: &Asked, edit: &Edit, words: &str) {
    plain.model.edit(edit);
    plain.out.say(&format!("{}.", super::say::sentence(words)));
    if !field(&plain.model, asked).is_some_and(|field| field.several) {
        advance(plain, asked);
    }
}

/// The question whether a wrong value shall stay.
pub(super) const KEEP: &str = "Keep it all the same: 1 no, 2 yes, or another value?";

pub(super) fn answer_keep(plain: &mut Plain, doubt: &Doubt, word: &str) {
    match super::words::pick_numbered(word, &["no", "yes"]) {
        Picked::One(0) => plain.back(),
        Picked::One(_) => {
            plain.places.pop();
            take(plain, &doubt.asked, &doubt.edit, "kept; it is among the findings");
        }
        // Whoever gives another value at once has said no.
        _ => {
            plain.places.pop();
            answer(plain, doubt.asked.clone(), word);
        }
    }
}
