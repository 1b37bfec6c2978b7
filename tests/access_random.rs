//! Random policies and requests: the tests' own evaluator, slow and written from the rules, must agree.
//!
//! It judges single documents; how the layers join is written here a second time, from the IAM User Guide's
//! "Policy evaluation logic", as plainly as it can be.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use bedrock_policy::access::{Caller, Outcome, Policy, Request, Side, Situation, decide};
use bedrock_policy::policy::parse::parse;
use bedrock_policy::policy::view::Effect;
use serde_json::{Value, json};

#[path = "support/evaluator.rs"]
mod evaluator;
#[path = "support/access_grammar.rs"]
mod grammar;
#[path = "support/random.rs"]
mod random;

use evaluator::{Decision, Parsed, Principal};
use grammar::{ACTIONS, ANN, BOB, ONE, Place, RESOURCES, ROLE, SERVICE, TWO};
use random::Random;

const SEED: u64 = 0x5eed_0005;
const SITUATIONS: usize = 25_000;
const REQUESTS: usize = 5;

/// The documents of one situation.
struct Documents {
    identity: Vec<Value>,
    boundary: Option<Value>,
    session: Option<Value>,
    scps: Vec<Value>,
    rcps: Vec<Value>,
    side: Option<(Kind, Value)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Resource,
    Trust,
    Key,
}

impl Documents {
    fn random(random: &mut Random) -> Self {
        let maybe = |random: &mut Random, percent: usize| {
            random.chance(percent).then(|| grammar::document(random, Place::Identity, 3))
        };
        let scps = if random.chance(20) { 1 + random.below(2) } else { 0 };
        let kind = *random.pick(&[Kind::Resource, Kind::Trust, Kind::Key]);
        Self {
            identity: (0..random.below(3)).map(|_| grammar::document(random, Place::Identity, 4)).collect(),
            boundary: maybe(random, 20),
            session: maybe(random, 20),
            scps: (0..scps).map(|_| grammar::document(random, Place::Identity, 4)).collect(),
            rcps: (0..random.below(8) / 7).map(|_| grammar::document(random, Place::Resource, 4)).collect(),
            side: random.chance(80).then(|| {
                let place = if kind == Kind::Trust { Place::Trust } else { Place::Resource };
                (kind, grammar::document(random, place, 4))
            }),
        }
    }

    fn compiled(&self) -> Situation {
        let policy = |name: &str, document: &Value| {
            let parsed = parse(&document.to_string());
            assert!(parsed.faults.is_empty(), "{document}");
            Policy::from_node(name, &parsed.root.unwrap())
        };
        let levels = |documents: &[Value]| documents.iter().map(|one| vec![policy("level", one)]).collect();
        Situation {
            identity: self.identity.iter().map(|one| policy("identity", one)).collect(),
            boundary: self.boundary.as_ref().map(|one| policy("boundary", one)),
            session: self.session.iter().map(|one| policy("session", one)).collect(),
            scps: levels(&self.scps),
            rcps: levels(&self.rcps),
            side: match &self.side {
                None => Side::None,
                Some((Kind::Resource, one)) => Side::Resource(policy("resource", one)),
                Some((Kind::Trust, one)) => Side::Trust(policy("trust", one)),
                Some((Kind::Key, one)) => Side::Key(policy("key", one)),
            },
        }
    }

    fn shown(&self) -> String {
        let side = self.side.as_ref().map(|(_, document)| document);
        let (identity, boundary, session) = (&self.identity, &self.boundary, &self.session);
        let all = json!({"identity": identity, "boundary": boundary, "session": session,
            "scps": self.scps, "rcps": self.rcps, "side": side});
        all.to_string()
    }
}

/// The same documents for the tests' evaluator.
struct Judge {
    identity: Vec<Parsed>,
    boundary: Option<Parsed>,
    session: Option<Parsed>,
    scps: Vec<Parsed>,
    rcps: Vec<Parsed>,
    side: Option<(Kind, Parsed)>,
    /// The side without the role's name: what it still allows the role is no grant by that name.
    nameless: Option<Parsed>,
}

impl Judge {
    fn new(documents: &Documents) -> Self {
        let all = |documents: &[Value]| documents.iter().map(Parsed::new).collect();
        // A trust policy is a resource policy that leaves out its only resource.
        let side = documents.side.as_ref().map(|(kind, document)| (*kind, with_resource(document.clone())));
        Self {
            identity: all(&documents.identity),
            boundary: documents.boundary.as_ref().map(Parsed::new),
            session: documents.session.as_ref().map(Parsed::new),
            scps: all(&documents.scps),
            rcps: all(&documents.rcps),
            nameless: side.as_ref().map(|(_, document)| Parsed::new(&without_role(document.clone()))),
            side: side.as_ref().map(|(kind, document)| (*kind, Parsed::new(document))),
        }
    }

