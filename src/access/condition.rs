//! The `Condition` element: operators, keys, values, and when they hold.
//!
//! All operators and keys of a block join by AND, the values of one key by OR, those of a negated
//! operator by NOR (IAM User Guide, "Conditions with multiple context keys or values").

use std::cmp::Ordering;

use super::pattern::Pattern;
use super::request::Context;
use super::scalar::{Network, boolean, bytes, instant, number};
use crate::policy::tree::{Node, Value};
use crate::policy::view::Clause;

/// Whether something of a statement holds for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// IAM has no rule, or it cannot be read. Never taken for either.
    Unknown,
}

impl Answer {
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Both: one that does not hold decides.
    pub(super) fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Yes => other(),
            Self::Unknown => match other() {
                Self::No => Self::No,
                _ => Self::Unknown,
            },
        }
    }
}

/// One operator applied to one key.
#[derive(Clone, Debug)]
pub(super) struct Test {
    /// The operator as written.
    pub(super) operator: String,
    /// The key as written.
    pub(super) key: String,
    /// The values as written.
    pub(super) values: Vec<String>,
    lower: String,
    set: Set,
    if_exists: bool,
    negated: bool,
    /// The values in the operator's type; none for an operator that IAM does not have.
    wanted: Option<Vec<Wanted>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Single,
    All,
    Any,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Equals { ignore_case: bool },
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
    AtMost,
    Greater,
    AtLeast,
}

/// A value of the policy in the operator's type.
#[derive(Clone, Debug)]
enum Wanted {
    Text { pattern: Pattern, ignore_case: bool },
    Arn(Pattern),
    Number(Relation, f64),
    Date(Relation, i128),
    Bool(bool),
    Binary(Vec<u8>),
    Network(Network),
    Absent(bool),
    Unreadable,
}

impl Test {
    /// Reads one clause; variables count in version 2012-10-17.
    pub(super) fn read(clause: &Clause<'_>, variables: bool) -> Self {
        let (set, rest) = if let Some(rest) = clause.operator.strip_prefix("ForAllValues:") {
            (Set::All, rest)
        } else if let Some(rest) = clause.operator.strip_prefix("ForAnyValue:") {
            (Set::Any, rest)
        } else {
            (Set::Single, clause.operator)
        };
        let (if_exists, name) = rest.strip_suffix("IfExists").map_or((false, rest), |name| (true, name));
        let (kind, negated) = match kind(name) {
            // `Null` asks for the key itself: neither set nor IfExists suits it.
            Some((Kind::Null, _)) if name != clause.operator => (None, false),
            Some((kind, negated)) => (Some(kind), negated),
            None => (None, false),
        };
        let wanted =
            kind.map(|kind| clause.values.iter().map(|node| Wanted::read(kind, node, variables)).collect());
        Self {
            operator: clause.operator.to_owned(),
            key: clause.key.to_owned(),
            values: clause.values.iter().map(|node| plain(node).unwrap_or_default()).collect(),
            lower: clause.key.to_ascii_lowercase(),
            set,
            if_exists,
            negated,
            wanted: wanted.filter(|wanted: &Vec<Wanted>| !wanted.is_empty()),
        }
    }

    /// Whether the context passes. A key that is absent fails a positive operator, and passes a negated
    /// one, `IfExists` and `ForAllValues` (IAM User Guide, "Condition operators" and "Set operators for
    /// multivalued context keys"). An operator without set meets one value; for several there is no
    /// rule, so that the answer is unknown.
    pub(super) fn holds(&self, context: &Context) -> Answer {
        let Some(wanted) = &self.wanted else { return Answer::Unknown };
        let values = context.values(&self.lower);
        if let Some(Wanted::Absent(_)) = wanted.first() {
            let absent = values.is_empty();
            let readable = wanted.iter().all(|want| matches!(want, Wanted::Absent(_)));
            let holds = wanted.iter().any(|want| matches!(want, Wanted::Absent(want) if *want == absent));
            return if holds || readable { Answer::of(holds) } else { Answer::Unknown };
        }
        if values.is_empty() && self.if_exists {
            return Answer::Yes;
        }
        // A set of nothing but empty texts counts as none.
        let is_null = values.iter().all(String::is_empty);
        match (self.set, values) {
            (Set::Single, []) => Answer::of(self.negated),
            (Set::Single, [value]) => self.passes(wanted, value, context),
            (Set::Single, _) => Answer::Unknown,
            (Set::All, _) if is_null => Answer::Yes,
            (Set::Any, _) if is_null => Answer::No,
            (Set::All, _) => {
                let all = |answer: Answer, value: &String| answer.and(|| self.passes(wanted, value, context));
                values.iter().fold(Answer::Yes, all)
            }
            (Set::Any, _) => values.iter().fold(Answer::No, |answer, value| match answer {
                Answer::Yes => Answer::Yes,
                answer => match self.passes(wanted, value, context) {
                    Answer::No => answer,
                    other => other,
                },
            }),
        }
    }

