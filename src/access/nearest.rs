//! For a request that nothing allows: the statement that comes nearest to it, and what differs.
//!
//! Only the layer that did not allow is looked at, and of it the statements that allow something. How
//! near a statement is, is a judgement for people and no rule of IAM's.

use super::condition::Answer;
use super::decide::{Decision, Found, Layer, Outcome, Side, Situation};
use super::pattern::ResourcePattern;
use super::principal::Reach;
use super::request::Request;
use super::statement::{Policy, Statement};
use super::{action_matches, matches, open_variables};
use crate::policy::arn::Arn;
use crate::policy::view::Effect;

/// A statement that nearly allows a request.
#[derive(Clone, Debug)]
pub struct Nearest<'a> {
    /// The statement.
    pub found: Found<'a>,
    /// What differs, the weightiest first. Never empty.
    pub differences: Vec<Difference<'a>>,
}

/// One thing by which a statement misses a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// The IAM action; the patterns as written.
    Action {
        /// True for `NotAction`.
        negated: bool,
        /// What the statement names.
        wanted: Vec<&'a str>,
    },
    /// The caller.
    Principal,
    /// The resource.
    Resource {
        /// True for `NotResource`.
        negated: bool,
        /// The pattern that comes nearest, short ARNs filled up.
        wanted: &'a str,
        /// The first field that differs; none when one side is no ARN.
        field: Option<ArnField>,
    },
    /// One condition.
    Condition {
        /// The operator as written.
        operator: &'a str,
        /// The key as written.
        key: &'a str,
        /// The values as written.
        wanted: &'a [String],
        /// The request's values; none when the key is absent.
        had: Vec<String>,
        /// True when it cannot be judged.
        unknown: bool,
    },
    /// Something of the statement is none that IAM would take.
    Unreadable,
}

/// The fields of an ARN after `arn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArnField {
    /// `aws`
    Partition,
    /// `bedrock`
    Service,
    /// `us-east-1`
    Region,
    /// `111122223333`
    Account,
    /// Everything behind the fifth colon.
    Resource,
}

const FIELDS: [ArnField; 5] =
    [ArnField::Partition, ArnField::Service, ArnField::Region, ArnField::Account, ArnField::Resource];

impl Decision<'_> {
    /// The statement that comes nearest to allowing the request, of the layer that does not allow it.
    /// None unless the answer is an implicit deny, and when that layer has no statement that allows.
    #[must_use]
    pub fn nearest<'s>(&self, situation: &'s Situation, request: &Request) -> Option<Nearest<'s>> {
        if self.outcome != Outcome::ImplicitDeny {
            return None;
        }
        let layer = self.layer;
        let statements = policies(situation, layer).iter().flat_map(|policy| {
            let numbered = policy.statements.iter().enumerate();
            numbered.map(move |(index, statement)| Found { layer, policy, index, statement })
        });
        statements
            .filter(|found| found.statement.effect == Some(Effect::Allow))
            .map(|found| (distance(found.statement, request), found))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, found)| Nearest { found, differences: differences(found, request) })
    }
}

fn policies(situation: &Situation, layer: Layer) -> &[Policy] {
    match layer {
        Layer::Rcp(level) => situation.rcps.get(level).map_or(&[], Vec::as_slice),
        Layer::Scp(level) => situation.scps.get(level).map_or(&[], Vec::as_slice),
        Layer::Identity => &situation.identity,
        Layer::Boundary => situation.boundary.as_slice(),
        Layer::Session => &situation.session,
        Layer::Resource | Layer::Trust | Layer::Key => match &situation.side {
            Side::None => &[],
            Side::Resource(policy) | Side::Trust(policy) | Side::Key(policy) => std::slice::from_ref(policy),
        },
    }
}

/// How far a statement is from a request; the action weighs most, then the caller, then the ARN.
fn distance(statement: &Statement, request: &Request) -> usize {
    let service = request.action.split(':').next().unwrap_or_default();
    let same_service = statement.actions.items.iter().any(|pattern| {
        pattern.text.split(':').next().is_some_and(|own| own == "*" || action_matches(own, service))
    });
    let action = match (statement.action(&request.action), same_service) {
        (true, _) => 0,
        (false, true) => 1000,
        (false, false) => 2000,
    };
    let principal = if statement.reach(request) == Reach::None { 400 } else { 0 };
    let resource = match statement.resource(request) {
        Answer::Yes => 0,
        _ => 20 + closest(statement, request).map_or(50, |(_, missed, _)| missed * 10),
    };
    let tests = statement.tests.iter().filter(|test| test.holds(&request.context) != Answer::Yes).count();
    action + principal + resource + tests
}

fn differences<'a>(found: Found<'a>, request: &Request) -> Vec<Difference<'a>> {
    let statement = found.statement;
    let mut out = Vec::new();
    if !statement.action(&request.action) {
        let wanted = statement.actions.items.iter().map(|pattern| pattern.text.as_str()).collect();
        out.push(Difference::Action { negated: statement.actions.negated, wanted });
    }
    if statement.reach(request) == Reach::None {
        out.push(Difference::Principal);
    }
    if statement.resource(request) != Answer::Yes
        && let Some((pattern, _, field)) = closest(statement, request)
    {
        let negated = statement.resources.as_ref().is_some_and(|terms| terms.negated);
        out.push(Difference::Resource { negated, wanted: pattern.source(), field });
    }
    for test in &statement.tests {
        let answer = test.holds(&request.context);
        if answer != Answer::Yes {
            out.push(Difference::Condition {
                operator: &test.operator,
                key: &test.key,
                wanted: &test.values,
                had: request.context.get(&test.key).to_vec(),
                unknown: answer == Answer::Unknown,
            });
        }
    }
    if !statement.is_readable(found.layer.shape()) || out.is_empty() {
        out.push(Difference::Unreadable);
    }
    out
}

/// The resource pattern nearest to the request: how many fields differ, and the first that does. Of
/// `NotResource` it is the pattern that takes the resource out.
fn closest<'a>(
    statement: &'a Statement,
    request: &Request,
) -> Option<(&'a ResourcePattern, usize, Option<ArnField>)> {
    let terms = statement.resources.as_ref()?;
    if terms.negated {
        let fits = |item: &&ResourcePattern| item.fits(&request.resource, &request.context) != Some(false);
        return terms.items.iter().find(fits).map(|item| (item, 0, None));
    }
    let asked = Arn::parse(&request.resource);
    let measured = terms.items.iter().map(|item| {
        let pattern = open_variables(item.source());
        let (Some(pattern), Some(asked)) = (Arn::parse(&pattern), asked) else { return (item, 5, None) };
        let fields = pattern.fields().into_iter().zip(asked.fields()).zip(FIELDS);
        let mut missed =
            fields.filter(|((pattern, field), _)| !matches(pattern, field)).map(|(_, name)| name);
        // With every variable open it fits: the variable's value, or its absence, is what differs.
        let first = missed.next().unwrap_or(ArnField::Resource);
        (item, 1 + missed.count(), Some(first))
    });
    measured.min_by_key(|(_, missed, field)| (*missed, std::cmp::Reverse(*field)))
}
