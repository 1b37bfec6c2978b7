//! Judging policies: rules read documents and blueprint and raise findings.
//!
//! A finding is data: a code, its place, who wrote that place, details. Its words are in
//! `catalog::messages`. Rules live in `lint/rules/`, one family a file, and stand in [`RULES`]. They
//! judge what was composed and what somebody brought alike. A rule that meets a hole stays silent:
//! the hole has a finding of its own.

use crate::blueprint::Blueprint;
use crate::catalog::document::DocumentKind;
use crate::catalog::messages::{Message, Severity};
use crate::catalog::{Catalog, kinds};
use crate::compose::resolve::Resolved;
use crate::compose::{Bundle, Origin};
use crate::policy::print::{Location, locate};
use crate::policy::tree::Node;
use crate::policy::view;

pub mod rules;

use rules::RULES;

/// One validation result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its code in the message catalog.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The document's name, when it is about one.
    pub document: Option<String>,
    /// Where in the document.
    pub location: Option<Location>,
    /// The capability that wrote the place, its instance and parameter, as far as known.
    pub cause: Cause,
    /// What the message's words are filled with.
    pub details: Vec<(&'static str, String)>,
}

/// Who a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// The capability's id.
    pub capability: Option<String>,
    /// The instance's name.
    pub instance: Option<String>,
    /// The parameter, `flow.id` and `scope.region` included.
    pub parameter: Option<String>,
}

impl Finding {
    /// True for a value that is not given yet: what may be left open while the rest is built.
    #[must_use]
    pub fn is_hole(&self) -> bool {
        self.code == rules::holes::HOLE
    }

    /// The title in words.
    #[must_use]
    pub fn title(&self, catalog: &Catalog) -> String {
        catalog
            .message(self.code)
            .map_or_else(|| self.code.to_owned(), |m| Message::fill(&m.title, &self.details))
    }

    /// What to do about it.
    #[must_use]
    pub fn fix(&self, catalog: &Catalog) -> String {
        catalog.message(self.code).map_or_else(String::new, |m| Message::fill(&m.fix, &self.details))
    }

    /// Why it matters.
    #[must_use]
    pub fn why<'a>(&self, catalog: &'a Catalog) -> &'a str {
        catalog.message(self.code).map_or("", |message| &message.why)
    }
}

/// Everything a rule may look at.
#[derive(Debug)]
pub struct Judged<'a> {
    /// Facts and messages.
    pub catalog: &'a Catalog,
    /// What was wanted; none for a document that somebody brought.
    pub blueprint: Option<&'a Blueprint>,
    /// What was composed; none for a document that somebody brought.
    pub bundle: Option<&'a Bundle>,
    /// The blueprint's values; none for a document that somebody brought.
    pub resolved: Option<&'a Resolved<'a>>,
    /// The documents, read.
    pub documents: Vec<Read<'a>>,
    /// Values that are wrong in themselves.
    pub doubtful: Vec<Cause>,
}

impl Judged<'_> {
    /// True when a node was composed from a value that is wrong in itself.
    #[must_use]
    pub fn is_doubtful(&self, node: &Node) -> bool {
        let (Some(blueprint), Some(bundle)) = (self.blueprint, self.bundle) else { return false };
        let meant = |cause: &Cause, doubtful: &Cause| {
            let own = cause.capability == doubtful.capability && cause.instance == doubtful.instance;
            cause.parameter == doubtful.parameter && (own || doubtful.capability.is_none())
        };
        !self.doubtful.is_empty()
            && bundle.origins_of(node).any(|origin| {
                let cause = cause_from(blueprint, origin);
                self.doubtful.iter().any(|doubtful| meant(&cause, doubtful))
            })
    }
}

/// A document as rules see it.
#[derive(Debug)]
pub struct Read<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its kind.
    pub kind: DocumentKind,
    /// Its typed reading.
    pub view: view::Document<'a>,
}

