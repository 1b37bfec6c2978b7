//! What a line of a document means, in words: an ARN part by part, a condition as a sentence, an IAM
//! action with its level; and which tick, instance and parameter wrote it.

use super::Model;
use super::change::Owner;
use super::preview::{Page, Tab};
use super::role::{Role, Words};
use crate::access::action_matches;
use crate::catalog::Catalog;
use crate::compose::{Document, Origin, Parameter};
use crate::policy::arn::Arn;
use crate::policy::print::each_leaf;
use crate::policy::tree::Node;
use crate::text::exact;

/// The words about a line of the page that is shown.
#[must_use]
pub fn line(model: &Model, page: &Page<'_>, at: usize) -> Vec<Words> {
    let Some(Tab::Document(name)) = &model.preview.tab else { return Vec::new() };
    let (Some(document), Some(line)) = (model.derived.bundle.document(name), page.lines.get(at)) else {
        return Vec::new();
    };
    let mut out = vec![Words::new(Role::Heading, page.whole(line).trim().trim_end_matches(','))];
    let Some(leaf) = line.leaf else {
        out.push(Words::new(Role::Text, bracket(page.whole(line).trim())));
        return out;
    };
    let path = path_of(document, leaf);
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    out.extend(meaning(model.catalog, &parts, leaf));
    out.push(Words::default());
    out.extend(stars(model.catalog, leaf));
    out.extend(written_by(model, leaf));
    out
}

/// The JSON Pointer of a leaf.
fn path_of(document: &Document, leaf: &Node) -> String {
    let mut found = String::new();
    each_leaf(&document.root, &mut |node, path, _| {
        if std::ptr::eq(node, leaf) {
            path.clone_into(&mut found);
        }
    });
    found
}

/// Lines that open or close something.
const BRACKETS: &[(&str, &str)] = &[
    (
        "\"Statement\"",
        "The list of statements. IAM reads all of them: one Allow is enough, one Deny always wins.",
    ),
    ("\"Action\"", "The IAM actions that this statement is about: one per line."),
    ("\"NotAction\"", "Every IAM action but these."),
    ("\"Resource\"", "The ARNs that this statement is about: one per line."),
    ("\"NotResource\"", "Every resource but these."),
    ("\"Principal\"", "Whose requests the statement is about: the role, account or service that asks."),
    (
        "\"Condition\"",
        "What must hold besides: all of the operators here, and any one of the values behind a key.",
    ),
];

fn bracket(text: &str) -> String {
    let known = BRACKETS.iter().find(|(key, _)| text.starts_with(key)).map(|(_, words)| (*words).to_owned());
    known.unwrap_or_else(|| match text.split('"').nth(1) {
        Some(key) => {
            operator(key).map_or_else(|| format!("The values of `{key}`."), |o| format!("Compares: {o}."))
        }
        None if text.starts_with('{') => "Begins a statement, or the document.".to_owned(),
        None => "Ends what was opened above.".to_owned(),
    })
}

fn meaning(catalog: &Catalog, path: &[&str], leaf: &Node) -> Vec<Words> {
    let value = &*exact(leaf.as_str().unwrap_or_default());
    let say = |text: &str| vec![Words::new(Role::Text, text)];
    match path {
        ["Version"] => say("The version of IAM's policy language. There is only one to use: 2012-10-17."),
        [_, _, "Sid"] => say(
            "The statement's name. IAM does not read it; it is for you, and must be its own in the document.",
        ),
        [_, _, "Effect"] => say(match value {
            "Deny" => "Refuses what the statement is about, whatever else allows it.",
            _ => "Permits what the statement is about, unless a Deny says otherwise.",
        }),
        [_, _, "Action" | "NotAction", ..] => action(catalog, value),
        [_, _, "Resource" | "NotResource", ..] => arn(value),
        [_, _, "Principal", kind, ..] => principal(&exact(kind), value),
        [_, _, "Condition", operator, key, ..] => {
            condition(catalog, &exact(operator), &exact(&key.replace("~1", "/")), value)
        }
        _ => Vec::new(),
    }
}

