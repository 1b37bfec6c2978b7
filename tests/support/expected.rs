//! Reads `tests/data/expected-calls.json` and makes blueprints of its rows, each with the calls
//! that must be possible.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "support of tests: a wrong table should panic"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use bedrock_policy::blueprint::{Blueprint, edit};
use bedrock_policy::catalog::Catalog;
use serde::Deserialize;

use crate::evaluator::{Context, Principal};
use crate::filled::{Filled, Vars};
use crate::random::{Place, Random};

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub about: Vec<String>,
    pub variables: BTreeMap<String, String>,
    pub free: BTreeMap<String, String>,
    pub principals: BTreeMap<String, String>,
    pub trust: BTreeMap<String, Calls>,
    pub always: Vec<[String; 2]>,
    pub models: Vec<Model>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    pub judge: String,
    pub who: Option<String>,
    pub actions: Vec<String>,
    pub resources: Vec<String>,
    #[serde(default)]
    pub context: BTreeMap<String, String>,
    #[serde(rename = "while")]
    pub only_while: Option<String>,
    #[serde(default)]
    pub answer: Answer,
    pub facts: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    #[default]
    Allow,
    Deny,
    Pass,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub form: String,
    pub value: String,
    pub facts: String,
    #[serde(default)]
    pub regions: Vec<String>,
    pub response: Option<serde_json::Value>,
    pub calls: Vec<Calls>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsesModel {
    pub parameter: String,
    pub regions: String,
    pub judge: String,
    pub calls: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    #[serde(rename = "row")]
    pub name: String,
    pub facts: String,
    #[serde(default)]
    pub tick: Vec<String>,
    #[serde(default)]
    pub set: Vec<[String; 2]>,
    pub trust: Option<String>,
    pub model: Option<UsesModel>,
    #[serde(default)]
    pub pinned_flow: bool,
    pub once: Option<String>,
    pub calls: Vec<Calls>,
    #[serde(default)]
    pub denied: Vec<Calls>,
}

/// One call that must be possible, or must not.
#[derive(Clone, Debug)]
pub struct Call {
    /// The row and the facts it rests on.
    pub row: String,
    pub judge: String,
    pub who: Option<Principal>,
    pub answer: Answer,
    pub action: String,
    pub resource: Filled,
    pub context: Vec<(String, Filled)>,
    pub vars: Arc<Vars>,
}

/// One generated blueprint and what it must allow.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    pub blueprint: Blueprint,
    pub calls: Vec<Call>,
    pub denied: Vec<Call>,
    pub place: Place,
    pub flow_given: bool,
}

impl Call {
    /// The request's context as the row has it.
    pub fn sample_context(&self) -> Context {
        self.context.iter().map(|(key, value)| (key.clone(), vec![value.sample.clone()])).collect()
    }

    /// Whether a request is this call, perhaps with more in its context.
    pub fn covers(&self, who: Option<&Principal>, resource: &str, context: &Context) -> bool {
        (self.who.is_none() || self.who.as_ref() == who)
            && self.resource.stands_for(resource)
            && self.context.iter().all(|(key, value)| {
                context.get(key).is_some_and(|all| all.len() == 1 && value.stands_for(&all[0]))
            })
    }
}

impl Table {
    /// Reads the file.
    ///
    /// # Panics
    /// If it is not what this module knows.
    pub fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/expected-calls.json");
        let text = std::fs::read_to_string(path).expect("expected-calls.json is there");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("expected-calls.json: {error}"))
    }

    /// A blueprint of some rows, drawn by chance.
    pub fn draw(&self, seed: u64, number: usize) -> Case {
        let mut random = Random::of_case(seed, number);
        let share = *random.pick(&[2, 5, 10, 25, 60]);
        let mut rows: Vec<&Row> = self.rows.iter().filter(|_| random.chance(share)).collect();
        if rows.is_empty() {
            rows.push(random.pick(&self.rows));
        }
        let mut groups = Vec::new();
        random.shuffle(&mut rows);
        rows.retain(|row| {
            let again = row.once.as_ref().is_some_and(|once| groups.contains(once));
            groups.extend(row.once.clone());
            !again
        });
        self.case(&rows, &format!("blueprint {number} of seed {seed}"), &mut random)
    }

    /// A blueprint of these rows, with random values.
    pub fn case(&self, rows: &[&Row], name: &str, random: &mut Random) -> Case {
        let place = Place::random(random);
        let flow_given = random.chance(70) || rows.iter().any(|row| row.pinned_flow);
        let shared = Vars::new(self, None, &place, random);
        let shared = if flow_given { shared } else { shared.freed("flow") };
        let mut making = Making {
            table: self,
            ticked: rows.iter().flat_map(|row| capabilities(row)).collect(),
            case: Case {
                name: name.to_owned(),
                blueprint: Blueprint::default(),
                calls: Vec::new(),
                denied: Vec::new(),
                place,
                flow_given,
            },
        };
        making.scope(&shared, random);
        for (number, row) in rows.iter().enumerate() {
            let vars = Arc::new(Vars::new(self, Some(&shared), &making.case.place, random));
            making.row(row, number, &vars, random);
        }
        making.case
    }
}

