//! The rows of the checklist: groups, capabilities, instances, and the things asked once.
//!
//! Here belongs what the checklist shows, as data, made anew from the model each time. How a row
//! looks belongs to `ui`, what a key does to it to [`super::update`].

use std::ops::Range;

use super::Model;
use super::change::Owner;
use crate::catalog::capability::Capability;
use crate::catalog::messages::Severity;
use crate::compose::Parameter;
use crate::text::{exact, visible};

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A group of rows, by id.
    Group(String),
    /// Partition, Region and account.
    Scope,
    /// A thing that several capabilities speak of.
    Subject(String),
    /// A capability.
    Capability(String),
    /// An instance of a capability that has several.
    Instance(String, usize),
}

/// The box before a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The row has none.
    None,
    /// Not ticked.
    Off,
    /// Ticked.
    On,
    /// Some of the group are ticked.
    Part,
}

/// One line of the checklist.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it stands for.
    pub row: Row,
    /// How far it is indented.
    pub depth: u16,
    /// Its box.
    pub mark: Mark,
    /// True while the group is open; `None` for rows that do not open.
    pub open: Option<bool>,
    /// Its words.
    pub text: String,
    /// The part of the words that the filter found.
    pub found: Range<usize>,
    /// What stands behind it: a count, a value, what is missing.
    pub note: String,
    /// The worst finding that it causes.
    pub severity: Option<Severity>,
}

/// The groups of capabilities, in order, and the row group of the things asked once.
pub static GROUPS: &[(&str, &str, &str)] = &[
    (
        ASKED_ONCE,
        "Where and who",
        "What several rows speak of is asked once: the Region and account, the flow, its role, the people.",
    ),
    (
        "flow-node",
        "Flow nodes",
        "The nodes of your flow. Tick each type that the flow uses; what it needs is written into the policy of the flow's role. A type that is used twice gets a second instance with `+`.",
    ),
    (
        "flow",
        "Flow features",
        "What a flow can have besides its nodes: a guardrail, keys of your own, access of the old kind.",
    ),
    (
        "people",
        "People",
        "What the people and programs around the flow may do: write it, run it, write its prompts.",
    ),
    ("logging", "Logging", "The role and bucket with which Bedrock logs every model call."),
    ("deny", "Guard rails", "Rules that deny, whatever else allows."),
];

/// The id of the group of things asked once.
pub const ASKED_ONCE: &str = "where-and-who";

/// The lines of the checklist that are shown now.
#[must_use]
pub fn lines(model: &Model) -> Vec<Line> {
    let filter = model.checklist.filter.as_ref().map(|filter| Needle::new(&filter.text));
    let mut out = Vec::with_capacity(48);
    for (group, title, _) in GROUPS {
        let members: Vec<Line> = match *group {
            ASKED_ONCE => asked_once(model, filter.as_ref()),
            _ => capabilities(model, group, filter.as_ref()),
        };
        if members.is_empty() {
            continue;
        }
        let closed = filter.is_none() && model.checklist.closed.iter().any(|id| id == group);
        let boxes = || members.iter().filter(|line| matches!(line.row, Row::Capability(_)));
        let (all, on) = (boxes().count(), boxes().filter(|line| line.mark == Mark::On).count());
        out.push(Line {
            row: Row::Group((*group).to_owned()),
            depth: 0,
            mark: match (all, on) {
                (0, _) => Mark::None,
                (_, 0) => Mark::Off,
                (all, on) if all == on => Mark::On,
                _ => Mark::Part,
            },
            open: Some(!closed),
            text: (*title).to_owned(),
            found: 0..0,
            note: if all == 0 { String::new() } else { format!("{on}/{all}") },
            severity: None,
        });
        if !closed {
            out.extend(members);
        }
    }
    out.extend(unknown(model));
    out
}

/// Ticks whose capability this program does not know: kept, shown, not to be lost.
fn unknown(model: &Model) -> impl Iterator<Item = Line> {
    let ticks = model.blueprint.ticks.iter();
    ticks.filter(|tick| model.catalog.capability(&tick.capability).is_none()).map(|tick| Line {
        mark: Mark::On,
        note: "not known here".to_owned(),
        severity: Some(Severity::Error),
        ..line(Row::Capability(tick.capability.clone()), 0, &exact(&tick.capability))
    })
}

