//! Judges composed documents: what must be possible is, its twins and everything else are not.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "support of tests: a wrong table should panic"
)]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::evaluator::{self, Context, Decision, Parsed, Principal, Request};
use crate::expected::{Answer, Call, Case};
use crate::random::Random;
use crate::twins::{another_sample, others, strange_callers};
use crate::universe::Universe;

/// What was judged, in figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub blueprints: usize,
    pub calls: usize,
    pub twins: usize,
    /// IAM actions of the reference held against a document.
    pub actions: usize,
    /// Pairs of an IAM action that some statement speaks of and a resource that nobody asked for.
    pub strangers: usize,
}

impl Tally {
    pub fn add(&mut self, more: &Self) {
        self.blueprints += more.blueprints;
        self.calls += more.calls;
        self.twins += more.twins;
        self.actions += more.actions;
        self.strangers += more.strangers;
    }
}

/// How a document is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Identity,
    Resource,
    Key,
    Trust,
    Limit,
}

/// All parts of one document.
struct Judged {
    judge: String,
    way: Way,
    parts: Vec<Parsed>,
    /// The same without its conditions: what this denies no context allows.
    bare: Vec<Parsed>,
    denies: bool,
    allows: bool,
}

struct Hearing<'a> {
    case: &'a Case,
    documents: BTreeMap<String, Judged>,
    problems: Vec<String>,
    tally: Tally,
    random: Random,
}

/// Judges the documents that a case's blueprint was composed to. The answer lists what is wrong.
pub fn judge(
    case: &Case,
    documents: &[(String, Value)],
    universe: &Universe,
    tally: &mut Tally,
) -> Vec<String> {
    let mut hearing = Hearing {
        case,
        documents: BTreeMap::new(),
        problems: Vec::new(),
        tally: Tally { blueprints: 1, ..Tally::default() },
        random: Random::new(case.name.bytes().fold(0x5EED, |sum, b| (sum * 31 + u64::from(b)) & 0xFFFF_FFFF)),
    };
    hearing.sort(documents);
    hearing.calls();
    hearing.twins();
    hearing.strangers(universe);
    tally.add(&hearing.tally);
    hearing.problems
}

/// `flow-role` for `flow-role-2`, when there is a `flow-role`.
fn base<'a>(name: &'a str, documents: &[(String, Value)]) -> &'a str {
    let split = name.rsplit_once('-').filter(|(base, part)| {
        part.parse::<u8>().is_ok() && documents.iter().any(|(other, _)| other == base)
    });
    split.map_or(name, |(base, _)| base)
}

fn without_conditions(document: &Value) -> Value {
    let mut bare = document.clone();
    for statement in bare["Statement"].as_array_mut().expect("statements are a list") {
        statement.as_object_mut().expect("an object").shift_remove("Condition");
    }
    bare
}

