//! The fields in the detail pane: values at rest, and the one that is edited.

use super::{Lines, role_of};
use crate::app::change::Owner;
use crate::app::complete::{self, SHOWN};
use crate::app::fields::{self, Field, fields};
use crate::app::findings::fix;
use crate::app::role::{Role, Words};
use crate::app::wrap::{Shown, cut, window};
use crate::app::{Editing, Model};
use crate::catalog::messages::Severity;
use crate::lint::Finding;
use crate::text::{columns, exact, visible};

/// How wide the labels of fields are.
const LABEL: usize = 26;

/// The fields of an owner, the edited one open.
pub(super) fn all(model: &Model, owner: &Owner, out: &mut Lines) {
    for (at, field) in fields(model, owner).iter().enumerate() {
        let from = out.out.len();
        match &model.editing {
            Some(editing) if editing.field.owner == *owner && editing.field.name == field.name => {
                edited(model, editing, field, out);
            }
            _ => resting(model, field, out),
        }
        out.out.iter_mut().skip(from).for_each(|line| line.field = Some(at));
    }
}

/// A field that is not being edited, and what is wrong with it.
fn resting(model: &Model, field: &Field, out: &mut Lines) {
    let mut label = LABEL.min(out.width / 2);
    let mut lead = Words::new(Role::Dim, format!("{:label$} ", field.label));
    if field.label.chars().count() > label {
        out.push(lead);
        (lead, label) = (Words::new(Role::Dim, "    "), 3);
    }
    let shown = match (field.given.as_slice(), &field.stand_in) {
        ([], Some(stand_in)) => vec![(Role::StandIn, format!("{stand_in} (until given)"))],
        ([], None) if field.hole => vec![(Role::Hole, "not given yet: Enter".to_owned())],
        ([], None) => vec![(Role::Dim, "none (optional)".to_owned())],
        (given, _) => given.iter().map(|value| (Role::Value, spoken(field, value))).collect(),
    };
    let widest = shown.iter().map(|(_, text)| columns(text)).max().unwrap_or(0);
    if label > 3 && label + 1 + widest > out.width && widest + 4 <= out.width {
        out.push(lead);
        (lead, label) = (Words::new(Role::Dim, "    "), 3);
    }
    let many = shown.len();
    for (at, (role, text)) in shown.into_iter().take(20).enumerate() {
        let lead = if at == 0 { lead.clone() } else { Words::new(Role::Dim, " ".repeat(label + 1)) };
        out.labelled(&lead, role, &text);
    }
    if many > 20 {
        out.push(
            Words::new(Role::Dim, " ".repeat(label + 1)).and(Role::Dim, format!("and {} more", many - 20)),
        );
    }
    problems(model, field, out);
}

/// A use's own name is words of a person; every other field is a value.
fn how(field: &Field) -> Shown {
    if field.name == fields::NAME { Shown::Words } else { Shown::Exact }
}

/// A value as it is read: a choice with its label.
fn spoken(field: &Field, value: &str) -> String {
    let choice = field.choices.iter().find(|choice| choice.value == value);
    match (choice, how(field)) {
        (Some(choice), _) => format!("{value}: {}", choice.label),
        (None, Shown::Words) => visible(value).into_owned(),
        (None, Shown::Exact) => exact(value).into_owned(),
    }
}

fn problems(model: &Model, field: &Field, out: &mut Lines) {
    for finding in fields::findings_of(model, field).filter(|finding| !finding.is_hole()) {
        out.words(&severity(finding).and(Role::Text, finding.title(model.catalog)));
        out.words(&Words::new(Role::Dim, "  fix: ").and(Role::Text, fix(model, finding)));
    }
}

fn severity(finding: &Finding) -> Words {
    let role = role_of(finding.severity);
    Words::new(role, format!("  {}: ", finding.severity.word()))
}

/// A field that is being edited: its text with the cursor, what is wrong, what is proposed.
fn edited(model: &Model, editing: &Editing, field: &Field, out: &mut Lines) {
    out.push(Words::new(Role::Heading, format!("{}:", field.label)));
    let (row, column) = editing.editor.cursor();
    let room = out.width.saturating_sub(4).max(4);
    let lines = editing.editor.lines();
    let first = row.saturating_sub(5);
    for (at, line) in lines.iter().enumerate().skip(first).take(6) {
        let (text, cursor) = window(line, if at == row { column } else { 0 }, room, how(field));
        let words = Words::new(Role::Focus, "  | ").and(Role::Value, text);
        out.out.push(super::Line { words, field: None, cursor: (at == row).then_some(cursor + 4) });
    }
    if lines.len() > first + 6 {
        out.text(Role::Dim, &format!("    {} lines in all", lines.len()));
    }
    if let Some(note) = &editing.note {
        out.words(&Words::new(Role::Warning, "  note: ").and(Role::Text, note));
    }
    // Suggestions can wait until the value stands.
    let is_wrong = |finding: &&Finding| !finding.is_hole() && finding.severity != Severity::Suggestion;
    for finding in fields::findings_of(model, field).filter(is_wrong) {
        out.words(&severity(finding).and(Role::Text, finding.title(model.catalog)));
    }
    let word = editing.editor.word();
    let proposals = complete::proposals(model, field, word);
    let first = editing.proposal.map_or(0, |at| at.saturating_sub(SHOWN - 1));
    for (at, proposal) in proposals.iter().enumerate().skip(first).take(SHOWN) {
        let (mark, role) =
            if editing.proposal == Some(at) { ("  > ", Role::Focus) } else { ("    ", Role::Dim) };
        let text = cut(&exact(&proposal.value), room, "~");
        out.push(Words::new(role, mark).and(role, text).and(Role::Dim, format!("  {}", proposal.note)));
    }
    if proposals.len() > SHOWN {
        out.text(Role::Dim, &format!("    {} proposals; type to narrow them", proposals.len()));
    }
    if !field.help.is_empty() {
        out.words(&Words::new(Role::Dim, "  ").and(Role::Dim, &field.help));
    }
    if let Some(kind) = field.kind.filter(|kind| kind.name != "choice" && kind.name != "switch") {
        let text = format!("{}, as in {}", kind.form, kind.example);
        out.words(&Words::new(Role::Dim, "  form: ").and(Role::Dim, text));
    }
    if field.several {
        out.words(
            &Words::new(Role::Dim, "  ")
                .and(Role::Dim, "Several values: one per line (Ctrl-j), or with commas."),
        );
    }
}