    /// One value of the request against all of the policy. A variable without value matches nothing;
    /// what that means under a negated operator is written nowhere.
    fn passes(&self, wanted: &[Wanted], value: &str, context: &Context) -> Answer {
        let mut unknown = false;
        for want in wanted {
            match want.accepts(value, context) {
                Some(true) => return Answer::of(!self.negated),
                Some(false) => {}
                None => unknown |= self.negated || matches!(want, Wanted::Unreadable),
            }
        }
        if unknown { Answer::Unknown } else { Answer::of(self.negated) }
    }
}

impl Wanted {
    /// Variables work with the operators of strings and ARNs only (IAM User Guide, "Variables and
    /// tags", "Where you can use policy variables").
    fn read(kind: Kind, node: &Node, variables: bool) -> Self {
        let Some(text) = plain(node) else { return Self::Unreadable };
        let read = match kind {
            Kind::Equals { ignore_case } => {
                Pattern::read(&text, false, variables).map(|pattern| Self::Text { pattern, ignore_case })
            }
            Kind::Like => Pattern::read(&text, true, variables)
                .map(|pattern| Self::Text { pattern, ignore_case: false }),
            Kind::Arn => Pattern::read(&text, true, variables)
                .filter(|pattern| text == "*" || pattern.is_open() || text.splitn(6, ':').count() == 6)
                .map(Self::Arn),
            Kind::Numeric(relation) => number(&text).map(|number| Self::Number(relation, number)),
            Kind::Date(relation) => instant(&text).map(|instant| Self::Date(relation, instant)),
            Kind::Bool => boolean(&text).map(Self::Bool),
            Kind::Binary => bytes(&text).map(Self::Binary),
            Kind::Ip => Network::read(&text).map(Self::Network),
            Kind::Null => boolean(&text).map(Self::Absent),
        };
        read.unwrap_or(Self::Unreadable)
    }

    /// Whether the request's value is the one meant; none when either cannot be read.
    fn accepts(&self, value: &str, context: &Context) -> Option<bool> {
        match self {
            Self::Text { pattern, ignore_case } => pattern.text(value, *ignore_case, context),
            Self::Arn(pattern) => pattern.arn(value, context),
            Self::Number(relation, want) => Some(relation.includes(number(value)?.partial_cmp(want)?)),
            Self::Date(relation, want) => Some(relation.includes(instant(value)?.cmp(want))),
            Self::Bool(want) => Some(boolean(value)? == *want),
            Self::Binary(want) => Some(bytes(value)? == *want),
            Self::Network(want) => want.holds(value),
            Self::Absent(_) | Self::Unreadable => None,
        }
    }
}

impl Relation {
    fn includes(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// A condition value as text; numbers and Booleans may stand without quotes (IAM User Guide, "Grammar
/// of the IAM JSON policy language"). A text with a hole has no value yet.
fn plain(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) if text.holes().is_empty() => Some(text.as_str().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.clone()),
        _ => None,
    }
}

/// The operators, and whether each is the negation of its kind. Their names have a case.
fn kind(name: &str) -> Option<(Kind, bool)> {
    use Relation::{AtLeast, AtMost, Equal, Greater, Less};
    Some(match name {
        "StringEquals" => (Kind::Equals { ignore_case: false }, false),
        "StringNotEquals" => (Kind::Equals { ignore_case: false }, true),
        "StringEqualsIgnoreCase" => (Kind::Equals { ignore_case: true }, false),
        "StringNotEqualsIgnoreCase" => (Kind::Equals { ignore_case: true }, true),
        "StringLike" => (Kind::Like, false),
        "StringNotLike" => (Kind::Like, true),
        "ArnEquals" | "ArnLike" => (Kind::Arn, false),
        "ArnNotEquals" | "ArnNotLike" => (Kind::Arn, true),
        "NumericEquals" => (Kind::Numeric(Equal), false),
        "NumericNotEquals" => (Kind::Numeric(Equal), true),
        "NumericLessThan" => (Kind::Numeric(Less), false),
        "NumericLessThanEquals" => (Kind::Numeric(AtMost), false),
        "NumericGreaterThan" => (Kind::Numeric(Greater), false),
        "NumericGreaterThanEquals" => (Kind::Numeric(AtLeast), false),
        "DateEquals" => (Kind::Date(Equal), false),
        "DateNotEquals" => (Kind::Date(Equal), true),
        "DateLessThan" => (Kind::Date(Less), false),
        "DateLessThanEquals" => (Kind::Date(AtMost), false),
        "DateGreaterThan" => (Kind::Date(Greater), false),
        "DateGreaterThanEquals" => (Kind::Date(AtLeast), false),
        "Bool" => (Kind::Bool, false),
        "BinaryEquals" => (Kind::Binary, false),
        "IpAddress" => (Kind::Ip, false),
        "NotIpAddress" => (Kind::Ip, true),
        "Null" => (Kind::Null, false),
        _ => return None,
    })
}