impl Hearing<'_> {
    fn problem(&mut self, text: &str) {
        self.problems.push(format!("{}: {text}", self.case.name));
    }

    /// Finds out which document is asked how; each must be expected, each expected one be there.
    fn sort(&mut self, documents: &[(String, Value)]) {
        let by_name: BTreeMap<&str, &str> = self
            .case
            .calls
            .iter()
            .map(|call| {
                let (_, name) = call.judge.split_once(':').expect("a judge has a colon");
                (name, call.judge.as_str())
            })
            .collect();
        for (name, document) in documents {
            let name = base(name, documents);
            let Some(judge) = by_name.get(name) else {
                self.problem(&format!("nobody asked for the document {name}"));
                continue;
            };
            let way = Way::of(judge);
            let effect = |wanted: &str| {
                let statements = document["Statement"].as_array().expect("statements are a list");
                statements.iter().any(|statement| statement["Effect"] == wanted)
            };
            let judged = self.documents.entry((*judge).to_owned()).or_insert_with(|| Judged {
                judge: (*judge).to_owned(),
                way,
                parts: Vec::new(),
                bare: Vec::new(),
                denies: false,
                allows: false,
            });
            judged.parts.push(Parsed::new(document));
            judged.bare.push(Parsed::new(&without_conditions(document)));
            judged.denies |= effect("Deny");
            judged.allows |= effect("Allow");
        }
    }

    /// Everything expected is so.
    fn calls(&mut self) {
        let case = self.case;
        for (call, must) in case.calls.iter().map(|c| (c, true)).chain(case.denied.iter().map(|c| (c, false)))
        {
            let Some(judged) = self.documents.get(&call.judge) else {
                self.problem(&format!("there is no {} for {}", call.judge, call.row));
                continue;
            };
            let wanted = match (must, call.answer) {
                (true, Answer::Allow) => Decision::Allow,
                (true, Answer::Deny) => Decision::ExplicitDeny,
                (false, _) | (true, Answer::Pass) => Decision::ImplicitDeny,
            };
            let mut resources = vec![call.resource.sample.clone()];
            resources.extend(another_sample(call, &mut self.random));
            for resource in resources {
                let found = judged.decide(call.who.as_ref(), &call.action, &resource, &call.sample_context());
                self.tally.calls += 1;
                if found != wanted {
                    let shown = show(call, &resource, &call.sample_context());
                    self.problems.push(format!("{}: {found:?}, not {wanted:?}: {shown}", case.name));
                }
            }
        }
    }

    /// What differs from an expected call in one thing is not allowed, unless it is expected too.
    fn twins(&mut self) {
        let case = self.case;
        for call in case.calls.iter().filter(|call| call.answer == Answer::Allow) {
            let Some(judged) = self.documents.get(&call.judge) else { continue };
            let context = call.sample_context();
            let mut twins: Vec<(Option<Principal>, String, Context)> = Vec::new();
            // A key or trust policy is asked about its own key or role only.
            let own = matches!(judged.way, Way::Key | Way::Trust);
            for resource in others(call, &call.resource, &mut self.random).into_iter().filter(|_| !own) {
                twins.push((call.who.clone(), resource, context.clone()));
            }
            for (key, filled) in &call.context {
                let mut missing = context.clone();
                missing.remove(key);
                twins.push((call.who.clone(), call.resource.sample.clone(), missing));
                for wrong in others(call, filled, &mut self.random) {
                    let mut context = context.clone();
                    context.insert(key.clone(), vec![wrong]);
                    twins.push((call.who.clone(), call.resource.sample.clone(), context));
                }
            }
            for who in strange_callers(call, &mut self.random) {
                twins.push((Some(who), call.resource.sample.clone(), context.clone()));
            }
            for (who, resource, context) in twins {
                if is_expected(case, call, who.as_ref(), &resource, &context) {
                    continue;
                }
                self.tally.twins += 1;
                if judged.decide(who.as_ref(), &call.action, &resource, &context) == Decision::Allow {
                    let shown = show(call, &resource, &context);
                    self.problems.push(format!("{}: a twin is allowed for {who:?}: {shown}", case.name));
                }
            }
        }
    }

    /// Every other IAM action on every resource named, and on strangers, is denied.
    fn strangers(&mut self, universe: &Universe) {
        let named = named_resources(self.case);
        let strangers = universe.strangers(&self.case.place, &mut self.random);
        let none = Vec::new();
        for judged in self.documents.values() {
            let mine: Vec<&Call> = self.case.calls.iter().filter(|call| call.judge == judged.judge).collect();
            if judged.way == Way::Limit {
                limit_is_only_that(judged, universe, &mut self.problems);
                self.tally.actions += universe.actions.len();
                continue;
            }
            if judged.denies {
                self.problems.push(format!("{}: a deny that nobody asked for", judged.judge));
            }
            let mut asking = Asking::new(judged, &mine, &mut self.random);
            for (service, action) in &universe.actions {
                self.tally.actions += 1;
                if !judged.parts.iter().any(|part| part.could_match_action(action)) {
                    continue;
                }
                let strange = strangers.get(service).unwrap_or(&none);
                let all = match judged.way {
                    Way::Key | Way::Trust => mine.iter().map(|call| call.resource.sample.clone()).collect(),
                    _ => [&named[..], &strange[..]].concat(),
                };
                self.tally.strangers += all.len();
                asking.ask(action, &all, &self.case.name, &mut self.problems);
            }
        }
    }
}

/// Asks one document about an IAM action on many resources.
struct Asking<'a> {
    judged: &'a Judged,
    calls: &'a [&'a Call],
    callers: Vec<Option<Principal>>,
    contexts: Vec<Context>,
}

