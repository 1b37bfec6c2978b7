//! What a request is answered, and which statement decided.
//!
//! The order is that of the IAM User Guide, "Policy evaluation logic": an explicit deny in any policy
//! decides; then resource control policies, service control policies, the resource's policy,
//! identity-based policies, permissions boundary and session policies must each let the request
//! through, but for grants that go past some of them.

use super::condition::Answer;
use super::principal::Reach;
use super::request::{Caller, Request};
use super::statement::{Policy, Shape, Statement};
use crate::policy::view::Effect;

/// All policies that bear on a request.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    /// The identity-based policies of the caller: its own and its groups'.
    pub identity: Vec<Policy>,
    /// The caller's permissions boundary, if it has one.
    pub boundary: Option<Policy>,
    /// The session policies, if the session was begun with any. An empty list limits nothing.
    pub session: Vec<Policy>,
    /// Service control policies of the caller's account: a list for each level, from the root to the
    /// account. Each level must allow.
    pub scps: Vec<Vec<Policy>>,
    /// Resource control policies of the resource's account, level by level.
    pub rcps: Vec<Vec<Policy>>,
    /// The policy on the resource's side.
    pub side: Side,
}

/// The policy on the resource's side.
#[derive(Clone, Debug, Default)]
pub enum Side {
    /// None.
    #[default]
    None,
    /// A resource policy: of a bucket, a function, a guardrail.
    Resource(Policy),
    /// A role's trust policy, for the actions of STS that assume it.
    Trust(Policy),
    /// A KMS key policy, without which nothing else gives access to the key.
    Key(Policy),
}

/// The kinds of policy, as places where a decision falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Resource control policies; the level from 0.
    Rcp(usize),
    /// Service control policies; the level from 0.
    Scp(usize),
    /// A resource policy, or that there is none.
    Resource,
    /// A role's trust policy.
    Trust,
    /// A KMS key policy.
    Key,
    /// Identity-based policies.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// Session policies.
    Session,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Allowed.
    Allow,
    /// Denied by a statement.
    ExplicitDeny,
    /// Denied because nothing allows it.
    ImplicitDeny,
}

/// A statement by its place.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The kind of policy.
    pub layer: Layer,
    /// The policy.
    pub policy: &'a Policy,
    /// The statement's number in it, from 0.
    pub index: usize,
    /// The statement.
    pub statement: &'a Statement,
}

/// What a request is answered.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// The answer.
    pub outcome: Outcome,
    /// The kind of policy that decided: for an implicit deny, the first that does not allow.
    pub layer: Layer,
    /// The statement that decided. None for an implicit deny, and for the root user, whom no
    /// identity-based policy need allow.
    pub by: Option<Found<'a>>,
    /// Statements that might bear on the answer and cannot be judged: an operator that does not exist, a
    /// variable without a value, a value of the wrong type. They are taken neither for an allow nor
    /// for a deny. The answer is certain when there are none.
    pub doubts: Vec<Found<'a>>,
}

/// What the policies of one layer say.
#[derive(Default)]
struct Heard<'a> {
    deny: Option<Found<'a>>,
    allow: Option<Found<'a>>,
    reach: Option<Reach>,
}

/// Decides a request. Time is bounded by the sizes of the policies and the request.
#[must_use]
pub fn decide<'a>(situation: &'a Situation, request: &Request) -> Decision<'a> {
    let mut doubts = Vec::new();
    let all = Layers::hear(situation, request, &mut doubts);
    let (outcome, layer, by) = match (all.first_deny(), all.verdict(situation, request)) {
        (Some(deny), _) => (Outcome::ExplicitDeny, deny.layer, Some(deny)),
        (None, Ok((layer, by))) => (Outcome::Allow, layer, by),
        (None, Err(layer)) => (Outcome::ImplicitDeny, layer, None),
    };
    Decision { outcome, layer, by, doubts }
}

/// What every layer says of a request.
struct Layers<'a> {
    rcps: Vec<Heard<'a>>,
    scps: Vec<Heard<'a>>,
    side: Heard<'a>,
    identity: Heard<'a>,
    boundary: Heard<'a>,
    session: Heard<'a>,
}