fn line(row: Row, depth: u16, text: &str) -> Line {
    let (mark, open) = (Mark::None, None);
    Line { row, depth, mark, open, text: text.to_owned(), found: 0..0, note: String::new(), severity: None }
}

fn asked_once(model: &Model, filter: Option<&Needle>) -> Vec<Line> {
    let scope = &model.blueprint.scope;
    let given: Vec<&str> =
        [&scope.region, &scope.account].into_iter().flatten().map(String::as_str).collect();
    let mut scope = line(Row::Scope, 1, "Region and account");
    scope.note =
        if given.is_empty() { "not given".to_owned() } else { exact(&given.join(", ")).into_owned() };
    scope.severity = worst(model, |cause| cause.starts_with("scope."));
    let mut out = vec![scope];
    for subject in model.catalog.subjects() {
        let prefix = format!("{}.", subject.id);
        let spoken_of = model.derived.bundle.origins.iter().any(
            |origin| matches!(&origin.parameter, Some(Parameter::Shared(name)) if name.starts_with(&prefix)),
        );
        let values = model.blueprint.subject(&subject.id);
        if spoken_of || values.is_some() {
            let mut row = line(Row::Subject(subject.id.clone()), 1, &subject.title);
            let first = subject.parameters.first();
            let value = first.and_then(|parameter| values?.text(parameter.name));
            row.note = exact(value.unwrap_or_default()).into_owned();
            row.severity = worst(model, |cause| cause.starts_with(&prefix));
            if row.note.is_empty() {
                let open = first.is_some_and(|parameter| parameter.until_given.is_some());
                let by_default = first.is_some_and(|parameter| parameter.default.is_some());
                row.note = match (open, by_default) {
                    (true, _) => "open".to_owned(),
                    (_, true) => "by default".to_owned(),
                    _ => "not given".to_owned(),
                };
            }
            out.push(row);
        }
    }
    out.retain_mut(|line| find(line, filter));
    out.iter_mut().for_each(tell);
    out
}

/// Says in a word what the colour of a row says.
fn tell(line: &mut Line) {
    let word = match line.severity {
        Some(severity @ (Severity::Error | Severity::Warning)) => severity.word(),
        _ => return,
    };
    let is_said = ["missing", "error", "not given", word].iter().any(|known| line.note.contains(known));
    if !is_said && !line.note.is_empty() {
        line.note = format!("{word}: {}", line.note);
    } else if line.note.is_empty() {
        word.clone_into(&mut line.note);
    }
}

/// The worst finding about a shared parameter.
fn worst(model: &Model, is_meant: impl Fn(&str) -> bool) -> Option<Severity> {
    let about = |parameter: &Option<String>| parameter.as_deref().is_some_and(&is_meant);
    model.derived.findings.iter().filter(|f| about(&f.cause.parameter)).map(|finding| finding.severity).min()
}

fn capabilities(model: &Model, group: &str, filter: Option<&Needle>) -> Vec<Line> {
    let mut out = Vec::new();
    for capability in model.catalog.capabilities().filter(|capability| capability.group() == group) {
        let tick = model.blueprint.tick(&capability.id);
        let instances = tick.map_or(0, |tick| tick.instances.len());
        let mut own = line(Row::Capability(capability.id.clone()), 1, &capability.title);
        own.mark = if tick.is_some() { Mark::On } else { Mark::Off };
        (own.note, own.severity) = state(model, &capability.id, None);
        if instances > 1 {
            let missing = std::mem::take(&mut own.note);
            own.note = format!("{instances} uses");
            if !missing.is_empty() {
                own.note = format!("{instances} uses, {missing}");
            }
        } else if own.note.is_empty() {
            own.note =
                tick.and_then(|tick| first_value(capability, tick.instances.first()?)).unwrap_or_default();
        }
        tell(&mut own);
        if !find(&mut own, filter) {
            let Some(action) = filter.and_then(|needle| needle.in_actions(capability)) else { continue };
            action.clone_into(&mut own.note);
        }
        out.push(own);
        for (at, instance) in tick.map_or(&[][..], |tick| &tick.instances).iter().enumerate() {
            if instances > 1 {
                let mut row = line(Row::Instance(capability.id.clone(), at), 2, &visible(&instance.name));
                (row.note, row.severity) = state(model, &capability.id, Some(&instance.name));
                if row.note.is_empty() {
                    row.note = first_value(capability, instance).unwrap_or_default();
                }
                tell(&mut row);
                out.push(row);
            }
        }
    }
    out
}