impl<'a> Asking<'a> {
    fn new(judged: &'a Judged, calls: &'a [&'a Call], random: &mut Random) -> Self {
        let mut this = Self { judged, calls, callers: Vec::new(), contexts: vec![Context::new()] };
        for call in calls {
            let context = call.sample_context();
            if !this.contexts.contains(&context) {
                this.contexts.push(context);
            }
            for who in std::iter::once(call.who.clone()).chain(strange_callers(call, random).map(Some)) {
                if !this.callers.contains(&who) {
                    this.callers.push(who);
                }
            }
        }
        this
    }

    fn ask(&mut self, action: &str, resources: &[String], name: &str, problems: &mut Vec<String>) {
        let calls: Vec<_> =
            self.calls.iter().filter(|call| call.action.eq_ignore_ascii_case(action)).collect();
        for resource in resources {
            for who in &self.callers {
                let none = Context::new();
                if self.judged.decide_by(&self.judged.bare, who.as_ref(), action, resource, &none)
                    != Decision::Allow
                {
                    continue;
                }
                for context in &self.contexts {
                    let expected = calls.iter().any(|call| call.covers(who.as_ref(), resource, context));
                    if !expected
                        && self.judged.decide(who.as_ref(), action, resource, context) == Decision::Allow
                    {
                        problems.push(format!(
                            "{name}: nobody asked for {action} on {resource} in {} with {context:?} for {who:?}",
                            self.judged.judge
                        ));
                    }
                }
            }
        }
    }
}

impl Judged {
    fn decide(&self, who: Option<&Principal>, action: &str, resource: &str, context: &Context) -> Decision {
        self.decide_by(&self.parts, who, action, resource, context)
    }

    fn decide_by(
        &self,
        parts: &[Parsed],
        who: Option<&Principal>,
        action: &str,
        resource: &str,
        context: &Context,
    ) -> Decision {
        let nobody = || Principal::Aws { arn: "arn:aws:iam::0:role/x".into(), account: "0".into() };
        let request = Request {
            principal: who.cloned().unwrap_or_else(nobody),
            action: action.to_owned(),
            resource: resource.to_owned(),
            context: context.clone(),
        };
        self.way.decide(parts, &request)
    }
}

impl Way {
    fn of(judge: &str) -> Self {
        match judge.split_once(':').expect("a judge has a colon").0 {
            "identity" => Self::Identity,
            "resource" => Self::Resource,
            "key" => Self::Key,
            "trust" => Self::Trust,
            "limit" => Self::Limit,
            other => panic!("expected-calls.json: no judge {other}"),
        }
    }

    fn decide(self, parts: &[Parsed], request: &Request) -> Decision {
        match self {
            Self::Identity | Self::Limit => evaluator::identity(&parts.iter().collect::<Vec<_>>(), request),
            Self::Resource | Self::Key => evaluator::resource_based(&parts[0], request),
            Self::Trust => evaluator::trust(&parts[0], request),
        }
    }
}

/// Which of the calls the documents allow; a document that is not there allows nothing.
pub fn allowed(documents: &[(String, Value)], calls: &[Call]) -> Vec<bool> {
    let mut parts: BTreeMap<&str, Vec<Parsed>> = BTreeMap::new();
    for (name, document) in documents {
        parts.entry(base(name, documents)).or_default().push(Parsed::new(document));
    }
    let nobody = Principal::Service("nobody.amazonaws.com".to_owned());
    let decide = |call: &Call| {
        let (_, name) = call.judge.split_once(':').expect("a judge has a colon");
        let request = Request {
            principal: call.who.clone().unwrap_or_else(|| nobody.clone()),
            action: call.action.clone(),
            resource: call.resource.sample.clone(),
            context: call.sample_context(),
        };
        parts.get(name).is_some_and(|parts| Way::of(&call.judge).decide(parts, &request) == Decision::Allow)
    };
    calls.iter().map(decide).collect()
}

/// A document that limits grants nothing, and speaks of nothing but Bedrock.
fn limit_is_only_that(judged: &Judged, universe: &Universe, problems: &mut Vec<String>) {
    if judged.allows {
        problems.push(format!("{}: an allow that nobody asked for", judged.judge));
    }
    for (service, action) in &universe.actions {
        let speaks = judged.parts.iter().any(|part| part.could_match_action(action));
        if speaks != (service == "bedrock") {
            problems.push(format!("{}: speaks of {action}: {speaks}", judged.judge));
        }
    }
}

fn is_expected(case: &Case, like: &Call, who: Option<&Principal>, resource: &str, context: &Context) -> bool {
    let same = |call: &&Call| call.judge == like.judge && call.action == like.action;
    case.calls.iter().filter(same).any(|call| call.covers(who, resource, context))
}

/// Every resource that the blueprint speaks of, and `*`.
fn named_resources(case: &Case) -> Vec<String> {
    let mut out: Vec<String> = case.calls.iter().map(|call| call.resource.sample.clone()).collect();
    out.extend(case.denied.iter().map(|call| call.resource.sample.clone()));
    out.push("*".to_owned());
    out.sort_unstable();
    out.dedup();
    out
}

fn show(call: &Call, resource: &str, context: &Context) -> String {
    format!("{} on {resource} with {context:?}, {} of {}", call.action, call.judge, call.row)
}
