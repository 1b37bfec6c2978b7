//! The schemas of `assets/schemas/` and the program agree: every file that is shipped fits its
//! schema, what a schema lets through the program reads, and names that both list are the same.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bedrock_policy::blueprint::{Blueprint, edit, file};
use bedrock_policy::catalog::capability::{
    Arguments, Attachment, Capability, Certainty, Choice, From, Grant, GrantEffect, Note, Parameter,
};
use bedrock_policy::catalog::document::{CommandSpec, DocumentKind, DocumentSpec, Phase, StepSpec, Subject};
use bedrock_policy::catalog::kinds::KINDS;
use bedrock_policy::catalog::messages::{Message, Severity};
use bedrock_policy::catalog::reference::Exception;
use bedrock_policy::catalog::{Catalog, ModelCalls};
use jsonschema::{Registry, Validator};
use serde::Deserialize;
use serde_json::{Value, json};

/// The forms. A schema that is none of them holds parts for the others.
const FORMS: &[&str] = &[
    "api-names",
    "blueprint",
    "capability",
    "document",
    "exceptions",
    "messages",
    "model-calls",
    "stars",
    "subjects",
];

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every schema by its name.
fn schemas() -> BTreeMap<String, Value> {
    let files = fs::read_dir(assets().join("schemas")).unwrap().map(|entry| entry.unwrap().path());
    let named = files.filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_suffix(".schema.json")?.to_owned();
        Some((name, read(&path)))
    });
    named.collect()
}

/// A validator for each form, with nothing to fetch.
fn validators() -> BTreeMap<&'static str, Validator> {
    let all = schemas();
    let mut registry = Registry::new();
    for (name, schema) in &all {
        registry = registry.add(format!("json-schema:///{name}.schema.json"), schema.clone()).unwrap();
    }
    let registry = registry.prepare().unwrap();
    let build = |form: &str| {
        let options = jsonschema::options().with_registry(&registry).offline();
        options.build(&all[form]).unwrap_or_else(|error| panic!("{form}: {error}"))
    };
    FORMS.iter().map(|form| (*form, build(form))).collect()
}

fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match path.extension() {
            _ if path.is_dir() => walk(&path, out),
            Some(extension) if extension == "json" => out.push(path),
            _ => {}
        }
    }
}

/// The hand-written files: form, name and content.
fn files() -> Vec<(&'static str, String, Value)> {
    let (mut paths, mut out) = (Vec::new(), Vec::new());
    walk(&assets(), &mut paths);
    paths.sort();
    for path in paths {
        let name = path.strip_prefix(assets()).unwrap().to_str().unwrap().replace('\\', "/");
        let form = match name.split_once('/') {
            Some(("reference" | "schemas", _)) => continue,
            Some(("capabilities", _)) => "capability",
            Some(("documents", _)) => "document",
            Some(("kinds", "model.json")) => "model-calls",
            None if name == "example.json" => "blueprint",
            _ => name.trim_end_matches(".json"),
        };
        let known = FORMS.iter().find(|known| **known == form);
        out.push((*known.unwrap_or_else(|| panic!("{name} has no schema")), name, read(&path)));
    }
    out
}

/// A blueprint as the program saves it, with every field it knows and some that it does not.
fn saved() -> Value {
    let mut blueprint = Blueprint::default();
    let catalog = Catalog::builtin();
    for id in catalog.capability_ids() {
        edit::tick(&mut blueprint, catalog, id).unwrap();
    }
    for assignment in ["flow.id=FLOW123456", "deny/regions.regions=us-east-1,us-west-2"] {
        edit::set(&mut blueprint, catalog, assignment).unwrap();
    }
    let scope = &mut blueprint.scope;
    (scope.partition, scope.region) = (Some("aws".into()), Some("us-east-1".into()));
    scope.account = Some("012345678901".into());
    let mut value: Value = serde_json::from_str(&file::write(&blueprint)).unwrap();
    value["profiles"] = json!([{
        "inferenceProfileArn": "arn:aws:bedrock:us-east-1:012345678901:inference-profile/us.a.b",
        "inferenceProfileId": "us.a.b",
        "models": [{ "modelArn": "arn:aws:bedrock:us-west-2::foundation-model/a.b" }],
    }]);
    let instance = "/ticks/0/instances/0";
    let values = format!("{instance}/values");
    for place in ["", "/scope", "/subjects/flow", "/ticks/0", instance, &values, "/profiles/0/models/0"] {
        value.pointer_mut(place).unwrap()["later"] = json!({ "by": "a newer version" });
    }
    let again = file::write(&file::read(&value.to_string()).unwrap());
    serde_json::from_str(&again).unwrap()
}

