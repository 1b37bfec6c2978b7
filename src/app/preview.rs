//! The preview: tabs, and the lines of the one that is shown.
//!
//! Here belong which tabs there are, the text of each, which line came from which leaf or step, and
//! which lines the last edit changed. What a line means is told by [`super::explain`].

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::layout::areas;
use super::role::Role;
use super::written::Own;
use super::{Derived, Model, Pane};
use crate::catalog::Catalog;
use crate::compose::Document;
use crate::export;
use crate::policy::print::{each_leaf_line, pretty};
use crate::policy::tree::Node;
use crate::text::{columns, exact, exact_lines};

pub mod changes;

/// What a tab shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tab {
    /// A composed document, by name.
    Document(String),
    /// One of AWS's own policies, by name.
    Managed(String),
    /// The steps that put everything in place.
    Runbook,
}

impl Tab {
    /// What stands on the tab.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Document(name) | Self::Managed(name) => name,
            Self::Runbook => "runbook",
        }
    }
}

/// One row of a page: a line of its text, or a part of a long one.
#[derive(Clone, Debug)]
pub struct Line<'m> {
    /// The whole line without its line feed, in bytes of the page's text.
    pub whole: Range<usize>,
    /// The part of it that this row of the screen shows: long lines take several rows.
    pub part: Range<usize>,
    /// Columns before a part that goes on from the row above.
    pub indent: usize,
    /// Its number in the text, from 1.
    pub number: usize,
    /// How it looks; JSON lines are coloured by their tokens.
    pub role: Role,
    /// True for a line of JSON.
    pub json: bool,
    /// The leaf on it.
    pub leaf: Option<&'m Node>,
    /// The step of the runbook that it belongs to.
    pub step: Option<usize>,
}

/// The text of a tab, line by line.
#[derive(Clone, Debug, Default)]
pub struct Page<'m> {
    /// The text of all lines.
    pub text: String,
    /// The lines.
    pub lines: Vec<Line<'m>>,
}

/// How a line stands to the last edit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The line is new.
    pub added: bool,
    /// Lines that stood before this one are gone.
    pub removed: usize,
}

/// The tabs that there are.
#[must_use]
pub fn tabs(derived: &Derived) -> Vec<Tab> {
    let documents = derived.bundle.documents.iter().map(|document| Tab::Document(document.name.clone()));
    let managed = derived.bundle.managed.iter().map(|managed| Tab::Managed(managed.policy.clone()));
    let runbook = (!derived.bundle.is_empty()).then_some(Tab::Runbook);
    documents.chain(managed).chain(runbook).collect()
}

/// The page that the model shows, in rows of the pane's width; empty when there is none.
#[must_use]
pub fn shown(model: &Model) -> Page<'_> {
    match &model.preview.tab {
        Some(Tab::Document(name)) => of_document(model, &model.derived, name),
        Some(Tab::Managed(name)) => managed(model.catalog, name, width(model)),
        Some(Tab::Runbook) => runbook(model),
        None => Page::default(),
    }
}

/// What the document shown was before the last change; empty when it was not there, and for what is
/// no document.
#[must_use]
pub fn before(model: &Model) -> Page<'_> {
    match &model.preview.tab {
        Some(Tab::Document(name)) => of_document(model, &model.before, name),
        _ => Page::default(),
    }
}

fn of_document<'m>(model: &Model, derived: &'m Derived, name: &str) -> Page<'m> {
    derived.bundle.document(name).map(|found| document(found, width(model))).unwrap_or_default()
}

/// How each line of the page stands to the last change; nothing is said of what is no document.
#[must_use]
pub fn marks(model: &Model, now: &Page<'_>) -> Vec<Changed> {
    match &model.preview.tab {
        Some(Tab::Document(_)) => changes::between(&before(model), now),
        _ => vec![Changed::default(); now.lines.len()],
    }
}

/// Columns before the text: caret, change, number, written.
pub const GUTTER: u16 = 8;

/// The columns that text has in the preview.
#[must_use]
pub fn width(model: &Model) -> usize {
    let inside = areas(model).inside(model, Pane::Preview).width;
    usize::from(if model.zoomed { inside } else { inside.saturating_sub(GUTTER) })
}

fn document(document: &Document, width: usize) -> Page<'_> {
    let mut page = Page::default();
    page.json(&pretty(&document.root), width);
    let mut row = 0;
    each_leaf_line(&document.root, &mut |node, number| {
        while page.lines.get(row).is_some_and(|line| line.number < number) {
            row += 1;
        }
        while let Some(line) = page.lines.get_mut(row).filter(|line| line.number == number) {
            line.leaf = Some(node);
            row += 1;
        }
    });
    page
}