/// The first value that an instance was given.
fn first_value(capability: &Capability, instance: &crate::blueprint::Instance) -> Option<String> {
    capability
        .parameters
        .iter()
        .find_map(|parameter| instance.values.text(parameter.name))
        .map(|value| exact(value).into_owned())
}

/// What is wrong with a capability or one instance of it, in two words.
fn state(model: &Model, capability: &str, instance: Option<&str>) -> (String, Option<Severity>) {
    let (mut missing, mut errors, mut worst) = (0, 0, None);
    for finding in &model.derived.findings {
        let own = finding.cause.capability.as_deref() == Some(capability)
            && (instance.is_none() || finding.cause.instance.as_deref() == instance);
        if !own {
            continue;
        }
        worst = Some(worst.map_or(finding.severity, |worst: Severity| worst.min(finding.severity)));
        match finding.severity {
            Severity::Error if finding.is_hole() => missing += 1,
            Severity::Error => errors += 1,
            _ => {}
        }
    }
    let note = match (missing, errors) {
        (0, 0) => String::new(),
        (missing, 0) => format!("{missing} missing"),
        (_, 1) => "1 error".to_owned(),
        (_, errors) => format!("{errors} errors"),
    };
    (note, worst)
}

/// What a filter looks for: case counts only when it has capitals.
#[derive(Debug)]
struct Needle {
    text: String,
    exact: bool,
}

impl Needle {
    fn new(text: &str) -> Self {
        let exact = text.chars().any(char::is_uppercase);
        Self { text: text.to_owned(), exact }
    }

    fn position(&self, text: &str) -> Option<Range<usize>> {
        let at = if self.exact {
            text.find(&self.text)
        } else {
            text.to_ascii_lowercase().find(&self.text.to_ascii_lowercase())
        };
        at.map(|at| at..at + self.text.len())
    }

    /// The first IAM action that the capability grants and that has it in its name.
    fn in_actions<'c>(&self, capability: &'c Capability) -> Option<&'c str> {
        let actions = capability.grants.iter().flat_map(|grant| &grant.actions);
        actions.filter_map(|action| action.plain()).find(|action| self.position(action).is_some())
    }
}

/// Marks what the filter finds in a line; false when it finds nothing.
fn find(line: &mut Line, filter: Option<&Needle>) -> bool {
    let Some(needle) = filter else { return true };
    let position = needle.position(&line.text);
    line.found = position.clone().unwrap_or(0..0);
    position.is_some()
}

/// Whose parameters a row shows: an instance's for a capability that is ticked once.
#[must_use]
pub fn owner(model: &Model, row: &Row) -> Option<Owner> {
    match row {
        Row::Scope => Some(Owner::Scope),
        Row::Subject(id) => Some(Owner::Subject(id.clone())),
        Row::Instance(id, at) => Some(Owner::Instance(id.clone(), *at)),
        Row::Capability(id) => match model.blueprint.tick(id)?.instances.len() {
            1 => Some(Owner::Instance(id.clone(), 0)),
            _ => None,
        },
        Row::Group(_) => None,
    }
}

/// The row that shows the parameters of an owner.
#[must_use]
pub fn row_of(model: &Model, owner: &Owner) -> Row {
    match owner {
        Owner::Scope => Row::Scope,
        Owner::Subject(id) => Row::Subject(id.clone()),
        Owner::Instance(id, at) => {
            let several = model.blueprint.tick(id).is_some_and(|tick| tick.instances.len() > 1);
            if several { Row::Instance(id.clone(), *at) } else { Row::Capability(id.clone()) }
        }
    }
}