/// True when the program reads a file of this form.
fn reads(form: &str, value: &Value) -> bool {
    fn part<T: Deserialize<'static>>(value: &Value) -> bool {
        serde_json::from_str::<T>(value.to_string().leak()).is_ok()
    }
    match form {
        "api-names" => {
            let known = |names: &Vec<Value>| {
                names.iter().all(|one| one["name"].is_string() && one["action"].is_string())
            };
            value["names"].as_array().is_some_and(known) && part::<Vec<String>>(&value["prefixes"])
        }
        "blueprint" => file::read(&value.to_string()).is_ok(),
        "capability" => part::<Capability>(value),
        "document" => part::<DocumentSpec>(value),
        "exceptions" => part::<Vec<Exception>>(&value[form]),
        "messages" => part::<Vec<Message>>(&value[form]),
        "model-calls" => part::<ModelCalls>(value),
        "stars" => part::<BTreeMap<String, String>>(&value[form]),
        "subjects" => part::<Vec<Subject>>(&value[form]),
        _ => panic!("no form `{form}`"),
    }
}

/// Calls back with every node of a value and its JSON Pointer.
fn each<'a>(value: &'a Value, at: &str, see: &mut impl FnMut(&str, &'a Value)) {
    see(at, value);
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, inner)| each(inner, &format!("{at}/{}", escape(key)), see));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| each(item, &format!("{at}/{index}"), see));
        }
        _ => {}
    }
}

#[test]
fn every_schema_is_sound_and_tells_what_each_property_is() {
    for (name, schema) in schemas() {
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(schema["$id"], format!("{name}.schema.json"));
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        each(&schema, "", &mut |at, node| {
            if let Some(text) = node.as_str() {
                assert!(at == "/$schema" || !text.contains("://"), "{name}{at} names a host");
            }
            let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
            let test = at.contains("/if/") || at.contains("/then/");
            if parent.ends_with("/properties") && !test {
                let told = node["description"].as_str().unwrap_or_default();
                assert!(told.len() > 10 && told.ends_with('.'), "{name}{at} is not described");
            }
        });
    }
}

