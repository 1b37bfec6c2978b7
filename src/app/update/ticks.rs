//! Ticking and unticking, instances, the example.

use crate::app::change::Edit;
use crate::app::role::Role;
use crate::app::rows::{Mark, Row, lines};
use crate::app::{Model, Pane, detail};
use crate::blueprint::file;
use crate::catalog::assets::EXAMPLE;

/// Ticks or unticks the row under the caret; for a group, its rows that are shown. In the detail,
/// steps through a choice.
pub(super) fn toggle(model: &mut Model) {
    if model.focus == Pane::Detail {
        return super::values::step(model);
    }
    match model.checklist.row.clone() {
        Row::Group(id) => {
            let rows = of_group(model, &id);
            let all_on = rows.iter().all(|(_, on)| *on);
            set(model, rows.into_iter().filter(|(_, on)| *on == all_on).map(|(id, _)| id).collect(), !all_on);
        }
        Row::Capability(id) => {
            let on = model.blueprint.tick(&id).is_none();
            set(model, vec![id], on);
        }
        Row::Instance(..) => {
            model.say(Role::Warning, "this is one use of the row above: `-` takes it away");
        }
        Row::Scope | Row::Subject(_) => {
            model.say(Role::Warning, "nothing to tick here: Enter gives its values");
        }
    }
}

/// The capabilities of a group that are shown, and whether each is ticked.
fn of_group(model: &Model, group: &str) -> Vec<(String, bool)> {
    shown(model).into_iter().filter(|(id, _)| id.split('/').next() == Some(group)).collect()
}

/// The capabilities that are shown, and whether each is ticked.
fn shown(model: &Model) -> Vec<(String, bool)> {
    let rows = lines(model).into_iter();
    rows.filter_map(|line| match line.row {
        Row::Capability(id) => Some((id, line.mark == Mark::On)),
        _ => None,
    })
    .collect()
}

pub(super) fn all(model: &mut Model, on: bool) {
    let rows = shown(model).into_iter().filter(|(_, ticked)| *ticked != on).map(|(id, _)| id).collect();
    set(model, rows, on);
}

/// Ticks or unticks, and tells what came of it.
fn set(model: &mut Model, ids: Vec<String>, on: bool) {
    let count = ids.len();
    if count == 0 {
        model.say(Role::Dim, if on { "all of them are ticked" } else { "none of them is ticked" });
        return;
    }
    let before: Vec<String> = names(model);
    let edit = if on { Edit::Tick(ids) } else { Edit::Untick(ids) };
    let label = edit.label(model.catalog);
    model.edit(&edit);
    let after = names(model);
    let new: Vec<&str> = after.iter().filter(|name| !before.contains(name)).map(String::as_str).collect();
    let gone: Vec<&str> = before.iter().filter(|name| !after.contains(name)).map(String::as_str).collect();
    let verb = if on { "ticked" } else { "unticked" };
    let what = match count {
        1 => label.split_once(' ').map_or(label.as_str(), |(_, title)| title).to_owned(),
        _ => format!("{count} rows"),
    };
    let mut text = format!("{verb} {what}");
    for (lead, names) in [("; new: ", &new), ("; no longer needed: ", &gone)] {
        if !names.is_empty() {
            text.push_str(lead);
            text.push_str(&names.join(", "));
        }
    }
    model.say(Role::Good, text);
    super::moves::row_changed(model);
    if !on {
        super::moves::show_change(model);
    }
}

fn names(model: &Model) -> Vec<String> {
    let documents = model.derived.bundle.documents.iter().map(|document| document.name.clone());
    documents.chain(model.derived.bundle.managed.iter().map(|managed| managed.policy.clone())).collect()
}

/// Another use of the row under the caret, with its first field ready to be filled in.
pub(super) fn add(model: &mut Model) {
    let (Row::Capability(id) | Row::Instance(id, _)) = model.checklist.row.clone() else { return };
    model.edit(&Edit::AddInstance(id.clone()));
    let last = model.blueprint.tick(&id).map_or(0, |tick| tick.instances.len().saturating_sub(1));
    model.checklist.row = if last == 0 { Row::Capability(id) } else { Row::Instance(id, last) };
    super::moves::row_changed(model);
    model.say(Role::Good, "added; its own row is under the caret");
}

/// Takes the use under the caret away, or clears the field.
pub(super) fn remove(model: &mut Model) {
    if model.focus == Pane::Detail {
        if let Some((_, field)) = detail::field_under_caret(model) {
            if field.given.is_empty() || field.name == crate::app::fields::NAME {
                return model.say(Role::Dim, "there is no value to clear");
            }
            model.edit(&Edit::Set(vec![(field.owner, field.name, Vec::new())]));
            model.say(Role::Good, format!("cleared: {}", field.label));
        }
        return;
    }
    match model.checklist.row.clone() {
        Row::Instance(id, at) => {
            model.edit(&Edit::RemoveInstance(id.clone(), at));
            let left = model.blueprint.tick(&id).map_or(0, |tick| tick.instances.len());
            model.checklist.row =
                if left > 1 { Row::Instance(id, at.min(left - 1)) } else { Row::Capability(id) };
            super::moves::row_changed(model);
            model.say(Role::Good, "taken away: u brings it back");
        }
        Row::Capability(id) if model.blueprint.tick(&id).is_some() => set(model, vec![id], false),
        _ => model.say(Role::Dim, "there is nothing to take away"),
    }
}

/// Replaces everything by the example: undo brings it back.
pub(super) fn example(model: &mut Model) {
    let Ok(example) = file::read(EXAMPLE) else { return };
    model.edit(&Edit::Replace("show the example".to_owned(), Box::new(example)));
    super::moves::row_changed(model);
    model.say(Role::Good, "an example flow of seven nodes: look around; u brings back what was there");
}
