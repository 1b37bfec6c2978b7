//! The typed reading of a policy document: statements with their terms and conditions.
//!
//! Reading never fails. What cannot be read is told as a [`Fault`] and left out of the view; the
//! tree keeps it. Grammar: IAM User Guide, "Grammar of the IAM JSON policy language". Element names
//! and operators count by case, condition keys do not.

use super::tree::{Member, Node, Value};

/// A fault of shape, with the node it stands at.
#[derive(Clone, Debug)]
pub struct Fault<'a> {
    /// The node to point at.
    pub node: &'a Node,
    /// What is wrong.
    pub kind: FaultKind<'a>,
}

/// What can be wrong with the shape of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind<'a> {
    /// A key that the grammar does not have.
    UnknownElement(&'a str),
    /// A JSON type that does not suit the element.
    WrongType {
        /// The element.
        element: &'a str,
        /// What the grammar wants there.
        wanted: &'static str,
    },
    /// An element that must be there is not.
    Missing(&'static str),
    /// Two elements that exclude each other.
    Both(&'static str, &'static str),
}

/// `Allow` or `Deny`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Refuses, whatever else is granted.
    Deny,
}

/// A policy document as read.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The whole document.
    pub root: &'a Node,
    /// The `Version` element.
    pub version: Option<&'a Node>,
    /// The statements, in order.
    pub statements: Vec<Statement<'a>>,
    /// What could not be read.
    pub faults: Vec<Fault<'a>>,
}

/// One statement as read.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// The whole statement.
    pub node: &'a Node,
    /// `Sid`, when it is a string.
    pub sid: Option<&'a Node>,
    /// `Effect`; `None` when missing or unknown.
    pub effect: Option<Effect>,
    /// `Principal` or `NotPrincipal`.
    pub principal: Option<Principals<'a>>,
    /// `Action` or `NotAction`.
    pub actions: Option<Terms<'a>>,
    /// `Resource` or `NotResource`.
    pub resources: Option<Terms<'a>>,
    /// Every condition, one entry per operator and key.
    pub conditions: Vec<Clause<'a>>,
}

/// A list of patterns and whether it is negated.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    /// True for `NotAction` and `NotResource`.
    pub negated: bool,
    /// The element's value.
    pub node: &'a Node,
    /// The strings of it.
    pub items: Vec<&'a Node>,
}

/// A principal element.
#[derive(Clone, Debug)]
pub struct Principals<'a> {
    /// True for `NotPrincipal`.
    pub negated: bool,
    /// The element's value.
    pub node: &'a Node,
    /// Kind (`AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` alone) and value.
    pub items: Vec<(&'a str, &'a Node)>,
}

/// One operator and key of a `Condition` block.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// The operator as written.
    pub operator: &'a str,
    /// The condition key as written.
    pub key: &'a str,
    /// The key's value.
    pub node: &'a Node,
    /// The values; one entry for a plain string.
    pub values: Vec<&'a Node>,
}

/// Reads a document.
#[must_use]
pub fn read(root: &Node) -> Document<'_> {
    let mut document = Document { root, version: None, statements: Vec::new(), faults: Vec::new() };
    if !matches!(root.value, Value::Object(_)) {
        fault(
            &mut document.faults,
            root,
            FaultKind::WrongType { element: "the document", wanted: "an object" },
        );
        return document;
    }
    for member in root.members() {
        match member.key.as_ref() {
            "Version" => document.version = Some(&member.value),
            "Id" | "Statement" => {}
            other => fault(&mut document.faults, &member.value, FaultKind::UnknownElement(other)),
        }
    }
    match root.get("Statement") {
        None => fault(&mut document.faults, root, FaultKind::Missing("Statement")),
        Some(node) => read_statements(node, &mut document),
    }
    document
}

fn read_statements<'a>(node: &'a Node, document: &mut Document<'a>) {
    let single = std::slice::from_ref(node);
    let nodes = match &node.value {
        Value::Array(items) => items.as_slice(),
        _ => single,
    };
    for node in nodes {
        if matches!(node.value, Value::Object(_)) {
            let statement = read_statement(node, &mut document.faults);
            document.statements.push(statement);
        } else {
            let kind =
                FaultKind::WrongType { element: "Statement", wanted: "an object or a list of objects" };
            fault(&mut document.faults, node, kind);
        }
    }
}

fn read_statement<'a>(node: &'a Node, faults: &mut Vec<Fault<'a>>) -> Statement<'a> {
    let mut statement = Statement {
        node,
        sid: None,
        effect: None,
        principal: None,
        actions: None,
        resources: None,
        conditions: Vec::new(),
    };
    for member in node.members() {
        let value = &member.value;
        match member.key.as_ref() {
            "Sid" => {
                statement.sid = value.text().is_some().then_some(value);
                wrong_type_unless(statement.sid.is_some(), member, "a string", faults);
            }
            "Effect" => {
                statement.effect = match value.as_str() {
                    Some("Allow") => Some(Effect::Allow),
                    Some("Deny") => Some(Effect::Deny),
                    _ => None,
                };
                wrong_type_unless(statement.effect.is_some(), member, "`Allow` or `Deny`", faults);
            }
            "Action" | "NotAction" => set(&mut statement.actions, member, ("Action", "NotAction"), faults),
            "Resource" | "NotResource" => {
                set(&mut statement.resources, member, ("Resource", "NotResource"), faults);
            }
            "Principal" | "NotPrincipal" => read_principal(&mut statement, member, faults),
            "Condition" => statement.conditions = read_conditions(member, faults),
            other => fault(faults, value, FaultKind::UnknownElement(other)),
        }
    }
    if node.get("Effect").is_none() {
        fault(faults, node, FaultKind::Missing("Effect"));
    }
    if statement.actions.is_none() {
        fault(faults, node, FaultKind::Missing("Action"));
    }
    statement
}

