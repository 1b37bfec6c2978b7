//! Fields: opening, typing, proposals, accepting, leaving; Enter on anything.

use crate::app::arn_fill;
use crate::app::change::Edit;
use crate::app::complete::proposals;
use crate::app::editor::{Editor, LONGEST, LeftOut};
use crate::app::fields::{Field, NAME, edit_of, fields};
use crate::app::findings::{asks_for_a_value, field_of};
use crate::app::key::Key;
use crate::app::role::Role;
use crate::app::rows::{Row, owner};
use crate::app::{Derived, Editing, Model, Pane, detail};
use crate::blueprint::Blueprint;
use crate::lint::Finding;

/// Opens what is under the caret.
pub(super) fn enter(model: &mut Model) {
    match model.focus {
        Pane::Checklist => enter_row(model),
        Pane::Detail => match detail::field_under_caret(model) {
            Some((_, field)) => open(model, field),
            None => model.say(Role::Dim, "no value is under the caret"),
        },
        Pane::Preview => super::moves::to_source(model),
        Pane::Findings => {
            if let Some(finding) = model.derived.findings.get(model.findings.caret).cloned() {
                to_cause(model, &finding);
                if asks_for_a_value(&finding) {
                    open_if_empty(model);
                }
            }
        }
    }
}

fn enter_row(model: &mut Model) {
    match model.checklist.row.clone() {
        Row::Group(id) => {
            let closed = &mut model.checklist.closed;
            if closed.contains(&id) {
                closed.retain(|known| *known != id);
            } else {
                closed.push(id);
            }
            return;
        }
        Row::Capability(id) if model.blueprint.tick(&id).is_none() => super::ticks::toggle(model),
        _ => {}
    }
    let Some(owner) = owner(model, &model.checklist.row) else { return };
    let fields = fields(model, &owner);
    let first = fields.iter().find(|field| field.hole).or_else(|| fields.first());
    let Some(first) = first.filter(|field| field.name != NAME) else { return };
    let name = first.name.clone();
    super::moves::jump(model, &owner, Some(&name));
    open_if_empty(model);
}

/// Begins to edit a field.
fn open(model: &mut Model, field: Field) {
    let editor = Editor::new(&field.given, field.several);
    let before = model.blueprint.clone();
    model.editing = Some(Editing { field, editor, before, proposal: None, note: None });
}

/// A key in a field that is no action: text.
pub(super) fn typed(model: &mut Model, key: Key) {
    if let Some(editing) = &mut model.editing {
        editing.editor.key(key);
        editing.proposal = None;
        editing.note = None;
    }
    apply(model);
}

pub(super) fn new_line(model: &mut Model) {
    if let Some(editing) = &mut model.editing {
        editing.editor.new_line();
        editing.proposal = None;
    }
    apply(model);
}

pub(super) fn pasted(model: &mut Model, text: &str) {
    if let Some(editing) = &mut model.editing {
        let left = editing.editor.paste(text);
        editing.proposal = None;
        editing.note = left_out(left);
    }
    apply(model);
}

/// Tells what a paste left out.
pub(super) fn left_out(left: LeftOut) -> Option<String> {
    match left {
        LeftOut { cut: cut @ 1.., .. } => {
            Some(format!("{cut} characters were left out: a field takes {LONGEST} bytes"))
        }
        LeftOut { lines: lines @ 1.., .. } => {
            Some(format!("only the first of {} lines was taken: this is one value", lines + 1))
        }
        LeftOut { hidden: 0, .. } => None,
        LeftOut { hidden: 1, .. } => Some("1 hidden character was left out".to_owned()),
        LeftOut { hidden, .. } => Some(format!("{hidden} hidden characters were left out")),
    }
}

/// How many characters a filter takes.
const LONGEST_FILTER: usize = 200;

/// Pastes into a filter: what has no room is left out, and told.
pub(super) fn filtered(filter: &mut String, text: &str) -> Option<String> {
    let text = text.trim_matches(['\r', '\n']);
    let room = LONGEST_FILTER.saturating_sub(filter.chars().count());
    filter.extend(text.chars().take(room));
    let cut = text.chars().skip(room).count();
    (cut > 0).then(|| format!("{cut} characters were left out: a filter takes {LONGEST_FILTER}"))
}

/// Lets the documents follow what is typed; undo sees it once, when it is accepted.
fn apply(model: &mut Model) {
    let Some(editing) = &model.editing else { return };
    if editing.field.name == NAME {
        return;
    }
    let edit = edit_of(&editing.field, editing.editor.values());
    let now = edit.apply(&editing.before, &mut Vec::new());
    if now != model.blueprint {
        let is_first = model.blueprint == editing.before;
        model.blueprint = now;
        model.changes += 1;
        let was = std::mem::replace(&mut model.derived, Derived::new(model.catalog, &model.blueprint));
        if is_first {
            model.before = was;
        }
        super::moves::show_change(model);
    }
}

/// Goes back to the blueprint before the field was opened, and to what followed from it.
fn revert(model: &mut Model, before: Blueprint) {
    if model.blueprint != before {
        model.blueprint = before;
        model.changes += 1;
        model.derived = model.before.clone();
    }
}