/// An IAM action: its level, what it can be scoped to.
fn action(catalog: &Catalog, text: &str) -> Vec<Words> {
    if text.contains(['*', '?']) {
        let Some((prefix, pattern)) = text.split_once(':') else { return Vec::new() };
        let names = catalog.reference().service(prefix).map(|service| {
            service.action_names().filter(|name| action_matches(pattern, name)).collect::<Vec<_>>()
        });
        let names = names.unwrap_or_default();
        return vec![Words::new(
            Role::Text,
            format!("Stands for {} IAM actions today: {}.", names.len(), names.join(", ")),
        )];
    }
    let Some((service, name, action)) = catalog.reference().action(text) else {
        return vec![Words::new(Role::Text, "An IAM action that the reference here does not list.")];
    };
    let resources: Vec<&str> = action.resource_types().collect();
    let scoped = match resources.as_slice() {
        [] => "It has no resource level: IAM takes only `*` for it.".to_owned(),
        types => format!("It can be limited to: {}.", types.join(", ")),
    };
    let level = Words::new(Role::Text, "IAM action ")
        .and(Role::Value, name)
        .and(Role::Text, format!(" of {}, level {}.", service.name, action.levels.join(" and ")));
    vec![level, Words::new(Role::Text, scoped)]
}

/// An ARN, part by part.
fn arn(text: &str) -> Vec<Words> {
    if text == "*" {
        return vec![Words::new(Role::Text, "Every resource.")];
    }
    let Some(arn) = Arn::parse(text) else { return Vec::new() };
    let [partition, service, region, account, resource] = arn.fields();
    let empty = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    let typed = arn.typed_resource();
    let mut parts = vec![
        ("partition", empty(partition, "none")),
        ("service", empty(service, "none")),
        ("Region", empty(region, "none: it is of no Region")),
        ("account", empty(account, "none: it belongs to no account or to AWS")),
    ];
    match typed {
        Some((kind, id)) => parts.extend([("resource type", kind.to_owned()), ("resource", id.to_owned())]),
        None => parts.push(("resource", resource.to_owned())),
    }
    parts
        .into_iter()
        .map(|(name, value)| Words::new(Role::Dim, format!("{name:14}")).and(Role::Value, value))
        .collect()
}

fn principal(kind: &str, value: &str) -> Vec<Words> {
    let words = match kind {
        "Service" => format!("The AWS service `{value}`, when it acts for somebody."),
        "AWS" if value == "*" => "Anybody at all, in any account.".to_owned(),
        "AWS" => format!("The role, user or account `{value}`."),
        _ => format!("A principal of kind {kind}: `{value}`."),
    };
    vec![Words::new(Role::Text, words)]
}

/// Condition operators in words, without `IfExists` and set operators.
const OPERATORS: &[(&str, &str)] = &[
    ("StringEquals", "is exactly"),
    ("StringNotEquals", "is not"),
    ("StringEqualsIgnoreCase", "is, whatever the case,"),
    ("StringNotEqualsIgnoreCase", "is not, whatever the case,"),
    ("StringLike", "looks like (with `*` and `?`)"),
    ("StringNotLike", "does not look like"),
    ("ArnEquals", "is the ARN (with `*` and `?`)"),
    ("ArnLike", "is an ARN like (with `*` and `?`)"),
    ("ArnNotEquals", "is not the ARN"),
    ("ArnNotLike", "is not an ARN like"),
    ("Bool", "is"),
    ("Null", "is absent:"),
    ("NumericLessThanEquals", "is at most"),
    ("DateLessThan", "is before"),
    ("DateGreaterThan", "is after"),
    ("IpAddress", "is in the range"),
    ("NotIpAddress", "is outside the range"),
];

fn operator(text: &str) -> Option<String> {
    let (set, rest) = text.split_once(':').map_or((None, text), |(set, rest)| (Some(set), rest));
    let base = rest.strip_suffix("IfExists");
    let words = OPERATORS.iter().find(|(name, _)| *name == base.unwrap_or(rest)).map(|(_, words)| *words)?;
    let before = match set {
        Some("ForAllValues") => "every value of the key, if it has any, ",
        Some("ForAnyValue") => "at least one value of the key ",
        _ => "the key's value ",
    };
    let after = if base.is_some() { ", or the request has no such key" } else { "" };
    Some(format!("{before}{words} …{after}"))
}