fn managed<'m>(catalog: &Catalog, name: &str, width: usize) -> Page<'m> {
    let Some(policy) = catalog.reference().managed_policy(name) else { return Page::default() };
    let mut page = Page::default();
    page.say(
        Role::Heading,
        &format!("AWS's own policy, {} of {}, read only", policy.version, policy.date),
        width,
    );
    for capability in catalog.capabilities() {
        for attachment in capability.attaches.iter().filter(|attachment| attachment.policy == name) {
            for (heading, points) in
                [("It allows", &attachment.allows), ("It does not allow", &attachment.lacks)]
            {
                page.say(Role::Heading, heading, width);
                for point in points {
                    page.say(Role::Text, &format!("- {point}"), width);
                }
            }
        }
    }
    page.say(Role::Text, "", width);
    if let Some(root) = crate::policy::parse::parse(policy.document.get()).root {
        page.json(&pretty(&root), width);
    }
    page
}

fn runbook(model: &Model) -> Page<'_> {
    let (mut page, width) = (Page::default(), width(model));
    for (at, step) in model.steps().iter().enumerate() {
        let from = page.lines.len();
        page.say(Role::Heading, &format!("{}. {}", at + 1, exact(&step.title)), width);
        for text in step.console.lines() {
            page.say(Role::Text, &format!("   {}", exact(text)), width);
        }
        for text in export::shell::command(&step.command).lines() {
            page.say(Role::Command, &format!("   {}", exact(text)), width);
        }
        page.say(Role::Text, "", width);
        page.lines.iter_mut().skip(from).for_each(|line| line.step = Some(at));
    }
    page
}

/// A line of JSON that fits into one row.
fn line<'m>(whole: Range<usize>, number: usize) -> Line<'m> {
    let part = whole.clone();
    Line { whole, part, indent: 0, number, role: Role::Text, json: true, leaf: None, step: None }
}

/// The rows of a line of JSON.
fn rows<'m>(text: &str, whole: Line<'m>, width: usize, out: &mut Vec<Line<'m>>) {
    if text.len() <= width || !text.is_ascii() && columns(text) <= width {
        return out.push(whole);
    }
    let deeper = text.len() - text.trim_start().len() + 2;
    let indent = if deeper + 20 > width { 0 } else { deeper };
    let (mut row, start) = (whole.clone(), whole.whole.start);
    let (mut from, mut used) = (0, 0);
    if text.is_ascii() {
        while text.len() - from > width - row.indent {
            let at = from + width - row.indent;
            row.part = start + from..start + at;
            out.push(row.clone());
            (row.indent, from) = (indent, at);
        }
    }
    let clusters = (!text.is_ascii()).then(|| text.grapheme_indices(true));
    for (at, cluster) in clusters.into_iter().flatten() {
        let room = if from == 0 { width } else { width - indent };
        if used + columns(cluster) > room && at > from {
            row.part = start + from..start + at;
            out.push(row.clone());
            (row.indent, from, used) = (indent, at, 0);
        }
        used += columns(cluster);
    }
    row.part = start + from..whole.whole.end;
    out.push(row);
}

impl<'m> Page<'m> {
    /// Words, in as many lines as they need.
    fn say(&mut self, role: Role, text: &str, width: usize) {
        for text in super::wrap::wrap(text, width) {
            let whole = self.text.len()..self.text.len() + text.len();
            self.text.push_str(&text);
            let number = self.lines.len() + 1;
            self.lines.push(Line { role, json: false, ..line(whole, number) });
        }
    }

    /// JSON, one row a line, or several for a line that is wider than the page. What no policy takes is
    /// written out.
    fn json(&mut self, text: &str, width: usize) {
        let (mut start, text) = (self.text.len(), exact_lines(text));
        self.text.push_str(&text);
        self.lines.reserve(text.len() / 24);
        for (at, text) in text.lines().enumerate() {
            rows(text, line(start..start + text.len(), at + 1), width.max(8), &mut self.lines);
            start += text.len() + 1;
        }
    }

    /// The whole line that a row is of.
    #[must_use]
    pub fn whole(&self, line: &Line<'_>) -> &str {
        self.text.get(line.whole.clone()).unwrap_or_default()
    }

    /// The part of it that the row shows.
    #[must_use]
    pub fn part(&self, line: &Line<'_>) -> &str {
        self.text.get(line.part.clone()).unwrap_or_default()
    }

    /// The row on which a line of the text begins.
    #[must_use]
    pub fn row_of(&self, number: usize) -> usize {
        self.lines.iter().position(|line| line.json && line.number >= number).unwrap_or(0)
    }

    /// The lines whose leaf an owner wrote.
    #[must_use]
    pub fn written_by(&self, own: &Own) -> Vec<bool> {
        let by = |line: &Line<'m>| line.leaf.is_some_and(|leaf| own.wrote(leaf));
        self.lines.iter().map(by).collect()
    }
}
