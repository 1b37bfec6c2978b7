//! The `Condition` element (`elements_condition_operators`,
//! `multi-value-conditions`, g.7).

use std::cmp::Ordering;

use serde_json::Value;

use super::document::{object, one_or_many};
use super::pattern::{Case, Pattern};
use super::scalar::{Network, base64, boolean, instant, number};
use super::{Context, lookup};

/// One operator applied to one key. All the tests of a statement must hold:
/// operators join by AND, and so do the keys of one operator.
#[derive(Clone, Debug)]
pub(super) struct Test {
    operator: String,
    set: Set,
    if_exists: bool,
    negated: bool,
    key: String,
    expected: Vec<Expected>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    /// For keys with at most one value
    None,
    All,
    Any,
}

/// A value the policy gives, in the operator's type.
#[derive(Clone, Debug)]
enum Expected {
    Text(Pattern, Case),
    Arn(Pattern),
    Number(Relation, f64),
    Date(Relation, i128),
    Bool(bool),
    Binary(Vec<u8>),
    Network(Network),
    Absent(bool),
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Equals(Case),
    Like,
    Arn,
    Numeric(Relation),
    Date(Relation),
    Bool,
    Binary,
    Ip,
    Null,
}

#[derive(Clone, Copy, Debug)]
enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Test {
    /// All tests of a `Condition` block.
    pub fn block(block: &Value, variables: bool) -> Vec<Self> {
        let mut tests = Vec::new();
        for (operator, keys) in object(block, "condition") {
            let keys = object(keys, operator);
            assert!(!keys.is_empty(), "evaluator: {operator} without a key");
            let first = tests.len();
            for (key, values) in keys {
                let test = Self::new(operator, key, values, variables);
                let twice = |earlier: &Self| earlier.key.eq_ignore_ascii_case(key);
                assert!(!tests[first..].iter().any(twice), "evaluator: {operator} has {key:?} twice");
                tests.push(test);
            }
        }
        tests
    }

    fn new(operator: &str, key: &str, values: &Value, variables: bool) -> Self {
        let (set, name) = if let Some(name) = operator.strip_prefix("ForAllValues:") {
            (Set::All, name)
        } else if let Some(name) = operator.strip_prefix("ForAnyValue:") {
            (Set::Any, name)
        } else {
            (Set::None, operator)
        };
        let (if_exists, name) = match name.strip_suffix("IfExists") {
            Some(name) => (true, name),
            None => (false, name),
        };
        let (kind, negated) = kind(name, operator);
        assert!(
            !matches!(kind, Kind::Null) || name == operator,
            "evaluator: Null takes neither IfExists nor a set operator: {operator}"
        );
        let (service, name) = key.split_once(':').unwrap_or_default();
        assert!(!service.is_empty() && !name.is_empty(), "evaluator: not a condition key: {key:?}");
        let expected =
            one_or_many(values).iter().map(|value| Expected::new(kind, &text(value), variables)).collect();
        Self { operator: operator.to_owned(), set, if_exists, negated, key: key.to_owned(), expected }
    }

    /// Whether the request context passes.
    pub fn holds(&self, context: &Context) -> bool {
        let values = lookup(context, &self.key);
        if let [Expected::Absent(_), ..] = self.expected[..] {
            // `true`: the key does not exist; `false`: it exists.
            let absent = values.is_empty();
            let fits = |one: &Expected| matches!(one, Expected::Absent(want) if *want == absent);
            return self.expected.iter().any(fits);
        }
        if values.is_empty() && self.if_exists {
            return true;
        }
        match self.set {
            // A missing key makes a positive test false and a negated one true.
            Set::None if values.is_empty() => self.negated,
            Set::None => {
                let [value] = values else {
                    panic!(
                        "evaluator: {:?} has {} values, {} needs a set operator",
                        self.key,
                        values.len(),
                        self.operator
                    );
                };
                self.passes(value, context)
            }
            // Without a key, or with empty values, ForAllValues is true and
            // ForAnyValue false.
            Set::All => is_null(values) || values.iter().all(|value| self.passes(value, context)),
            Set::Any => !is_null(values) && values.iter().any(|value| self.passes(value, context)),
        }
    }

    /// One value of the request against all of the policy: OR, and NOR if the
    /// operator is negated.
    fn passes(&self, value: &str, context: &Context) -> bool {
        let mut unresolved = false;
        for expected in &self.expected {
            match expected.accepts(value, context) {
                Answer::Yes => return !self.negated,
                Answer::No => {}
                Answer::Unresolved => unresolved = true,
                Answer::WrongType => {
                    panic!("evaluator: {} cannot read {value:?}, the request's {:?}", self.operator, self.key)
                }
            }
        }
        assert!(
            !(unresolved && self.negated),
            "evaluator: {} on {:?} with a variable that has no value: IAM gives no rule",
            self.operator,
            self.key
        );
        self.negated
    }
}