#[test]
fn every_file_fits_its_schema() {
    let validators = validators();
    let mut all = files();
    for form in FORMS.iter().filter(|form| **form != "blueprint") {
        assert!(all.iter().any(|(found, _, _)| found == form), "no file has the form `{form}`");
    }
    all.push(("blueprint", "a saved blueprint".into(), saved()));
    let mut wrong = Vec::new();
    for (form, name, value) in all {
        let errors = validators[form].iter_errors(&value);
        wrong.extend(errors.map(|error| format!("{name}{}: {error}", error.instance_path())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The file of a form that the broken variants are made of.
fn sound(form: &str) -> Value {
    match form {
        "blueprint" => saved(),
        "messages" => json!({ "messages": [{
            "code": "a-code", "severity": "error", "title": "t", "why": "w", "fix": "f", "bad": 1, "good": {},
        }] }),
        "capability" => read(&assets().join("capabilities/flow-node/s3-storage.json")),
        "document" => read(&assets().join("documents/bucket.json")),
        _ => files().into_iter().find(|(found, _, _)| *found == form).unwrap().2,
    }
}

#[test]
fn broken_variants_are_refused() {
    let validators = validators();
    let gone = Value::Null;
    for (form, place, key, wrong) in [
        ("capability", "", "titel", json!("Storage")),
        ("capability", "", "title", gone.clone()),
        ("capability", "", "title", json!(" ")),
        ("capability", "", "id", json!("storage")),
        ("capability", "", "single", json!("yes")),
        ("capability", "/parameters/0", "kind", json!("buckets")),
        ("capability", "/parameters/0", "kind", json!("choice")),
        ("capability", "/grants/0", "document", gone.clone()),
        ("capability", "/grants/0", "actions", gone.clone()),
        ("capability", "/grants/0", "not-actions", json!(["s3:GetObject"])),
        ("capability", "/grants/0", "effect", json!("allow")),
        ("capability", "/grants/0/resources", "0", json!("{bucket.arn")),
        ("capability", "/grants/0/resources", "0", json!("{Bucket.arn}/[x")),
        ("capability", "/grants/1/when", "owner side", json!("other")),
        ("document", "", "kind", json!("role")),
        ("document", "", "title", gone.clone()),
        ("document", "/steps/0", "phase", json!("later")),
        ("document", "/steps/0/command", "run", json!(["aws"])),
        ("document", "/steps/0/command/add-to-policy", "write", gone.clone()),
        ("subjects", "/subjects/0", "title", gone.clone()),
        ("subjects", "/subjects/0", "kind", json!("flow")),
        ("stars", "/stars", "typed", json!(["You typed it."])),
        ("messages", "", "version", json!(1)),
        ("messages", "/messages/0", "title", gone.clone()),
        ("messages", "/messages/0", "severity", json!("fatal")),
        ("messages", "/messages/0", "good", gone.clone()),
        ("model-calls", "/forms", "batch-job", json!([])),
        ("model-calls", "/forms/imported-model/0", "sid", gone.clone()),
        ("exceptions", "/exceptions/0", "resource_type", json!("model")),
        ("exceptions", "/exceptions/0", "action", json!("InvokeModel")),
        ("api-names", "/names/0", "action", gone.clone()),
        ("blueprint", "", "version", json!(2)),
        ("blueprint", "", "version", gone.clone()),
        ("blueprint", "/scope", "account", json!(12_345_678_901_u64)),
        ("blueprint", "/ticks/0", "capability", gone.clone()),
        ("blueprint", "/profiles/0", "models", json!([])),
    ] {
        let mut value = sound(form);
        assert!(validators[form].is_valid(&value), "{form} is not sound before it is broken");
        match value.pointer_mut(place).unwrap() {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = wrong.clone(),
            Value::Object(members) if wrong.is_null() => assert!(members.remove(key).is_some(), "no {key}"),
            node => node[key] = wrong.clone(),
        }
        assert!(!validators[form].is_valid(&value), "{form}{place}: `{key}` = {wrong} is let through");
    }
}

#[test]
fn what_a_schema_lets_through_the_program_reads() {
    let validators = validators();
    let mut all = vec![("blueprint", saved()), ("messages", sound("messages"))];
    for (form, _, value) in files() {
        // A file that is a list is judged item by item, so that a long one takes no longer than it must.
        match value[form].as_array() {
            Some(items) => all.extend(items.iter().map(|item| (form, json!({ (form): [item] })))),
            None => all.push((form, value)),
        }
    }
    let (mut judged, mut refused) = (0, 0);
    for (form, value) in all {
        assert!(reads(form, &value), "a shipped file of the form `{form}` does not read");
        let mut places = Vec::new();
        each(&value, "", &mut |at, _| places.push(at.to_owned()));
        for broken in places.iter().flat_map(|at| variants(&value, at)) {
            judged += 1;
            let valid = validators[form].is_valid(&broken);
            assert!(!valid || reads(form, &broken), "{form}: let through, and does not read: {broken}");
            refused += usize::from(!valid);
        }
    }
    assert!(judged > 2000 && refused > judged / 2, "{judged} judged, {refused} refused");
}

/// The value with another node in one place, without it, and with a key that nobody knows.
fn variants(value: &Value, at: &str) -> Vec<Value> {
    let with = |new: Value| {
        let mut copy = value.clone();
        *copy.pointer_mut(at).unwrap() = new;
        copy
    };
    let others =
        [json!(null), json!(true), json!(7), json!("{"), json!("x"), json!([]), json!([7]), json!({})];
    let mut out: Vec<Value> = others.into_iter().map(with).collect();
    if let Some(Value::Object(members)) = value.pointer(at) {
        for key in members.keys() {
            let mut fewer = members.clone();
            fewer.remove(key);
            out.push(with(Value::Object(fewer)));
        }
        let mut more = members.clone();
        more.insert("nobody-knows".into(), json!(7));
        out.push(with(Value::Object(more)));
    }
    out
}

/// The names that the program knows: those it tells when it meets one that it does not know.
fn told<T: Deserialize<'static>>(unknown: &'static str) -> Vec<String> {
    let error = serde_json::from_str::<T>(unknown).err().unwrap().to_string();
    let (_, list) = error.split_once("expected ").unwrap_or_else(|| panic!("{error}"));
    sorted(list.split('`').skip(1).step_by(2))
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

fn listed(schemas: &BTreeMap<String, Value>, place: &str) -> Vec<String> {
    let (name, at) = place.split_once('#').unwrap();
    let node = schemas[name].pointer(at).unwrap_or_else(|| panic!("there is no {place}"));
    match node {
        Value::Array(names) => sorted(names.iter().map(|name| name.as_str().unwrap())),
        _ if node.get("oneOf").is_some() => {
            let of = |branch: &str| listed(schemas, &format!("{place}/oneOf/{branch}"));
            sorted(of("0").iter().chain(&of("1/enum")).map(String::as_str))
        }
        _ => sorted(node["properties"].as_object().unwrap().keys().map(String::as_str)),
    }
}

#[test]
fn values_that_are_listed_are_those_of_the_program() {
    let schemas = schemas();
    let calls = Catalog::builtin().model_calls().unwrap();
    for (place, known) in [
        ("parts#/$defs/kind/enum", sorted(KINDS.iter().map(|kind| kind.name))),
        ("parts#/$defs/phase/enum", told::<Phase>("\"~\"")),
        ("parts#/$defs/certainty/enum", told::<Certainty>("\"~\"")),
        ("parts#/$defs/grant/properties/effect/enum", told::<GrantEffect>("\"~\"")),
        ("document#/$defs/document-kind/enum", told::<DocumentKind>("\"~\"")),
        ("messages#/$defs/severity/enum", told::<Severity>("\"~\"")),
        ("model-calls#/properties/forms/propertyNames/enum", sorted(calls.forms.keys().map(String::as_str))),
    ] {
        assert_eq!(listed(&schemas, place), known, "{place}");
    }
    assert_eq!(schemas["blueprint"]["properties"]["version"]["const"], file::VERSION);
}

#[test]
fn fields_are_those_of_the_program_and_closed_where_it_refuses_others() {
    let schemas = schemas();
    let mut closed = BTreeSet::from(["messages#".to_owned()]);
    for (place, known) in [
        ("capability#", told::<Capability>("{\"~\":0}")),
        ("capability#/$defs/note", told::<Note>("{\"~\":0}")),
        ("capability#/$defs/arguments", told::<Arguments>("{\"~\":0}")),
        ("capability#/$defs/attachment", told::<Attachment>("{\"~\":0}")),
        ("document#", told::<DocumentSpec>("{\"~\":0}")),
        ("exceptions#/$defs/exception", told::<Exception>("{\"~\":0}")),
        ("messages#/$defs/message", told::<Message>("{\"~\":0}")),
        ("model-calls#", told::<ModelCalls>("{\"~\":0}")),
        ("parts#/$defs/choice", told::<Choice>("{\"~\":0}")),
        ("parts#/$defs/command", told::<CommandSpec>("{\"~\":0}")),
        ("parts#/$defs/grant", told::<Grant>("{\"~\":0}")),
        ("parts#/$defs/parameter", told::<Parameter>("{\"~\":0}")),
        ("parts#/$defs/place", told::<From>("{\"~\":0}")),
        ("parts#/$defs/step", told::<StepSpec>("{\"~\":0}")),
        ("subjects#/$defs/subject", told::<Subject>("{\"~\":0}")),
    ] {
        assert_eq!(listed(&schemas, place), known, "{place}");
        closed.insert(place.to_owned());
    }
    let mut found = BTreeSet::new();
    for (name, schema) in &schemas {
        each(schema, "", &mut |at, node| {
            if node.get("additionalProperties") == Some(&Value::Bool(false)) {
                found.insert(format!("{name}#{}", at.trim_end_matches("/oneOf/0")));
            }
        });
    }
    assert_eq!(found, closed);
}