/// Chooses a proposal.
pub(super) fn propose(model: &mut Model, forward: bool) {
    let Some(editing) = &model.editing else { return };
    let count = proposals(model, &editing.field, editing.editor.word()).len();
    let next = match (editing.proposal, forward) {
        (None, true) => Some(0),
        (Some(at), true) => Some((at + 1).min(count.saturating_sub(1))),
        (Some(at), false) => at.checked_sub(1),
        (None, false) => None,
    };
    let several_lines = editing.field.several && editing.editor.lines().len() > 1;
    if let Some(editing) = &mut model.editing {
        if count == 0 || (several_lines && editing.proposal.is_none() && !forward) {
            let key = Key::plain(if forward { super::Code::Down } else { super::Code::Up });
            editing.editor.key(key);
            return;
        }
        editing.proposal = next.filter(|at| *at < count);
    }
}

/// Takes the value; with `next`, completes first, and then goes on to the next field.
pub(super) fn accept(model: &mut Model, next: bool) {
    let Some(editing) = &model.editing else { return };
    let word = editing.editor.word().to_owned();
    let found = proposals(model, &editing.field, &word);
    let chosen = editing.proposal.and_then(|at| found.get(at));
    let is_start = |value: &str| value.to_lowercase().starts_with(&word.to_lowercase());
    // What is typed freely stays as it is typed: a value used before may begin with it.
    let is_list =
        !editing.field.choices.is_empty() || editing.field.kind.is_some_and(|kind| kind.name == "region");
    let completing = next && is_list && !word.is_empty() && editing.proposal.is_none();
    let chosen = chosen.or_else(|| found.first().filter(|first| completing && is_start(&first.value)));
    let value = chosen.map(|proposal| proposal.value.clone());
    let completed = value.is_some();
    if let (Some(value), Some(editing)) = (value, &mut model.editing) {
        if editing.field.choices.is_empty() {
            editing.editor.complete(&value);
        } else {
            editing.editor.replace(&value);
        }
        editing.proposal = None;
    }
    if completed {
        apply(model);
        if completing {
            return;
        }
    }
    take(model);
    if next {
        open_next(model);
    }
}

/// Ends the editing with the text as the value.
pub(super) fn take(model: &mut Model) {
    let Some(editing) = model.editing.take() else { return };
    let values = editing.editor.values();
    revert(model, editing.before);
    let unchanged = values == editing.field.given;
    match arn_fill::read(model, &editing.field, &values) {
        _ if unchanged => {}
        Some((edit, words)) => {
            model.edit(&edit);
            model.say(Role::Good, words);
        }
        None => {
            let name = values.first().cloned().unwrap_or_default();
            let before = model.changes;
            model.edit(&edit_of(&editing.field, values));
            if editing.field.name == NAME && model.changes == before && !name.is_empty() {
                let name = crate::text::shown(&name);
                model.say(Role::Warning, format!("another use is called `{name}` already: the name stays"));
            }
        }
    }
    stay_on(model, &editing.field);
}

/// Keeps the detail's caret on a field.
fn stay_on(model: &mut Model, field: &Field) {
    let is_it = |one: &Field| one.name == field.name && one.owner == field.owner;
    if let Some(at) = detail::shown_fields(model).iter().position(is_it) {
        super::moves::show_field(model, at);
    }
}

/// Edits the field behind the one under the caret; behind the last one, goes back to the checklist.
fn open_next(model: &mut Model) {
    let next = detail::field_under_caret(model).map_or(0, |(at, _)| at + 1);
    let field = detail::shown_fields(model).into_iter().nth(next).filter(|field| field.name != NAME);
    match field {
        Some(field) => {
            super::moves::show_field(model, next);
            open(model, field);
        }
        None => super::moves::focus(model, Pane::Checklist),
    }
}

/// Leaves the field as it was; a chosen proposal is let go first.
pub(super) fn leave(model: &mut Model) {
    let Some(editing) = &mut model.editing else { return };
    if editing.proposal.take().is_some() {
        return;
    }
    if let Some(editing) = model.editing.take() {
        revert(model, editing.before);
        stay_on(model, &editing.field);
    }
}

/// The next value of a choice.
pub(super) fn step(model: &mut Model) {
    let Some((_, field)) = detail::field_under_caret(model) else { return };
    if field.choices.is_empty() {
        return model.say(Role::Dim, "no choice is under the caret: Enter edits the value");
    }
    let now = field.given.first().or(field.stand_in.as_ref());
    let at = field.choices.iter().position(|choice| Some(&choice.value) == now).map_or(0, |at| at + 1);
    if let Some(choice) = field.choices.get(at % field.choices.len()) {
        model.edit(&Edit::Set(vec![(field.owner.clone(), field.name.clone(), vec![choice.value.clone()])]));
        stay_on(model, &field);
    }
}

/// To the next value that is missing, ready to be typed.
pub(super) fn next_hole(model: &mut Model) {
    let finding = model.derived.findings.iter().find(|finding| finding.is_hole()).cloned();
    if let Some(finding) = finding {
        to_cause(model, &finding);
        open_if_empty(model);
    }
}

/// Begins to edit the field under the caret when it has no value: what is typed next is its text.
fn open_if_empty(model: &mut Model) {
    let field = detail::field_under_caret(model).filter(|(_, field)| field.given.is_empty());
    if let (Pane::Detail, Some((_, field))) = (model.focus, field) {
        open(model, field);
    }
}

/// To the row and value that a finding is about; without one, to its place in the document.
fn to_cause(model: &mut Model, finding: &Finding) {
    match field_of(model, finding) {
        Some((owner, parameter)) => super::moves::jump(model, &owner, parameter.as_deref()),
        None => super::moves::focus(model, Pane::Preview),
    }
}
