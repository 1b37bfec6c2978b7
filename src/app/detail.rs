//! The lines of the detail pane: what the row, the line or the finding under the caret is about.
//!
//! Here belong the words and their order; wrapping is done here too, since the caret moves by lines.

use super::change::Owner;
use super::fields::{Field, SCOPE_HELP, fields};
use super::findings::{fix, title};
use super::layout::areas;
use super::role::{Role, Words};
use super::rows::{GROUPS, Row, owner};
use super::wrap::{wrap, wrap_words};
use super::{About, Model, Pane, explain, preview};
use crate::catalog::capability::{Capability, Certainty, Parameter, Wanted};
use crate::catalog::messages::Severity;
use crate::lint::Finding;
use crate::text::{columns, exact};

mod values;

/// One line of the pane.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its words.
    pub words: Words,
    /// The field it belongs to, by position.
    pub field: Option<usize>,
    /// The column of the cursor, on the line of an edited text that has it.
    pub cursor: Option<u16>,
}

/// The lines for a pane of a width; two columns are left for the caret.
#[must_use]
pub fn lines(model: &Model, width: usize) -> Vec<Line> {
    let mut out = Lines { out: Vec::new(), width: width.max(10) - 2 };
    match model.about {
        About::Row => row(model, &mut out),
        About::Line => {
            let page = preview::shown(model);
            let words = explain::line(model, &page, model.preview.scroll.caret);
            if words.is_empty() {
                out.text(Role::Dim, "Put the caret on a line of a document to see what it means.");
            }
            for words in words {
                out.words(&words);
            }
        }
        About::Finding => match model.derived.findings.get(model.findings.caret) {
            Some(finding) => finding_words(model, finding, &mut out),
            None => out.text(Role::Dim, "Nothing is wrong."),
        },
    }
    out.out
}

/// The lines of the pane as large as it is now.
#[must_use]
pub fn shown(model: &Model) -> Vec<Line> {
    // A screen too small for panes shows none of it; its fields keep their order all the same.
    lines(model, usize::from(areas(model).inside(model, Pane::Detail).width).max(38))
}

/// The field under the pane's caret, with its position.
#[must_use]
pub fn field_under_caret(model: &Model) -> Option<(usize, Field)> {
    let at = shown(model).get(model.detail.caret)?.field?;
    Some((at, shown_fields(model).into_iter().nth(at)?))
}

/// The fields of the row under the caret.
#[must_use]
pub fn shown_fields(model: &Model) -> Vec<Field> {
    if model.about != About::Row {
        return Vec::new();
    }
    owner(model, &model.checklist.row).map(|owner| fields(model, &owner)).unwrap_or_default()
}

struct Lines {
    out: Vec<Line>,
    width: usize,
}

impl Lines {
    fn push(&mut self, words: Words) {
        self.out.push(Line { words, ..Line::default() });
    }

    fn blank(&mut self) {
        if self.out.last().is_some_and(|line| !line.words.pieces.is_empty()) {
            self.push(Words::default());
        }
    }

    fn text(&mut self, role: Role, text: &str) {
        for line in wrap(text, self.width) {
            self.push(Words::new(role, line));
        }
    }

    /// A point of a list.
    fn point(&mut self, role: Role, mark: &str, text: &str) {
        for (at, line) in wrap(text, self.width.saturating_sub(mark.len()).max(8)).into_iter().enumerate() {
            let lead = if at == 0 { mark.to_owned() } else { " ".repeat(mark.len()) };
            self.push(Words::new(role, lead).and(Role::Text, line));
        }
    }

    /// A line in pieces, wrapped as a whole.
    fn words(&mut self, words: &Words) {
        for line in wrap_words(words, self.width) {
            self.push(line);
        }
    }

    /// A label, and beside it a text that is wrapped alone.
    fn labelled(&mut self, lead: &Words, role: Role, text: &str) {
        let indent = columns(&lead.text());
        let lines = wrap(text, self.width.saturating_sub(indent).max(8));
        for (at, line) in lines.into_iter().enumerate() {
            let before = if at == 0 { lead.clone() } else { Words::new(Role::Text, " ".repeat(indent)) };
            self.push(before.and(role, line));
        }
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.text(Role::Heading, text);
    }
}