impl<'a> Layers<'a> {
    fn hear(situation: &'a Situation, request: &Request, doubts: &mut Vec<Found<'a>>) -> Self {
        let mut hear = |policies: &'a [Policy], layer| listen(policies, layer, request, doubts);
        // Neither kind reaches what a service does by its own role, and service control policies
        // reach members of the organization's accounts only (AWS Organizations User Guide).
        let linked = request.caller.is_service_linked();
        let has_identity = request.caller.account().is_some();
        let levels = |levels: &'a [Vec<Policy>], reached: bool| if reached { levels } else { &[] };
        let rcps = levels(&situation.rcps, !linked).iter().enumerate();
        let rcps = rcps.map(|(level, policies)| hear(policies, Layer::Rcp(level))).collect();
        let scps = levels(&situation.scps, !linked && has_identity).iter().enumerate();
        let scps = scps.map(|(level, policies)| hear(policies, Layer::Scp(level))).collect();
        let side = match &situation.side {
            Side::None => Heard::default(),
            Side::Resource(policy) => hear(std::slice::from_ref(policy), Layer::Resource),
            Side::Trust(policy) => hear(std::slice::from_ref(policy), Layer::Trust),
            Side::Key(policy) => hear(std::slice::from_ref(policy), Layer::Key),
        };
        let own = |policies: &'a [Policy]| if has_identity { policies } else { &[] };
        let identity = hear(own(&situation.identity), Layer::Identity);
        let boundary = hear(own(situation.boundary.as_slice()), Layer::Boundary);
        let session = hear(own(&situation.session), Layer::Session);
        Self { rcps, scps, side, identity, boundary, session }
    }

    /// The first explicit deny, in the order of the evaluation.
    fn first_deny(&self) -> Option<Found<'a>> {
        let single = [&self.side, &self.identity, &self.boundary, &self.session];
        self.rcps.iter().chain(&self.scps).chain(single).find_map(|heard| heard.deny)
    }

    /// The layer and statement that allow, or the first layer that does not.
    fn verdict(&self, situation: &Situation, request: &Request) -> Result<(Layer, Option<Found<'a>>), Layer> {
        if let Some(level) = self.rcps.iter().position(|heard| heard.allow.is_none()) {
            return Err(Layer::Rcp(level));
        }
        if let Some(level) = self.scps.iter().position(|heard| heard.allow.is_none()) {
            return Err(Layer::Scp(level));
        }
        let reach = self.side.reach.unwrap_or(Reach::None);
        let side = situation.side.layer();
        let needed = matches!(situation.side, Side::Trust(_) | Side::Key(_));
        let within = request.within_account();
        let granted = self.side.allow.map(|found| (side, Some(found)));
        if request.caller.account().is_none() {
            // Services, federated and unknown callers have no policies of their own.
            return granted.ok_or(side);
        }
        if reach == Reach::None && (needed || !within) {
            return Err(side);
        }
        // A grant within the account to the caller itself goes past its own limits, one to its role
        // past its identity-based policies only (IAM User Guide, "Policy evaluation logic",
        // "Resource-based policies"). Across accounts both sides must allow ("Cross-account policy
        // evaluation logic").
        let past_identity = within && reach >= Reach::Role;
        if within && reach == Reach::Direct {
            return granted.ok_or(side);
        }
        let is_root = matches!(request.caller, Caller::Root(_));
        if !past_identity && !is_root && self.identity.allow.is_none() {
            return Err(Layer::Identity);
        }
        if situation.boundary.is_some() && self.boundary.allow.is_none() {
            return Err(Layer::Boundary);
        }
        if !situation.session.is_empty() && self.session.allow.is_none() {
            return Err(Layer::Session);
        }
        match granted {
            Some(granted) if past_identity => Ok(granted),
            _ => Ok((Layer::Identity, self.identity.allow)),
        }
    }
}

impl Side {
    fn layer(&self) -> Layer {
        match self {
            Self::None | Self::Resource(_) => Layer::Resource,
            Self::Trust(_) => Layer::Trust,
            Self::Key(_) => Layer::Key,
        }
    }
}

impl Layer {
    pub(super) fn shape(self) -> Shape {
        match self {
            Self::Rcp(_) | Self::Resource | Self::Key => Shape::Resource,
            Self::Trust => Shape::Trust,
            Self::Scp(_) | Self::Identity | Self::Boundary | Self::Session => Shape::Identity,
        }
    }
}

/// What the policies of one layer say: the first deny, and the allow that reaches the caller best.
fn listen<'a>(
    policies: &'a [Policy],
    layer: Layer,
    request: &Request,
    doubts: &mut Vec<Found<'a>>,
) -> Heard<'a> {
    let mut heard = Heard::default();
    let shape = layer.shape();
    for policy in policies {
        for (index, statement) in policy.statements.iter().enumerate() {
            let (answer, reach) = statement.applies(request, shape);
            let found = Found { layer, policy, index, statement };
            match (answer, statement.effect) {
                (Answer::No, _) => {}
                (Answer::Unknown, _) | (_, None) => doubts.push(found),
                (Answer::Yes, Some(Effect::Deny)) => {
                    heard.deny.get_or_insert(found);
                }
                (Answer::Yes, Some(Effect::Allow)) if heard.reach < Some(reach) => {
                    heard.allow = Some(found);
                    heard.reach = Some(reach);
                }
                (Answer::Yes, Some(Effect::Allow)) => {}
            }
        }
    }
    heard
}
