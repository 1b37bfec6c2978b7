//! Reading a policy document once, refusing what IAM would refuse
//! (`reference_policies_grammar`, g.3).

use serde_json::{Map, Value};

use super::Request;
use super::condition::Test;
use super::pattern::{ActionPattern, ResourcePattern};
use super::principal::Principals;

/// A policy document made ready for many decisions.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub(super) statements: Vec<Statement>,
}

/// One statement of a policy.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// Its JSON text, for messages.
    pub source: String,
    pub allow: bool,
    /// `Principal` or `NotPrincipal`, if any.
    pub principals: Option<Principals>,
    /// `Resource` or `NotResource`, if any.
    pub resources: Option<Selection<ResourcePattern>>,
    actions: Selection<ActionPattern>,
    tests: Vec<Test>,
}

/// An element and its `Not…` twin, which means everything else
/// (`elements_notaction`, `elements_notresource`).
#[derive(Clone, Debug)]
pub(super) struct Selection<T> {
    inverted: bool,
    patterns: Vec<T>,
}

impl Parsed {
    /// # Panics
    /// If the document is not one IAM would accept.
    pub fn new(policy: &Value) -> Self {
        let top = object(policy, "policy");
        only_keys(top, &["Version", "Id", "Statement"], policy);
        let variables = match top.get("Version").map(|version| version.as_str()) {
            Some(Some("2012-10-17")) => true,
            // Without a version the older language holds (g.3).
            None | Some(Some("2008-10-17")) => false,
            Some(_) => panic!("evaluator: unknown Version in {policy}"),
        };
        let statements: Vec<_> = match top.get("Statement") {
            Some(Value::Array(list)) => list.iter().map(|one| statement(one, variables)).collect(),
            Some(one) => vec![statement(one, variables)],
            None => panic!("evaluator: no Statement in {policy}"),
        };
        assert!(!statements.is_empty(), "evaluator: no statement in {policy}");
        Self { statements }
    }

    /// True if some statement, allowing or denying, speaks of the action. Where
    /// this is false no request for the action is decided by the policy.
    pub fn could_match_action(&self, action: &str) -> bool {
        self.statements.iter().any(|statement| statement.speaks_of(action))
    }
}

impl Statement {
    /// Whether `Action` or `NotAction` takes in the action.
    pub fn speaks_of(&self, action: &str) -> bool {
        for pattern in &self.actions.patterns {
            if pattern.matches(action) {
                return !self.actions.inverted;
            }
        }
        self.actions.inverted
    }

    /// Whether resource and condition fit; a statement without a resource fits
    /// any. Action and principal are left to the caller.
    pub fn fits(&self, request: &Request) -> bool {
        self.resources.as_ref().is_none_or(|resources| resources.cover(request))
            && self.tests.iter().all(|test| test.holds(&request.context))
    }
}

impl Selection<ResourcePattern> {
    /// A pattern whose variable has no value matches nothing (g.6); what that
    /// means for `NotResource` is written nowhere.
    fn cover(&self, request: &Request) -> bool {
        let mut unresolved = false;
        for pattern in &self.patterns {
            match pattern.matches(&request.resource, &request.context) {
                Some(true) => return !self.inverted,
                Some(false) => {}
                None => unresolved = true,
            }
        }
        assert!(
            !(unresolved && self.inverted),
            "evaluator: NotResource with a variable that has no value: {:?}",
            self.patterns
        );
        self.inverted
    }
}

fn statement(value: &Value, variables: bool) -> Statement {
    let map = object(value, "statement");
    let known = [
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
    only_keys(map, &known, value);
    let allow = match map.get("Effect").and_then(Value::as_str) {
        Some("Allow") => true,
        Some("Deny") => false,
        _ => panic!("evaluator: Effect is neither Allow nor Deny in {value}"),
    };
    let Some((not_action, actions)) = either(map, "Action", "NotAction") else {
        panic!("evaluator: neither Action nor NotAction in {value}");
    };
    Statement {
        source: value.to_string(),
        allow,
        principals: either(map, "Principal", "NotPrincipal")
            .map(|(inverted, value)| Principals::new(value, inverted, allow)),
        actions: Selection {
            inverted: not_action,
            patterns: strings(actions).map(ActionPattern::new).collect(),
        },
        resources: either(map, "Resource", "NotResource").map(|(inverted, value)| Selection {
            inverted,
            patterns: strings(value).map(|text| ResourcePattern::new(text, variables)).collect(),
        }),
        tests: map.get("Condition").map_or_else(Vec::new, |block| Test::block(block, variables)),
    }
}

/// One of two elements that exclude each other, and whether it is the second.
fn either<'a>(map: &'a Map<String, Value>, plain: &str, inverted: &str) -> Option<(bool, &'a Value)> {
    match (map.get(plain), map.get(inverted)) {
        (Some(_), Some(_)) => panic!("evaluator: both {plain} and {inverted} in one statement"),
        (Some(value), None) => Some((false, value)),
        (None, Some(value)) => Some((true, value)),
        (None, None) => None,
    }
}

pub(super) fn object<'a>(value: &'a Value, what: &str) -> &'a Map<String, Value> {
    let Value::Object(map) = value else {
        panic!("evaluator: the {what} is not an object: {value}");
    };
    map
}

fn only_keys(map: &Map<String, Value>, known: &[&str], whole: &Value) {
    for key in map.keys() {
        assert!(known.contains(&key.as_str()), "evaluator: unknown element {key:?} in {whole}");
    }
}

/// One value or a list of them; a single value may drop its brackets (g.3).
pub(super) fn one_or_many(value: &Value) -> &[Value] {
    let list = match value {
        Value::Array(list) => list,
        one => std::slice::from_ref(one),
    };
    assert!(!list.is_empty(), "evaluator: an empty list in the policy");
    list
}

pub(super) fn strings(value: &Value) -> impl Iterator<Item = &str> {
    one_or_many(value).iter().map(|item| match item {
        Value::String(text) => text.as_str(),
        other => panic!("evaluator: not a string: {other}"),
    })
}
