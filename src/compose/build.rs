//! From united statements to documents: JSON in IAM's order of elements, names unique in the bundle.

use std::borrow::Cow;

use super::Document;
use super::fill::{Frame, plain};
use super::resolve::Resolved;
use super::statement::{Condition, It, Leaf, Statement, Terms, Which, find_it};
use super::unite::Group;
use crate::catalog::capability::GrantEffect;
use crate::catalog::document::DocumentKind;
use crate::policy::print;
use crate::policy::tree::{Member, Node, Origins, Place, Text, Value};

/// A document with what the next steps need beside it.
#[derive(Debug)]
pub(super) struct Built<'a> {
    pub(super) document: Document,
    pub(super) it: Option<It<'a>>,
    /// The name it would have unsplit.
    pub(super) base_name: String,
}

/// Builds the documents of all groups.
pub(super) fn documents<'a>(resolved: &Resolved<'a>, groups: Vec<Group<'a>>) -> Vec<Built<'a>> {
    let names = names(resolved, &groups);
    let mut out = Vec::with_capacity(groups.len());
    for (group, name) in groups.into_iter().zip(names) {
        let Some(spec) = resolved.catalog.document_at(group.document) else { continue };
        let mut all = Origins::None;
        group.statements.iter().for_each(|statement| all.join(&statement.base));
        let root = document_node(group.statements, &all, spec.kind);
        let it = group.it.as_ref().and_then(|it| find_it(resolved, it));
        let frame = Frame { it, names: &[("name", &name)], ..Frame::default() };
        let document = Document {
            file: format!("{name}.json"),
            title: spec.title.clone(),
            kind: spec.kind,
            spec: group.document,
            account: Some(group.which.account.into_owned()).filter(|account| !account.is_empty()),
            resource: it.and_then(|(owner, parameter, given)| {
                let texts = resolved.facet(owner, parameter, [given], Some("arn"));
                texts.into_iter().next().map(Text::into_string)
            }),
            attach_to: plain(resolved, &spec.attach, &frame).unwrap_or_default().into_owned(),
            attachment: None,
            size: print::counted_size(&root),
            root,
            name: name.clone(),
            of: group.it.as_ref().map(|it| (it.at, it.parameter.to_owned())),
        };
        out.push(Built { document, it: group.it, base_name: name });
    }
    out
}

/// The groups' names: equal ones add the account, and the Region if that is not enough.
fn names<'a>(resolved: &Resolved<'a>, groups: &[Group<'a>]) -> Vec<String> {
    let base = |group: &Group<'a>| -> Cow<'a, str> {
        match &group.which.name {
            name if !name.is_empty() => name.clone(),
            _ => resolved
                .catalog
                .document_at(group.document)
                .map_or_else(Cow::default, |spec| spec.name.as_str().into()),
        }
    };
    let mut names: Vec<Cow<'a, str>> = groups.iter().map(base).collect();
    let fields: [fn(&Which) -> &str; 2] = [|which| &which.account, |which| &which.region];
    for field in fields {
        let unique = |name: &Cow<'a, str>| names.iter().filter(|other| *other == name).count() == 1;
        let longer = |(name, group): (&Cow<'a, str>, &Group<'_>)| {
            if unique(name) { name.clone() } else { format!("{name}-{}", field(&group.which)).into() }
        };
        names = names.iter().zip(groups).map(longer).collect();
    }
    names.iter().map(|name| safe_name(name)).collect()
}

/// A name fit for a file: letters, digits, dot, hyphen, underscore; nothing else, and no dot first.
fn safe_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '<' | '>' => {}
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => out.push(c),
            '.' if !out.is_empty() => out.push(c),
            _ => out.push('-'),
        }
    }
    out.truncate(120);
    out
}

fn document_node(statements: Vec<Statement<'_>>, all: &Origins, kind: DocumentKind) -> Node {
    let nodes = statements.into_iter().map(|statement| statement_node(statement, kind)).collect();
    Node::object(vec![
        Member::new("Version", Node::built(Text::fixed("2012-10-17"), all.clone())),
        Member::new("Statement", Node::array(nodes)),
    ])
}

fn statement_node(statement: Statement<'_>, kind: DocumentKind) -> Node {
    let base = &statement.base;
    let mut members = Vec::with_capacity(6);
    if !statement.sid.is_empty() {
        members.push(Member::new("Sid", Node::built(Text::fixed(statement.sid), base.clone())));
    }
    let effect = match statement.effect {
        GrantEffect::Allow => "Allow",
        GrantEffect::Deny => "Deny",
    };
    members.push(Member::new("Effect", Node::built(Text::fixed(effect), base.clone())));
    if !statement.principal.is_empty() {
        let kinds = statement.principal.into_iter().map(|(kind, leaves)| Member::new(kind, short(leaves)));
        members.push(Member::new("Principal", Node::object(kinds.collect())));
    }
    members.push(terms(statement.actions, ("Action", "NotAction")));
    if kind != DocumentKind::Trust {
        members.push(terms(statement.resources, ("Resource", "NotResource")));
    }
    if !statement.conditions.is_empty() {
        members.push(Member::new("Condition", conditions(statement.conditions)));
    }
    Node::object(members)
}

fn terms(terms: Terms, names: (&'static str, &'static str)) -> Member {
    let name = if terms.negated { names.1 } else { names.0 };
    Member::new(name, Node::array(terms.leaves.into_iter().map(leaf).collect()))
}

/// One leaf stands alone, several in a list.
fn short(mut leaves: Vec<Leaf>) -> Node {
    match leaves.pop() {
        Some(one) if leaves.is_empty() => leaf(one),
        Some(last) => {
            leaves.push(last);
            Node::array(leaves.into_iter().map(leaf).collect())
        }
        None => Node::array(Vec::new()),
    }
}

fn leaf(leaf: Leaf) -> Node {
    Node::new(Value::Text(leaf.text), Place::Built(leaf.origins))
}

/// Conditions by operator; their order is that of operator and key.
fn conditions(conditions: Vec<Condition>) -> Node {
    let mut operators: Vec<(&'static str, Vec<Member>)> = Vec::new();
    for condition in conditions {
        let member = Member::new(condition.key, short(condition.values));
        match operators.last_mut() {
            Some((operator, members)) if *operator == condition.operator => members.push(member),
            _ => operators.push((condition.operator, vec![member])),
        }
    }
    let members =
        operators.into_iter().map(|(operator, members)| Member::new(operator, Node::object(members)));
    Node::object(members.collect())
}