fn row(model: &Model, out: &mut Lines) {
    match &model.checklist.row {
        Row::Group(id) => {
            if let Some((_, title, help)) = GROUPS.iter().find(|(known, ..)| known == id) {
                out.text(Role::Heading, title);
                out.text(Role::Text, help);
            }
        }
        Row::Scope => {
            out.text(Role::Heading, "Region and account");
            out.text(Role::Text, &format!("{SCOPE_HELP} Pasting an ARN into any field fills them in too."));
            out.blank();
            values::all(model, &Owner::Scope, out);
        }
        Row::Subject(id) => {
            if let Some(subject) = model.catalog.subject(id) {
                out.text(Role::Heading, &subject.title);
                out.text(Role::Text, &subject.help);
                out.blank();
                values::all(model, &Owner::Subject(id.clone()), out);
            }
        }
        Row::Capability(id) => match model.catalog.capability(id) {
            Some(found) => capability(model, found, owner(model, &model.checklist.row).as_ref(), out),
            None => {
                out.text(Role::Heading, &exact(id));
                out.text(
                    Role::Error,
                    "This row is not known here. It is kept in the blueprint; `-` takes it away.",
                );
            }
        },
        Row::Instance(id, _) => {
            if let Some(found) = model.catalog.capability(id) {
                capability(model, found, owner(model, &model.checklist.row).as_ref(), out);
            }
        }
    }
}

fn capability(model: &Model, capability: &Capability, owner: Option<&Owner>, out: &mut Lines) {
    out.text(Role::Heading, &capability.title);
    out.text(Role::Text, &capability.help);
    let tick = model.blueprint.tick(&capability.id);
    match (owner, tick) {
        (Some(owner), _) => {
            out.blank();
            values::all(model, owner, out);
        }
        (None, Some(tick)) => {
            out.heading("Its uses");
            tick.instances.iter().for_each(|instance| out.point(Role::Dim, "- ", &instance.name));
            out.text(Role::Dim, "Each has a row of its own below; `+` adds one.");
        }
        (None, None) if !capability.parameters.is_empty() => {
            out.heading("It will ask for");
            let is_asked = |parameter: &&Parameter| {
                parameter.when.values().all(|wanted| matches!(wanted, Wanted::One(word) if word == "absent"))
            };
            for parameter in capability.parameters.iter().filter(is_asked) {
                let need = if parameter.required { "" } else { " (optional)" };
                out.point(Role::Dim, "- ", &format!("{}{need}", parameter.label));
            }
        }
        (None, None) => {}
    }
    together(model, capability, out);
    if !capability.before.is_empty() {
        out.heading("What must exist before");
        capability.before.iter().for_each(|text| out.point(Role::Dim, "- ", text));
    }
    out.heading("Why it needs what it needs");
    out.text(Role::Text, &capability.teach);
    for note in &capability.notes {
        let mark = if note.certainty == Certainty::Likely { "only likely: " } else { "note: " };
        out.blank();
        out.words(&Words::new(Role::Suggestion, mark).and(Role::Text, &note.text));
    }
    out.heading("The facts rest on");
    capability.sources.iter().for_each(|text| out.point(Role::Dim, "- ", text));
}

/// The other rows that this one works with: told before it is ticked.
fn together(model: &Model, capability: &Capability, out: &mut Lines) {
    let mut others: Vec<&str> = Vec::new();
    let meant = capability.grants.iter().flat_map(|grant| [&grant.while_ticked, &grant.for_each]).flatten();
    for id in meant {
        if !others.contains(&id.as_str()) {
            others.push(id);
        }
    }
    if others.is_empty() {
        return;
    }
    out.heading("It also speaks for");
    for id in others {
        let title = model.catalog.capability(id).map_or(id, |other| &other.title);
        let state =
            if model.blueprint.tick(id).is_some() { "ticked" } else { "not ticked: adds nothing for it" };
        out.point(Role::Dim, "- ", &format!("{title} ({state})"));
    }
}

/// The role of a severity's word.
#[must_use]
pub fn role_of(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Warning,
        Severity::Suggestion => Role::Suggestion,
    }
}

/// The words about a finding.
fn finding_words(model: &Model, finding: &Finding, out: &mut Lines) {
    let catalog = model.catalog;
    let word = finding.severity.word();
    out.words(
        &Words::new(role_of(finding.severity), format!("{word}: ")).and(Role::Text, title(model, finding)),
    );
    out.words(&Words::new(Role::Dim, "code ").and(Role::Value, finding.code));
    if let (Some(document), Some(at)) = (&finding.document, &finding.location) {
        out.words(
            &Words::new(Role::Dim, "in ").and(Role::Value, format!("{}, line {}", exact(document), at.line)),
        );
    }
    if let Some(cause) = &finding.cause.capability {
        let title = catalog.capability(cause).map_or(cause.as_str(), |capability| &capability.title);
        let title = exact(title);
        let instance = finding.cause.instance.as_deref().unwrap_or_default();
        out.words(&Words::new(Role::Dim, "from ").and(Role::Value, format!("{title} ({instance})")));
    }
    out.heading("Why it matters");
    out.text(Role::Text, finding.why(catalog));
    out.heading("What to do");
    out.text(Role::Text, &fix(model, finding));
}
