//! Builds that together show everything the program can write, read statement by statement.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every test binary")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "support of tests: a wrong document should panic"
)]

use std::collections::BTreeSet;
use std::path::Path;

use bedrock_policy::blueprint::{Blueprint, edit};
use bedrock_policy::catalog::Catalog;
use bedrock_policy::compose::{Bundle, Step, compose, runbook};
use bedrock_policy::export;
use bedrock_policy::policy::print::pretty;
use serde_json::Value;

use crate::expected::{Row, Table};
use crate::random::{Place, Random};
use crate::universe::Universe;

/// Everything that checks look at.
pub struct World {
    pub builds: Vec<Build>,
    /// The strings of capabilities, documents, subjects, stars and messages, with their files.
    pub texts: Vec<(String, String)>,
    pub universe: Universe,
    pub catalog: &'static Catalog,
}

/// One blueprint and what was made of it.
pub struct Build {
    pub name: String,
    pub place: Place,
    pub flow_given: bool,
    pub legacy: bool,
    /// False for builds whose values are all missing.
    pub filled: bool,
    pub blueprint: Blueprint,
    pub bundle: Bundle,
    pub steps: Vec<Step>,
    /// Documents and runbook as they are shown.
    pub text: String,
    pub statements: Vec<Statement>,
}

/// One statement of one document.
#[derive(Clone, Debug)]
pub struct Statement {
    pub document: String,
    pub kind: &'static str,
    pub sid: String,
    pub effect: String,
    pub actions: Vec<String>,
    pub resources: Vec<String>,
    /// Operator, key, value.
    pub conditions: Vec<(String, String, String)>,
    /// Kind and name.
    pub principals: Vec<(String, String)>,
}

impl World {
    pub fn make() -> Self {
        let table = Table::read();
        let mut builds = Vec::new();
        for round in 0..12 {
            for (gov, flow_given, legacy) in KINDS {
                builds.push(filled(&table, round, gov, flow_given, legacy));
            }
        }
        for region in ["eu-central-1", "us-gov-west-1"] {
            builds.push(bare(region));
        }
        Self { builds, texts: texts(), universe: Universe::read(), catalog: Catalog::builtin() }
    }

    /// Every statement with its build.
    pub fn statements(&self) -> impl Iterator<Item = (&Build, &Statement)> {
        self.builds.iter().flat_map(|build| build.statements.iter().map(move |one| (build, one)))
    }

    /// Those of builds in which every value is given.
    pub fn filled(&self) -> impl Iterator<Item = (&Build, &Statement)> {
        self.statements().filter(|(build, _)| build.filled)
    }

    /// A service's part of the reference.
    pub fn service(&self, prefix: &str) -> &Value {
        &self.universe.services[prefix]
    }

    /// One IAM action of the reference.
    pub fn action(&self, name: &str) -> Option<&Value> {
        let (prefix, name) = name.split_once(':')?;
        self.universe.services.get(prefix)?["actions"].get(name)
    }

    /// The resource types of an IAM action, without the mark for required ones.
    pub fn types(&self, action: &str) -> Vec<String> {
        strings(self.action(action).map_or(&Value::Null, |action| &action["resources"]))
            .map(|name| name.trim_end_matches('*').to_owned())
            .collect()
    }

    /// The words of one capability: everything in its file.
    pub fn words(&self, capability: &str) -> String {
        let file = format!("capabilities/{capability}.json");
        let words: Vec<&str> =
            self.texts.iter().filter(|(of, _)| *of == file).map(|(_, text)| text.as_str()).collect();
        assert!(!words.is_empty(), "no words of {capability}");
        words.join("\n")
    }
}

/// Partition, whether the flow's id is given, whether the flow is an old one.
const KINDS: [(bool, bool, bool); 6] = [
    (false, true, false),
    (false, true, true),
    (false, false, false),
    (true, true, false),
    (true, true, true),
    (true, false, false),
];

fn filled(table: &Table, round: usize, gov: bool, flow_given: bool, legacy: bool) -> Build {
    let mut taken = BTreeSet::new();
    let mut rows: Vec<&Row> = table.rows.iter().collect();
    let start = round * 7 % rows.len();
    rows.rotate_left(start);
    rows.retain(|row| row.once.clone().is_none_or(|once| taken.insert(once)));
    rows.retain(|row| legacy || !row.pinned_flow);
    for attempt in 0.. {
        let mut random = Random::of_case(round as u64, attempt);
        let case = table.case(&rows, "", &mut random);
        if (case.place.partition != "aws") == gov && case.flow_given == flow_given {
            let name = format!("round {round}, gov {gov}, flow given {flow_given}, legacy {legacy}");
            return Build { flow_given, legacy, ..build(&name, case.blueprint, case.place) };
        }
    }
    unreachable!("some case is of every kind")
}