    fn answer(&self, request: &evaluator::Request, within: bool) -> Outcome {
        let identity = |policy: &Parsed| evaluator::identity(&[policy], request);
        let resource = |policy: &Parsed| evaluator::resource_based(policy, request);
        let is_service = matches!(request.principal, Principal::Service(_));
        let mut own: Vec<Decision> = Vec::new();
        if !is_service {
            own.extend(self.identity.iter().map(identity));
        }
        let boundary = self.boundary.as_ref().filter(|_| !is_service).map(identity);
        let session = self.session.as_ref().filter(|_| !is_service).map(identity);
        let mut levels: Vec<Decision> = self.rcps.iter().map(resource).collect();
        if !is_service {
            levels.extend(self.scps.iter().map(identity));
        }
        let side = self.side.as_ref().map(|(_, policy)| resource(policy));
        let denied = own.iter().chain(&boundary).chain(&session).chain(&levels).chain(&side);
        if denied.into_iter().any(|one| *one == Decision::ExplicitDeny) {
            return Outcome::ExplicitDeny;
        }
        let fine = levels.iter().all(|level| *level == Decision::Allow)
            && self.let_through(request, within, own.contains(&Decision::Allow), [boundary, session]);
        if fine { Outcome::Allow } else { Outcome::ImplicitDeny }
    }

    /// What nobody denies and the organization lets through.
    fn let_through(
        &self,
        request: &evaluator::Request,
        within: bool,
        own: bool,
        limits: [Option<Decision>; 2],
    ) -> bool {
        let limited = limits.into_iter().flatten().any(|limit| limit != Decision::Allow);
        let side = self.side.as_ref().map(|(kind, policy)| (*kind, policy));
        let names = |policy: &Parsed| evaluator::grants_directly(policy, request);
        let by_name = side.is_some_and(|(_, policy)| names(policy));
        let by_account = side.is_some_and(|(_, policy)| evaluator::grants_to_account(policy, request));
        let limitless = self.nameless.as_ref().is_some_and(names);
        if let Principal::Service(_) = request.principal {
            return by_name;
        }
        if !within {
            return (by_name || by_account) && own && !limited;
        }
        match side {
            Some((Kind::Trust | Kind::Key, _)) if !by_name && !by_account => false,
            _ if by_name && limitless => true,
            _ => (by_name || own) && !limited,
        }
    }
}

fn each_statement(mut document: Value, change: impl Fn(&mut Value)) -> Value {
    match &mut document["Statement"] {
        Value::Array(list) => list.iter_mut().for_each(change),
        one => change(one),
    }
    document
}

fn with_resource(document: Value) -> Value {
    each_statement(document, |statement| {
        if statement.get("Resource").is_none() && statement.get("NotResource").is_none() {
            statement["Resource"] = "*".into();
        }
    })
}

fn without_role(document: Value) -> Value {
    each_statement(document, |statement| {
        if let Some(principal) = statement.get_mut("Principal") {
            let text = principal.to_string().replace(ROLE, "arn:aws:iam::999999999999:role/none");
            *principal = serde_json::from_str(&text).unwrap();
        }
    })
}

/// One request, for both.
fn request(random: &mut Random) -> (Request, evaluator::Request, bool) {
    let session = "arn:aws:sts::111111111111:assumed-role/flows/s";
    let (name, arn, account) = *random.pick(&[
        (ANN, ANN, Some(ONE)),
        (ROLE, ROLE, Some(ONE)),
        // No policy names the session: it stands for its role.
        (session, ROLE, Some(ONE)),
        (BOB, BOB, Some(TWO)),
        (SERVICE, SERVICE, None),
    ]);
    let principal = match account {
        Some(account) => Principal::Aws { arn: arn.to_owned(), account: account.to_owned() },
        None => Principal::Service(arn.to_owned()),
    };
    let (action, resource) = (*random.pick(ACTIONS), *random.pick(RESOURCES));
    let mut fast = Request::new(Caller::read(name).unwrap(), action, resource);
    let mut slow = evaluator::Request::new(principal, action, resource);
    for (key, values) in grammar::context(random) {
        fast = fast.with(&key, &values);
        slow = slow.with(&key, &values);
    }
    let told = resource.split(':').nth(4).filter(|account| !account.is_empty());
    if told.is_none() && random.chance(30) {
        fast.owner = Some((*random.pick(&[ONE, TWO])).to_owned());
    }
    let owner = fast.owner.clone().or(told.map(str::to_owned));
    let within = owner.is_none_or(|owner| account.is_none_or(|account| account == owner));
    (fast, slow, within)
}

#[test]
fn two_evaluators_agree() {
    println!("seed {SEED:#x}");
    let mut seen = [0_usize; 3];
    for number in 0..SITUATIONS {
        let random = &mut Random::of_case(SEED, number);
        let documents = Documents::random(random);
        let (situation, judge) = (documents.compiled(), Judge::new(&documents));
        for _ in 0..REQUESTS {
            let (fast, slow, within) = request(random);
            let decision = decide(&situation, &fast);
            let expected = judge.answer(&slow, within);
            let told = || format!("seed {SEED:#x}, situation {number}: {fast:?}\n{}", documents.shown());
            assert_eq!(decision.outcome, expected, "{}", told());
            assert!(decision.doubts.is_empty(), "doubts: {}", told());
            seen[decision.outcome as usize] += 1;
            let effect = decision.by.and_then(|found| found.statement.effect);
            match decision.outcome {
                Outcome::Allow => assert_eq!(effect, Some(Effect::Allow), "{}", told()),
                Outcome::ExplicitDeny => assert_eq!(effect, Some(Effect::Deny), "{}", told()),
                Outcome::ImplicitDeny => assert_eq!(effect, None, "{}", told()),
            }
            let nearest = decision.nearest(&situation, &fast);
            assert!(nearest.is_none_or(|nearest| !nearest.differences.is_empty()), "{}", told());
        }
    }
    println!("allowed, denied, not allowed: {seen:?}");
    assert!(seen.iter().all(|count| *count > 5_000), "one answer is rare: {seen:?}");
}