/// Where a rule points.
#[derive(Clone, Debug)]
pub enum At<'a> {
    /// A node of the document at a place among [`Judged::documents`].
    Node(usize, &'a Node),
    /// An instance's or subject's value.
    Cause(Cause),
    /// A whole document.
    Document(usize),
}

/// What a rule raises.
#[derive(Clone, Debug)]
pub struct Raised<'a> {
    /// The code.
    pub code: &'static str,
    /// Where.
    pub at: At<'a>,
    /// Details for its words.
    pub details: Vec<(&'static str, String)>,
}

/// Collects what rules raise.
#[derive(Debug, Default)]
pub struct Findings<'a> {
    raised: Vec<Raised<'a>>,
}

impl<'a> Findings<'a> {
    /// Raises a finding.
    pub fn raise(&mut self, code: &'static str, at: At<'a>, details: &[(&'static str, &str)]) {
        let details = details.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        self.raised.push(Raised { code, at, details });
    }

    /// Raises a finding with details of its own.
    pub fn raise_with(&mut self, code: &'static str, at: At<'a>, details: Vec<(&'static str, String)>) {
        self.raised.push(Raised { code, at, details });
    }
}

/// Judges a bundle. Findings are sorted: errors first, then by document, line and code.
#[must_use]
pub fn lint(catalog: &Catalog, blueprint: &Blueprint, bundle: &Bundle) -> Vec<Finding> {
    lint_resolved(&Resolved::new(catalog, blueprint), bundle)
}

/// Judges the bundle of values that are resolved already.
#[must_use]
pub fn lint_resolved(resolved: &Resolved<'_>, bundle: &Bundle) -> Vec<Finding> {
    let documents = bundle
        .documents
        .iter()
        .map(|document| Read { name: &document.name, kind: document.kind, view: view::read(&document.root) })
        .collect();
    run(Judged {
        catalog: resolved.catalog,
        blueprint: Some(resolved.blueprint),
        bundle: Some(bundle),
        resolved: Some(resolved),
        documents,
        doubtful: Vec::new(),
    })
}

/// Judges one document that somebody brought.
#[must_use]
pub fn lint_document(catalog: &Catalog, name: &str, kind: DocumentKind, root: &Node) -> Vec<Finding> {
    let documents = vec![Read { name, kind, view: view::read(root) }];
    run(Judged { catalog, blueprint: None, bundle: None, resolved: None, documents, doubtful: Vec::new() })
}

/// Codes of faults that keep a text from being read as JSON.
pub static TEXT_CODES: &[&str] = &["json-syntax", "duplicate-key"];

/// Judges the text of one document that somebody brought: its JSON first, then what could be read
/// of it. Lines of JSON faults count in the text as it was given.
#[must_use]
pub fn lint_text(catalog: &Catalog, name: &str, kind: DocumentKind, text: &str) -> Vec<Finding> {
    let parsed = crate::policy::parse::parse(text);
    let mut findings = Vec::new();
    for fault in &parsed.faults {
        let (line, column) = crate::policy::parse::line_and_column(text, fault.span.start);
        let repeated = matches!(fault.kind, crate::policy::parse::FaultKind::RepeatedKey(_));
        let code = if repeated { "duplicate-key" } else { "json-syntax" };
        findings.push(Finding {
            code,
            severity: Severity::Error,
            document: Some(name.to_owned()),
            location: Some(Location { path: String::new(), line }),
            cause: Cause::default(),
            details: vec![
                ("what", fault.kind.words()),
                ("line", line.to_string()),
                ("column", column.to_string()),
            ],
        });
    }
    if findings.is_empty()
        && let Some(root) = &parsed.root
    {
        findings = lint_document(catalog, name, kind, root);
    }
    findings
}

fn run(mut judged: Judged<'_>) -> Vec<Finding> {
    let mut findings = Findings::default();
    for rule in RULES {
        (rule.judge)(&judged, &mut findings);
        if rule.name == "values" {
            judged.doubtful = findings.raised.iter().filter_map(wrong_value).collect();
        }
    }
    place(&judged, findings.raised)
}

/// The value that a kind refuses.
fn wrong_value(raised: &Raised<'_>) -> Option<Cause> {
    match &raised.at {
        At::Cause(cause) if kinds::CODES.contains(&raised.code) => Some(cause.clone()),
        _ => None,
    }
}

/// Turns places into paths, lines and causes.
fn place(judged: &Judged<'_>, raised: Vec<Raised<'_>>) -> Vec<Finding> {
    let mut locations: Vec<Vec<(usize, Location)>> = Vec::new();
    for (index, read) in judged.documents.iter().enumerate() {
        let nodes: Vec<(usize, &Node)> = raised
            .iter()
            .enumerate()
            .filter_map(|(at, raised)| match &raised.at {
                At::Node(document, node) if *document == index => Some((at, *node)),
                _ => None,
            })
            .collect();
        let targets: Vec<&Node> = nodes.iter().map(|(_, node)| *node).collect();
        let found = locate(read.view.root, &targets);
        locations.push(nodes.iter().map(|(at, _)| *at).zip(found).collect());
    }
    let mut findings: Vec<Finding> = Vec::with_capacity(raised.len());
    for (index, raised) in raised.into_iter().enumerate() {
        let severity =
            judged.catalog.message(raised.code).map_or(Severity::Error, |message| message.severity);
        let (document, cause) = match &raised.at {
            At::Cause(cause) => (None, cause.clone()),
            At::Document(document) => (Some(*document), Cause::default()),
            At::Node(document, node) => (Some(*document), cause_of(judged, node)),
        };
        let location =
            locations.iter().flatten().find(|(at, _)| *at == index).map(|(_, found)| found.clone());
        let document = document.and_then(|at| judged.documents.get(at)).map(|read| read.name.to_owned());
        let details = raised.details;
        findings.push(Finding { code: raised.code, severity, document, location, cause, details });
    }
    let line = |finding: &Finding| finding.location.as_ref().map_or(0, |location| location.line);
    let order = |a: &Finding, b: &Finding| {
        (a.severity, &a.document, line(a), a.code).cmp(&(b.severity, &b.document, line(b), b.code))
    };
    findings.sort_by(order);
    // What was raised twice is told once. Equal findings stand among those of equal order.
    let mut out: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let same = out.iter().rev().take_while(|known| order(known, &finding).is_eq());
        if !same.into_iter().any(|known| *known == finding) {
            out.push(finding);
        }
    }
    out
}

/// The first origin of a node, or of the first leaf below it. A value of the scope stands in nearly
/// every ARN, so one that says more goes first.
fn cause_of(judged: &Judged<'_>, node: &Node) -> Cause {
    let (Some(blueprint), Some(bundle)) = (judged.blueprint, judged.bundle) else { return Cause::default() };
    let is_telling =
        |origin: &Origin| origin.parameter.as_ref().is_some_and(|p| !p.name().starts_with("scope."));
    if let Some(origin) = bundle.origins_of(node).find(|origin| is_telling(origin)) {
        return cause_from(blueprint, origin);
    }
    let mut found = node.place.origins().first().copied();
    if found.is_none() {
        crate::policy::print::each_leaf(node, &mut |leaf, _, _| {
            found = found.or(leaf.place.origins().first().copied());
        });
    }
    let origin = found.and_then(|id| bundle.origins.get(id as usize));
    origin.map_or_else(Cause::default, |origin| cause_from(blueprint, origin))
}

/// A cause in names.
#[must_use]
pub fn cause_from(blueprint: &Blueprint, origin: &Origin) -> Cause {
    Cause {
        capability: Some(origin.capability(blueprint).to_owned()),
        instance: Some(origin.instance(blueprint).to_owned()),
        parameter: origin.parameter.as_ref().map(|parameter| parameter.name().to_owned()),
    }
}