fn set<'a>(
    slot: &mut Option<Terms<'a>>,
    member: &'a Member,
    names: (&'static str, &'static str),
    faults: &mut Vec<Fault<'a>>,
) {
    if slot.is_some() {
        fault(faults, &member.value, FaultKind::Both(names.0, names.1));
        return;
    }
    let items = strings(&member.value, &member.key, faults);
    *slot = Some(Terms { negated: member.key == names.1, node: &member.value, items });
}

/// The strings of a value that is a string or a list of strings.
fn strings<'a>(node: &'a Node, element: &'a str, faults: &mut Vec<Fault<'a>>) -> Vec<&'a Node> {
    let single = std::slice::from_ref(node);
    let nodes = match &node.value {
        Value::Array(items) => items.as_slice(),
        _ => single,
    };
    let mut texts = Vec::with_capacity(nodes.len());
    for node in nodes {
        if node.text().is_some() {
            texts.push(node);
        } else {
            fault(faults, node, FaultKind::WrongType { element, wanted: "a string or a list of strings" });
        }
    }
    texts
}

fn read_principal<'a>(statement: &mut Statement<'a>, member: &'a Member, faults: &mut Vec<Fault<'a>>) {
    if statement.principal.is_some() {
        fault(faults, &member.value, FaultKind::Both("Principal", "NotPrincipal"));
        return;
    }
    let node = &member.value;
    let items = match &node.value {
        Value::Text(text) if text.as_str() == "*" => vec![("*", node)],
        Value::Object(members) => members
            .iter()
            .flat_map(|m| strings(&m.value, &m.key, faults).into_iter().map(|node| (m.key.as_ref(), node)))
            .collect(),
        _ => {
            let wanted = "`*` or an object such as {\"Service\": …}";
            fault(faults, node, FaultKind::WrongType { element: &member.key, wanted });
            Vec::new()
        }
    };
    statement.principal = Some(Principals { negated: member.key == "NotPrincipal", node, items });
}

fn read_conditions<'a>(member: &'a Member, faults: &mut Vec<Fault<'a>>) -> Vec<Clause<'a>> {
    wrong_type_unless(matches!(member.value.value, Value::Object(_)), member, "an object", faults);
    let mut clauses = Vec::new();
    for operator in member.value.members() {
        wrong_type_unless(matches!(operator.value.value, Value::Object(_)), operator, "an object", faults);
        for key in operator.value.members() {
            let single = std::slice::from_ref(&key.value);
            let values = match &key.value.value {
                Value::Array(items) => items.as_slice(),
                _ => single,
            };
            clauses.push(Clause {
                operator: &operator.key,
                key: &key.key,
                node: &key.value,
                values: values.iter().collect(),
            });
        }
    }
    clauses
}

fn wrong_type_unless<'a>(fine: bool, member: &'a Member, wanted: &'static str, faults: &mut Vec<Fault<'a>>) {
    if !fine {
        fault(faults, &member.value, FaultKind::WrongType { element: &member.key, wanted });
    }
}

fn fault<'a>(faults: &mut Vec<Fault<'a>>, node: &'a Node, kind: FaultKind<'a>) {
    faults.push(Fault { node, kind });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::parse::parse;

    #[test]
    fn a_single_statement_object_and_single_strings_are_read() {
        let root = parse(r#"{"Statement":{"Effect":"Deny","NotAction":"s3:*","Resource":["a","b"],
            "Principal":{"Service":["x","y"]},"Condition":{"StringEquals":{"aws:a":"1","aws:b":["2","3"]}}}}"#)
            .root.unwrap();
        let document = read(&root);
        assert!(document.faults.is_empty(), "{:?}", document.faults);
        let statement = &document.statements[0];
        assert_eq!(statement.effect, Some(Effect::Deny));
        assert!(statement.actions.as_ref().unwrap().negated);
        assert_eq!(statement.principal.as_ref().unwrap().items.len(), 2);
        assert_eq!(statement.conditions[1].values.len(), 2);
    }

    #[test]
    fn faults_are_collected_and_the_rest_is_read() {
        let root = parse(r#"{"Statment":1,"Statement":[{"Effect":"allow","Action":1,"Resource":"*","NotResource":"x"},7]}"#)
            .root.unwrap();
        let kinds: Vec<_> = read(&root).faults.into_iter().map(|fault| fault.kind).collect();
        assert_eq!(kinds.len(), 5, "{kinds:?}");
        assert_eq!(kinds[0], FaultKind::UnknownElement("Statment"));
        assert_eq!(kinds[3], FaultKind::Both("Resource", "NotResource"));
    }
}