/// A condition as a sentence.
fn condition(catalog: &Catalog, name: &str, key: &str, value: &str) -> Vec<Words> {
    let how = operator(name).unwrap_or_else(|| format!("`{name}` …"));
    let (before, after) = how.split_once(" …").unwrap_or((&how, ""));
    let before =
        before.replace("the key's value", &format!("`{key}`")).replace("the key", &format!("`{key}`"));
    let mut out = vec![
        Words::new(Role::Text, format!("Holds when {before} "))
            .and(Role::Value, value)
            .and(Role::Text, format!("{after}.")),
    ];
    let prefix = key.split(':').next().unwrap_or_default();
    let global = catalog.reference().global_key(key);
    let own = catalog.reference().service(prefix).and_then(|service| service.key(key));
    if let Some(kind) = global.or(own) {
        let whose = if global.is_some() {
            "a condition key of every service"
        } else {
            "the service's own condition key"
        };
        out.push(Words::new(Role::Dim, format!("`{key}` is {whose}, of type {kind}.")));
    }
    out.extend(arn(value));
    out
}

/// Why a star stands in a leaf.
fn stars(catalog: &Catalog, leaf: &Node) -> Vec<Words> {
    let reasons = leaf.text().map(crate::policy::tree::Text::stars).unwrap_or_default();
    reasons
        .iter()
        .filter_map(|reason| catalog.star(reason))
        .map(|why| Words::new(Role::Wildcard, "why the star: ").and(Role::Text, why))
        .collect()
}

/// Who wrote a leaf.
fn written_by(model: &Model, leaf: &Node) -> Vec<Words> {
    let origins: Vec<&Origin> = model.derived.bundle.origins_of(leaf).collect();
    let mut out: Vec<Words> = Vec::new();
    for origin in origins {
        let id = origin.capability(&model.blueprint);
        let title = &*exact(model.catalog.capability(id).map_or(id, |capability| capability.title.as_str()));
        let mut words = Words::new(Role::Dim, "written by ").and(Role::Value, title);
        let tick = model.blueprint.tick(id);
        if tick.is_some_and(|tick| tick.instances.len() > 1) {
            words = words.and(Role::Dim, format!(" ({})", origin.instance(&model.blueprint)));
        }
        if let Some(parameter) = &origin.parameter {
            words = words.and(Role::Dim, ", with the value of ").and(Role::Value, parameter.name());
        }
        if !out.contains(&words) {
            out.push(words);
        }
    }
    out
}

/// Where the value of a leaf is given: the first origin's owner and parameter.
#[must_use]
pub fn source(model: &Model, leaf: &Node) -> Option<(Owner, Option<String>)> {
    let mut origins = model.derived.bundle.origins_of(leaf).peekable();
    let first = (*origins.peek()?).clone();
    let best = origins.find(|origin| origin.parameter.is_some()).cloned().unwrap_or(first);
    let own = || Owner::Instance(best.capability(&model.blueprint).to_owned(), place_of(model, &best));
    Some(match &best.parameter {
        Some(Parameter::Shared(name)) => shared(name),
        Some(Parameter::Own(name) | Parameter::Other(name)) => (own(), Some((*name).to_owned())),
        None => (own(), None),
    })
}

fn place_of(model: &Model, origin: &Origin) -> usize {
    let tick = model.blueprint.tick(origin.capability(&model.blueprint));
    let name = origin.instance(&model.blueprint);
    let position = |tick: &crate::blueprint::Tick| tick.instances.iter().position(|one| one.name == name);
    tick.and_then(position).unwrap_or(0)
}

/// The owner and parameter behind `scope.region` or `flow.id`.
#[must_use]
pub fn shared(name: &str) -> (Owner, Option<String>) {
    let (subject, parameter) = name.split_once('.').unwrap_or((name, ""));
    let owner = if subject == "scope" { Owner::Scope } else { Owner::Subject(subject.to_owned()) };
    (owner, Some(parameter.to_owned()))
}