fn is_null(values: &[String]) -> bool {
    values.iter().all(String::is_empty)
}

/// Numbers and Booleans may stand without quotes (`reference_policies_grammar`).
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        _ => panic!("evaluator: not a condition value: {value}"),
    }
}

/// The operators, and whether each is the negation of its kind.
fn kind(name: &str, operator: &str) -> (Kind, bool) {
    use Relation::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    match name {
        "StringEquals" => (Kind::Equals(Case::Sensitive), false),
        "StringNotEquals" => (Kind::Equals(Case::Sensitive), true),
        "StringEqualsIgnoreCase" => (Kind::Equals(Case::Ignored), false),
        "StringNotEqualsIgnoreCase" => (Kind::Equals(Case::Ignored), true),
        "StringLike" => (Kind::Like, false),
        "StringNotLike" => (Kind::Like, true),
        // `ArnEquals` and `ArnLike` behave identically.
        "ArnEquals" | "ArnLike" => (Kind::Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Kind::Arn, true),
        "NumericEquals" => (Kind::Numeric(Equal), false),
        "NumericNotEquals" => (Kind::Numeric(Equal), true),
        "NumericLessThan" => (Kind::Numeric(Less), false),
        "NumericLessThanEquals" => (Kind::Numeric(LessOrEqual), false),
        "NumericGreaterThan" => (Kind::Numeric(Greater), false),
        "NumericGreaterThanEquals" => (Kind::Numeric(GreaterOrEqual), false),
        "DateEquals" => (Kind::Date(Equal), false),
        "DateNotEquals" => (Kind::Date(Equal), true),
        "DateLessThan" => (Kind::Date(Less), false),
        "DateLessThanEquals" => (Kind::Date(LessOrEqual), false),
        "DateGreaterThan" => (Kind::Date(Greater), false),
        "DateGreaterThanEquals" => (Kind::Date(GreaterOrEqual), false),
        "Bool" => (Kind::Bool, false),
        "BinaryEquals" => (Kind::Binary, false),
        "IpAddress" => (Kind::Ip, false),
        "NotIpAddress" => (Kind::Ip, true),
        "Null" => (Kind::Null, false),
        _ => panic!("evaluator: unknown condition operator {operator:?}"),
    }
}

enum Answer {
    Yes,
    No,
    /// A variable has neither value nor default, so nothing can match (g.6).
    Unresolved,
    WrongType,
}

impl Answer {
    fn of(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}

impl Expected {
    /// Variables work with the String and ARN operators only (g.6): with others
    /// their text is not a value of the type. (For Bool IAM's pages disagree.)
    fn new(kind: Kind, text: &str, variables: bool) -> Self {
        let read = match kind {
            Kind::Equals(case) => Some(Self::Text(Pattern::new(text, false, variables), case)),
            Kind::Like => Some(Self::Text(Pattern::new(text, true, variables), Case::Sensitive)),
            Kind::Arn => Some(Pattern::new(text, true, variables)).filter(Pattern::is_arn).map(Self::Arn),
            Kind::Numeric(relation) => number(text).map(|value| Self::Number(relation, value)),
            Kind::Date(relation) => instant(text).map(|value| Self::Date(relation, value)),
            Kind::Bool => boolean(text).map(Self::Bool),
            Kind::Binary => base64(text).map(Self::Binary),
            Kind::Ip => Network::new(text).map(Self::Network),
            Kind::Null => boolean(text).map(Self::Absent),
        };
        read.unwrap_or_else(|| panic!("evaluator: {text:?} is not a value for {kind:?}"))
    }

    /// Whether the request's value is the one meant.
    fn accepts(&self, value: &str, context: &Context) -> Answer {
        let fits = match self {
            Self::Text(pattern, case) => {
                return pattern.matches_text(value, *case, context).map_or(Answer::Unresolved, Answer::of);
            }
            Self::Arn(pattern) => {
                return pattern.matches_arn(value, context).map_or(Answer::Unresolved, Answer::of);
            }
            Self::Number(relation, want) => {
                number(value).and_then(|have| have.partial_cmp(want)).map(|order| relation.includes(order))
            }
            Self::Date(relation, want) => instant(value).map(|have| relation.includes(have.cmp(want))),
            Self::Bool(want) => boolean(value).map(|have| have == *want),
            Self::Binary(want) => base64(value).map(|have| have == *want),
            Self::Network(want) => value.parse().ok().map(|have| want.contains(have)),
            Self::Absent(_) => None,
        };
        fits.map_or(Answer::WrongType, Answer::of)
    }
}

impl Relation {
    fn includes(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}
