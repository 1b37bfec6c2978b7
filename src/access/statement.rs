//! Policies made ready for many decisions: patterns taken apart, conditions typed, once.
//!
//! What IAM would not take makes its statement unreadable: it is kept and named, it neither allows nor
//! denies, and a decision on which it might bear says so.

use super::action_matches;
use super::condition::{Answer, Test};
use super::pattern::ResourcePattern;
use super::principal::{Named, Reach};
use super::request::Request;
use crate::policy::tree::{Node, Value};
use crate::policy::view::{self, Document, Effect};

/// A policy document ready for many decisions, with the name it is told by.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The name it was given.
    pub name: String,
    /// Its statements, in order.
    pub statements: Vec<Statement>,
}

/// One statement of a [`Policy`].
#[derive(Clone, Debug)]
pub struct Statement {
    /// `Sid`, when there is one.
    pub sid: Option<String>,
    /// `Effect`; none when it cannot be read.
    pub effect: Option<Effect>,
    pub(super) actions: Terms<ActionPattern>,
    pub(super) resources: Option<Terms<ResourcePattern>>,
    pub(super) principals: Option<Named>,
    pub(super) tests: Vec<Test>,
    /// Why the statement as a whole cannot be judged.
    unreadable: bool,
}

/// An element and its `Not…` twin.
#[derive(Clone, Debug)]
pub(super) struct Terms<T> {
    pub(super) negated: bool,
    pub(super) items: Vec<T>,
}

/// One entry of `Action` or `NotAction`.
#[derive(Clone, Debug)]
pub(super) struct ActionPattern {
    pub(super) text: String,
    /// The bytes before the first wildcard.
    head: usize,
}

impl ActionPattern {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), head: text.find(['*', '?']).unwrap_or(text.len()) }
    }

    /// Whether it matches an IAM action; case does not count (IAM User Guide, "Action"). Most patterns
    /// are told apart by what stands before their first wildcard.
    fn fits(&self, action: &str) -> bool {
        let (head, rest) = self.text.as_bytes().split_at_checked(self.head).unwrap_or_default();
        let Some((start, end)) = action.as_bytes().split_at_checked(self.head) else { return false };
        head.eq_ignore_ascii_case(start)
            && match rest {
                [] => end.is_empty(),
                [b'*'] => true,
                _ => action_matches(&self.text, action),
            }
    }
}

/// Where a policy is attached, as far as its statements differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Resource, no principal: identity policies, boundaries, session policies, SCPs.
    Identity,
    /// Principal and resource: resource policies, key policies, RCPs.
    Resource,
    /// Principal, no resource: trust policies.
    Trust,
}

impl Policy {
    /// Compiles a document. Never fails: what cannot be read stays as a statement that decides nothing.
    /// A version that does not exist makes all statements so (IAM User Guide, "Version").
    #[must_use]
    pub fn new(name: &str, document: &Document<'_>) -> Self {
        let version = document.version.map(|node| node.as_str().unwrap_or_default());
        let known = matches!(version, None | Some("2008-10-17" | "2012-10-17"));
        let variables = version == Some("2012-10-17");
        let statements = document
            .statements
            .iter()
            .map(|statement| {
                let mut statement = Statement::new(statement, variables);
                statement.unreadable |= !known;
                statement
            })
            .collect();
        Self { name: name.to_owned(), statements }
    }

    /// Reads and compiles a tree.
    #[must_use]
    pub fn from_node(name: &str, root: &Node) -> Self {
        Self::new(name, &view::read(root))
    }
}

