//! Ticking: the groups, and the rows of one group or of what was looked for.

use super::say::count;
use super::words::{Picked, numbers, pick, pick_numbered};
use super::{Place, Plain, about, values};
use crate::app::action::Action;
use crate::app::change::Edit;
use crate::app::rows::{self, ASKED_ONCE, GROUPS, Line, Mark, Row};
use crate::app::update::perform;
use crate::app::{Effect, Filter, Model, Pane};

/// Which rows are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Those of a group.
    Group(String),
    /// Those that a word finds.
    Found(String),
}

/// The group of ticks that are not known here.
const UNKNOWN: &str = "not-known-here";

pub(super) const GROUP_HELP: &str = "\
Choose a group by its number or the beginning of its name; its rows can be ticked then.
find WORD shows the rows of all groups whose title or IAM actions have the word in them; so does a word that \
begins no group.
An empty line goes back.";

pub(super) const HELP: &str = "\
NUMBERS tick or untick rows: 3, or 1 3 5, or 2-4. The beginning of a row's title does the same.
about 3 tells what row 3 is for, why it needs what it needs, and its values.
values 3 asks for the values of row 3, one after the other, and ticks it first; values alone asks for \
everything that is still missing.
add 3 adds another use of row 3, as for a second node of that kind; remove 3 takes a use away.
list shows the rows again. An empty line goes back.";

/// What is done to rows, before their numbers.
const VERBS: &[&str] = &["about", "values", "add", "remove", "list"];

/// The lines of the checklist as they are filtered by a word.
fn lines(model: &mut Model, filter: Option<&str>) -> Vec<Line> {
    model.checklist.filter = filter.map(|text| Filter { text: text.to_owned(), typing: false });
    let lines = rows::lines(model);
    model.checklist.filter = None;
    lines
}

fn group_of(model: &Model, row: &Row) -> String {
    match row {
        Row::Scope | Row::Subject(_) => ASKED_ONCE.to_owned(),
        Row::Group(id) => id.clone(),
        Row::Capability(id) | Row::Instance(id, _) => match model.catalog.capability(id) {
            Some(capability) => capability.group().to_owned(),
            None => UNKNOWN.to_owned(),
        },
    }
}

/// The rows of what is shown.
fn shown(plain: &mut Plain, shown: &Shown) -> Vec<Line> {
    let filter = match shown {
        Shown::Found(word) => Some(word.as_str()),
        Shown::Group(_) => None,
    };
    let mut lines = lines(&mut plain.model, filter);
    let model = &plain.model;
    lines.retain(|line| {
        let is_meant = match shown {
            Shown::Group(id) => group_of(model, &line.row) == *id,
            Shown::Found(_) => true,
        };
        is_meant && !matches!(line.row, Row::Group(_))
    });
    lines
}

/// The groups that can be ticked in: id, title, count.
fn groups(model: &mut Model) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    let mut unknown = 0;
    for line in lines(model, None) {
        match line.row {
            Row::Group(id) if id != ASKED_ONCE => out.push((id, line.text, format!("{} ticked", line.note))),
            Row::Capability(id) if model.catalog.capability(&id).is_none() => unknown += 1,
            _ => {}
        }
    }
    if unknown > 0 {
        out.push((UNKNOWN.to_owned(), "Not known here".to_owned(), count(unknown, "row")));
    }
    out
}

pub(super) fn ask_group(plain: &mut Plain, full: bool) -> String {
    if full {
        for (number, (_, title, note)) in (1..).zip(groups(&mut plain.model)) {
            plain.out.say(&format!("{number} {title}: {note}"));
        }
    }
    "Group: its number, or find WORD?".to_owned()
}