/// Every capability ticked and nothing given.
fn bare(region: &str) -> Build {
    let catalog = Catalog::builtin();
    let mut blueprint = Blueprint::default();
    for id in catalog.capability_ids() {
        edit::tick(&mut blueprint, catalog, id).expect("a known capability");
    }
    blueprint.scope.region = Some(region.to_owned());
    let partition = if region.contains("gov") { "aws-us-gov" } else { "aws" };
    let place = Place { partition: partition.into(), region: region.into(), account: String::new() };
    Build { filled: false, legacy: true, ..build(&format!("nothing given, {region}"), blueprint, place) }
}

fn build(name: &str, blueprint: Blueprint, place: Place) -> Build {
    let bundle = compose(Catalog::builtin(), &blueprint);
    let mut statements = Vec::new();
    for document in &bundle.documents {
        let text = pretty(&document.root);
        let value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let keys: Vec<&String> = value.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["Version", "Statement"], "{}: a whole document", document.name);
        for one in value["Statement"].as_array().expect("a list") {
            statements.push(statement(&document.name, document.kind.word(), one));
        }
    }
    let steps = runbook::steps(Catalog::builtin(), &blueprint, &bundle);
    let text = export::text::bundle(Catalog::builtin(), &bundle, &steps);
    Build {
        name: name.to_owned(),
        place,
        flow_given: false,
        legacy: false,
        filled: true,
        blueprint,
        bundle,
        steps,
        text,
        statements,
    }
}

fn statement(document: &str, kind: &'static str, value: &Value) -> Statement {
    let list = |element: &str| strings(&value[element]).map(str::to_owned).collect();
    let mut conditions = Vec::new();
    for (operator, keys) in value["Condition"].as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().expect("keys") {
            conditions.extend(strings(values).map(|one| (operator.clone(), key.clone(), one.to_owned())));
        }
    }
    let principals = value["Principal"].as_object().into_iter().flatten();
    Statement {
        document: document.to_owned(),
        kind,
        sid: value["Sid"].as_str().unwrap_or_default().to_owned(),
        effect: value["Effect"].as_str().expect("an effect").to_owned(),
        actions: list("Action"),
        resources: list("Resource"),
        conditions,
        principals: principals
            .flat_map(|(kind, names)| strings(names).map(|name| (kind.clone(), name.to_owned())))
            .collect(),
    }
}

/// The strings of a value that is one or a list of them.
pub fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_str().into_iter().chain(value.as_array().into_iter().flatten().filter_map(Value::as_str))
}

impl Statement {
    pub fn has(&self, action: &str) -> bool {
        self.actions.iter().any(|one| one == action)
    }

    /// The values of a condition key.
    pub fn values(&self, key: &str) -> Vec<&str> {
        self.conditions.iter().filter(|(_, one, _)| one == key).map(|(_, _, value)| value.as_str()).collect()
    }

    /// Every text that stands in it.
    pub fn leaves(&self) -> impl Iterator<Item = &str> {
        let conditions = self.conditions.iter().flat_map(|(operator, key, value)| [operator, key, value]);
        let principals = self.principals.iter().map(|(_, name)| name);
        let own = [&self.sid, &self.effect].into_iter();
        let all = own.chain(&self.actions).chain(&self.resources).chain(conditions).chain(principals);
        all.map(String::as_str)
    }
}

/// All strings of the asset files that hold words.
fn texts() -> Vec<(String, String)> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let mut out = Vec::new();
    let mut folders = vec![assets.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            let name = path.strip_prefix(&assets).expect("inside").to_string_lossy().into_owned();
            if path.is_dir() && name != "reference" && name != "schemas" {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "json") && !name.starts_with("schema") {
                let text = std::fs::read_to_string(&path).expect("text");
                collect(&serde_json::from_str(&text).expect("JSON"), &name, &mut out);
            }
        }
    }
    out.sort();
    out
}

fn collect(value: &Value, name: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => out.push((name.to_owned(), text.clone())),
        Value::Array(list) => list.iter().for_each(|one| collect(one, name, out)),
        Value::Object(map) => map.values().for_each(|one| collect(one, name, out)),
        _ => {}
    }
}