fn capabilities(row: &Row) -> impl Iterator<Item = &str> {
    let set = row.set.iter().map(|[path, _]| path.as_str());
    let model = row.model.iter().map(|model| model.parameter.as_str());
    let owners = set.chain(model).filter_map(|path| Some(path.rsplit_once('.')?.0));
    row.tick.iter().map(String::as_str).chain(owners)
}

struct Making<'a> {
    table: &'a Table,
    ticked: Vec<&'a str>,
    case: Case,
}

impl Making<'_> {
    fn set(&mut self, path: &str, instance: Option<usize>, value: &str) {
        let (owner, parameter) = path.rsplit_once('.').expect("a path has a dot");
        let name = instance.map_or_else(String::new, |number| format!("@r{number}"));
        let assignment = format!("{owner}{name}.{parameter}={value}");
        edit::set(&mut self.case.blueprint, Catalog::builtin(), &assignment)
            .unwrap_or_else(|refused| panic!("{assignment}: {refused:?}"));
    }

    fn scope(&mut self, vars: &Vars, random: &mut Random) {
        let scope = &mut self.case.blueprint.scope;
        scope.region = Some(self.case.place.region.clone());
        scope.account = Some(self.case.place.account.clone());
        scope.partition = random.chance(50).then(|| self.case.place.partition.clone());
        let always = &self.table.always;
        for [path, value] in always {
            self.set(path, None, &vars.fill(value).sample);
        }
        if self.case.flow_given {
            let template = *random.pick(&["$flow", "arn:$partition:bedrock:$region:$account:flow/$flow"]);
            self.set("flow.id", None, &vars.fill(template).sample);
        }
    }

    fn row(&mut self, row: &Row, number: usize, vars: &Arc<Vars>, random: &mut Random) {
        for id in &row.tick {
            edit::tick(&mut self.case.blueprint, Catalog::builtin(), id).expect("a known capability");
        }
        for [path, value] in &row.set {
            self.set(path, Some(number), &vars.fill(value).sample);
        }
        let label = format!("{} ({})", row.name, row.facts);
        for calls in row.calls.iter().chain(row.trust.as_ref().map(|trust| &self.table.trust[trust])) {
            self.add(calls, &label, vars, |text| vec![text.to_owned()]);
        }
        for calls in &row.denied {
            let denied = self.calls(calls, &label, vars, |text| vec![text.to_owned()]);
            self.case.denied.extend(denied);
        }
        let Some(uses) = &row.model else { return };
        let model = random.pick(&self.table.models);
        self.set(&uses.parameter, Some(number), &vars.fill(&model.value).sample);
        for region in &model.regions {
            self.set(&uses.regions, Some(number), &vars.fill(region).sample);
        }
        if let Some(response) = &model.response {
            let text = vars.fill(&response.to_string()).sample;
            let parsed = bedrock_policy::policy::parse::parse(&text);
            self.case.blueprint.profiles.push(parsed.root.expect("it is JSON"));
        }
        let label = format!("{}, {} ({})", row.name, model.form, model.facts);
        for calls in &model.calls {
            let calls = Calls { judge: calls.judge.replace("$judge", &uses.judge), ..calls.clone() };
            self.add(&calls, &label, vars, |action| {
                if action == "$call" { uses.calls.clone() } else { vec![action.to_owned()] }
            });
        }
    }

    fn add(&mut self, spec: &Calls, label: &str, vars: &Arc<Vars>, actions: impl Fn(&str) -> Vec<String>) {
        let calls = self.calls(spec, label, vars, actions);
        for call in calls {
            let same = |old: &&Call| old.row == call.row || call.judge.starts_with("trust:");
            let known = self.case.calls.iter().filter(same).any(|old| {
                (&old.judge, &old.who, &old.action, &old.resource, &old.context)
                    == (&call.judge, &call.who, &call.action, &call.resource, &call.context)
            });
            if !known {
                self.case.calls.push(call);
            }
        }
    }

    fn calls(
        &self,
        spec: &Calls,
        label: &str,
        vars: &Arc<Vars>,
        actions: impl Fn(&str) -> Vec<String>,
    ) -> Vec<Call> {
        if spec.only_while.as_ref().is_some_and(|id| !self.ticked.contains(&id.as_str())) {
            return Vec::new();
        }
        let who = spec.who.as_ref().map(|who| match who.strip_prefix("service:") {
            Some(service) => Principal::Service(service.to_owned()),
            None => Principal::Aws {
                arn: vars.fill(&self.table.principals[who]).sample,
                account: self.case.place.account.clone(),
            },
        });
        let mut out = Vec::new();
        for action in spec.actions.iter().flat_map(|action| actions(action)) {
            for resource in &spec.resources {
                out.push(Call {
                    row: label.to_owned(),
                    judge: vars.fill(&spec.judge).sample,
                    who: who.clone(),
                    answer: spec.answer,
                    action: action.clone(),
                    resource: vars.fill(resource),
                    context: spec.context.iter().map(|(key, v)| (key.clone(), vars.fill(v))).collect(),
                    vars: Arc::clone(vars),
                });
            }
        }
        out
    }
}