pub(super) fn answer_group(plain: &mut Plain, word: &str) {
    if let Some(text) = word.strip_prefix("find ") {
        return find(plain, text.trim());
    }
    let groups = groups(&mut plain.model);
    let titles: Vec<&str> = groups.iter().map(|(_, title, _)| title.as_str()).collect();
    match pick_numbered(word, &titles) {
        Picked::One(at) => {
            if let Some((id, ..)) = groups.get(at) {
                plain.go(Place::Rows(Shown::Group(id.clone())));
            }
        }
        Picked::Several(found) => plain.ambiguous(word, &found),
        Picked::None => {
            let rows = shown(plain, &Shown::Found(word.to_owned()));
            match word.chars().count() > 2 && !rows.is_empty() {
                true => find(plain, word),
                false => plain.other(word),
            }
        }
    }
}

fn find(plain: &mut Plain, text: &str) {
    let looked = Shown::Found(text.to_owned());
    if shown(plain, &looked).is_empty() {
        plain.out.say(&format!("No row has `{}` in its title or its IAM actions.", crate::text::shown(text)));
    } else {
        plain.go(Place::Rows(looked));
    }
}

/// A row in words: `3 [x] Agent: 1 missing`.
fn words(number: usize, line: &Line) -> String {
    let mark = match line.mark {
        Mark::On => "[x] ",
        Mark::Off => "[ ] ",
        Mark::Part => "[-] ",
        Mark::None => "",
    };
    let lead = if matches!(line.row, Row::Instance(..)) { "  " } else { "" };
    let note = if line.note.is_empty() { String::new() } else { format!(": {}", line.note) };
    format!("{lead}{number} {mark}{}{note}", line.text)
}

pub(super) fn ask(plain: &mut Plain, what: &Shown, full: bool) -> String {
    let lines = shown(plain, what);
    if full {
        match what {
            Shown::Group(id) => {
                if let Some((_, title, help)) = GROUPS.iter().find(|(known, ..)| known == id) {
                    // A key of the screen is no answer here.
                    let help = help.replace(" with `+`", " with add");
                    plain.out.say(&format!("{title}. {help}"));
                }
            }
            Shown::Found(text) => plain.out.say(&format!("Rows with `{}`:", crate::text::shown(text))),
        }
        for (number, line) in (1..).zip(&lines) {
            plain.out.say(&words(number, line));
        }
    }
    match what {
        Shown::Group(id) if id == ASKED_ONCE => "Where and who: whose values, a number or list?".to_owned(),
        Shown::Group(id) => {
            let title = GROUPS.iter().find(|(known, ..)| known == id).map_or("Rows", |(_, title, _)| title);
            format!("{title}: numbers to tick or untick, about NUMBER, values NUMBER, list?")
        }
        Shown::Found(_) => "Rows: numbers to tick or untick, about NUMBER, values NUMBER, list?".to_owned(),
    }
}

pub(super) fn answer(plain: &mut Plain, what: &Shown, word: &str) -> Vec<Effect> {
    let lines = shown(plain, what);
    if let Some(list) = numbers(word, lines.len()) {
        match list {
            Ok(list) => {
                list.iter().filter_map(|number| lines.get(number - 1)).for_each(|line| choose(plain, line));
            }
            Err(number) => plain.out.say(&format!(
                "There is no row {}: they go from 1 to {}.",
                crate::text::shown(&number),
                lines.len()
            )),
        }
        return Vec::new();
    }
    let (verb, rest) = word.split_once(' ').unwrap_or((word, ""));
    if let Picked::One(at) = pick(verb, VERBS)
        && let Some(verb) = VERBS.get(at)
        && (!rest.is_empty()
            || ["list", "values"].contains(verb) && pick(word, &titles(&lines)) == Picked::None)
    {
        match target(&lines, rest.trim()) {
            _ if *verb == "list" => plain.fresh = true,
            _ if rest.is_empty() => values::missing(plain),
            Ok(line) => act(plain, verb, line),
            Err(found) if found.is_empty() => plain.other(rest),
            Err(found) => plain.ambiguous(rest, &found),
        }
        return Vec::new();
    }
    match target(&lines, word) {
        Ok(line) => choose(plain, line),
        Err(found) if found.is_empty() => plain.other(word),
        Err(found) => plain.ambiguous(word, &found),
    }
    Vec::new()
}