impl Statement {
    fn new(read: &view::Statement<'_>, variables: bool) -> Self {
        let mut unreadable = !is_sound(read);
        let actions = read.actions.as_ref().map_or_else(
            || Terms { negated: false, items: Vec::new() },
            |terms| Terms {
                negated: terms.negated,
                items: texts(&terms.items).map(ActionPattern::new).collect(),
            },
        );
        let resources = read.resources.as_ref().map(|terms| Terms {
            negated: terms.negated,
            items: texts(&terms.items).map(|text| ResourcePattern::read(text, variables)).collect(),
        });
        let holes = |terms: &Option<view::Terms<'_>>| {
            terms
                .iter()
                .flat_map(|terms| &terms.items)
                .any(|node| node.text().is_some_and(|text| !text.holes().is_empty()))
        };
        let principals = read.principal.as_ref().map(Named::read);
        unreadable |= holes(&read.actions) || holes(&read.resources);
        unreadable |= principals.as_ref().is_some_and(|named| !named.readable);
        Self {
            sid: read.sid.and_then(Node::as_str).map(str::to_owned),
            effect: read.effect,
            actions,
            resources,
            principals,
            tests: read.conditions.iter().map(|clause| Test::read(clause, variables)).collect(),
            unreadable,
        }
    }

    /// Whether the statement's action element speaks of an IAM action.
    pub(super) fn action(&self, action: &str) -> bool {
        self.actions.items.iter().any(|pattern| pattern.fits(action)) != self.actions.negated
    }

    /// Whether its resource element takes in the request's resource. A pattern whose variable has no
    /// value matches nothing (IAM User Guide, "Variables and tags"); what that means for `NotResource` is
    /// written nowhere.
    pub(super) fn resource(&self, request: &Request) -> Answer {
        let Some(terms) = &self.resources else { return Answer::Yes };
        let mut unknown = false;
        for item in &terms.items {
            match item.fits(&request.resource, &request.context) {
                Some(true) => return Answer::of(!terms.negated),
                Some(false) => {}
                None => unknown |= terms.negated || matches!(item, ResourcePattern::Unreadable(_)),
            }
        }
        if unknown { Answer::Unknown } else { Answer::of(terms.negated) }
    }

    /// How its principal element reaches the caller; statements without one reach everybody.
    pub(super) fn reach(&self, request: &Request) -> Reach {
        self.principals.as_ref().map_or(Reach::Direct, |named| named.reach(&request.caller))
    }

    /// Whether the whole statement applies to a request, and how it reaches the caller.
    pub(super) fn applies(&self, request: &Request, shape: Shape) -> (Answer, Reach) {
        // Without any pattern that can be read, nothing is known of the actions it speaks of.
        let nothing_read = self.unreadable && self.actions.items.is_empty();
        if !nothing_read && !self.action(&request.action) {
            return (Answer::No, Reach::None);
        }
        let reach = self.reach(request);
        if reach == Reach::None && !self.unreadable {
            return (Answer::No, reach);
        }
        let answer = self
            .resource(request)
            .and(|| self.tests.iter().fold(Answer::Yes, |all, test| all.and(|| test.holds(&request.context))))
            .and(|| if self.is_readable(shape) { Answer::Yes } else { Answer::Unknown });
        (answer, reach)
    }

    /// True when the statement has what its place asks for and nothing that cannot be read (IAM User
    /// Guide, "Grammar of the IAM JSON policy language" and "Principal").
    pub(super) fn is_readable(&self, shape: Shape) -> bool {
        let elements = match shape {
            Shape::Identity => self.principals.is_none() && self.resources.is_some(),
            Shape::Resource => self.principals.is_some() && self.resources.is_some(),
            Shape::Trust => self.principals.is_some() && self.resources.is_none(),
        };
        elements && !self.unreadable && self.effect.is_some()
    }
}

fn texts<'a>(items: &[&'a Node]) -> impl Iterator<Item = &'a str> {
    items.iter().filter_map(|node| node.as_str())
}

/// True when nothing of the statement was left out of the view: known elements, each once, of the types
/// that the grammar has.
fn is_sound(read: &view::Statement<'_>) -> bool {
    const KNOWN: &[&str] = &[
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    ];
    let members = read.node.members();
    let once = |name: &str| members.iter().filter(|member| member.key == name).count() <= 1;
    let one_of = |a: &str, b: &str| read.node.get(a).is_none() || read.node.get(b).is_none();
    let whole = |terms: &Option<view::Terms<'_>>| {
        terms.as_ref().is_none_or(|terms| !terms.items.is_empty() && terms.items.len() == length(terms.node))
    };
    members.iter().all(|member| KNOWN.contains(&member.key.as_ref()))
        && KNOWN.iter().all(|name| once(name))
        && one_of("Action", "NotAction")
        && one_of("Resource", "NotResource")
        && one_of("Principal", "NotPrincipal")
        && read.actions.is_some()
        && whole(&read.actions)
        && whole(&read.resources)
        && read.node.get("Condition").is_none_or(conditions_are_sound)
        && read.principal.as_ref().is_none_or(|principal| {
            let strings = |member: &crate::policy::tree::Member| length(&member.value);
            let count: usize = principal.node.members().iter().map(strings).sum();
            principal.node.as_str().is_some() || count == principal.items.len()
        })
}

/// How many values a value that may drop its brackets holds.
fn length(node: &Node) -> usize {
    match &node.value {
        Value::Array(items) => items.len(),
        _ => 1,
    }
}

fn conditions_are_sound(node: &Node) -> bool {
    let is_object = |node: &Node| matches!(node.value, Value::Object(_));
    is_object(node) && node.members().iter().all(|operator| is_object(&operator.value))
}