fn titles(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

/// The row that a number or the beginning of a title means; else those that it may mean.
fn target<'l>(lines: &'l [Line], word: &str) -> Result<&'l Line, Vec<&'l str>> {
    match pick_numbered(word, &titles(lines)) {
        Picked::One(at) => lines.get(at).ok_or_else(Vec::new),
        Picked::Several(found) => Err(found),
        Picked::None => Err(Vec::new()),
    }
}

/// A row's number alone: ticks it, or asks for its values where there is nothing to tick.
fn choose(plain: &mut Plain, line: &Line) {
    match &line.row {
        Row::Scope | Row::Subject(_) => act(plain, "values", line),
        Row::Instance(id, at) => {
            let title = plain.model.catalog.capability(id).map_or(id.as_str(), |one| &one.title);
            plain.out.say(&format!(
                "`{}` is use {} of {title}: values asks for its values, remove takes it away.",
                crate::text::shown(&line.text),
                at + 1
            ));
        }
        _ => toggle(plain, &line.row),
    }
}

/// Ticks or unticks as the screen does, and tells what is needed now.
fn toggle(plain: &mut Plain, row: &Row) {
    let holes = |model: &Model| -> Vec<String> {
        let holes = model.derived.findings.iter().filter(|finding| finding.is_hole());
        holes.map(|finding| crate::app::findings::title(model, finding)).collect()
    };
    let before = holes(&plain.model);
    (plain.model.focus, plain.model.checklist.row) = (Pane::Checklist, row.clone());
    perform(&mut plain.model, Action::Toggle);
    plain.toast();
    let new: Vec<String> = holes(&plain.model).into_iter().filter(|hole| !before.contains(hole)).collect();
    for hole in &new {
        plain.out.say(&format!("  {hole}."));
    }
    if !new.is_empty() {
        plain.out.say("  values asks for what is missing.");
    }
}

fn act(plain: &mut Plain, verb: &str, line: &Line) {
    match (verb, &line.row) {
        ("about", row) => about::row(plain, row),
        ("values", Row::Capability(id)) if plain.model.blueprint.tick(id).is_none() => {
            toggle(plain, &line.row);
            values::of_row(plain, &line.row);
        }
        ("values", row) => values::of_row(plain, row),
        ("add", Row::Capability(id) | Row::Instance(id, _)) => add(plain, id),
        ("remove", Row::Instance(id, at)) => {
            plain.model.edit(&Edit::RemoveInstance(id.clone(), *at));
            plain.out.say("Taken away; undo brings it back.");
        }
        ("remove", Row::Capability(id)) => match plain.model.blueprint.tick(id) {
            Some(tick) if tick.instances.len() > 1 => {
                plain.out.say("It has several uses: give the number of the one that is to go.");
            }
            Some(_) => toggle(plain, &line.row),
            None => plain.out.say("It is not ticked."),
        },
        _ => plain.out.say("That row has values only: its number asks for them."),
    }
}

/// Another use of a capability, ready to be given its values.
fn add(plain: &mut Plain, id: &str) {
    let known = plain.model.catalog.capability(id);
    if known.is_none_or(|capability| capability.single) {
        return plain.out.say("This row can be used once only.");
    }
    plain.model.edit(&Edit::AddInstance(id.to_owned()));
    let last = plain.model.blueprint.tick(id).map_or(0, |tick| tick.instances.len().saturating_sub(1));
    plain.out.say(&format!("Added use {} of {}.", last + 1, known.map_or(id, |one| &one.title)));
    values::of_owner(plain, &crate::app::change::Owner::Instance(id.to_owned(), last));
}
