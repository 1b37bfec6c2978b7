//! Hostile text on the command line and in files: told without acting on the terminal, flagged in every
//! value, and kept to the letter in JSON.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::ffi::OsString;
use std::fs;

use bedrock_policy::blueprint::file;
use bedrock_policy::catalog::Catalog;
use bedrock_policy::catalog::capability::Parameter;
use bedrock_policy::catalog::kinds::{KINDS, common_problems, kind};
use bedrock_policy::cli::{Exit, Output, run};
use bedrock_policy::compose::compose;
use bedrock_policy::import::names::names;
use bedrock_policy::import::profile_response;
use bedrock_policy::lint::{Finding, lint};
use bedrock_policy::text::{is_hidden, refused, visible_lines};
use serde_json::{Value, json};

#[path = "support/hostile.rs"]
mod hostile;

use hostile::{Class, strings};

/// What a run wrote, and how it ended.
fn ran(arguments: &[&str]) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let all = ["bedrock-policy"].iter().chain(arguments).map(OsString::from);
    let exit = run(all, &mut Output::new(&mut out, &mut err));
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// What people read: nothing hidden, but for the ends of lines.
#[track_caller]
fn harmless(text: &str, told: &dyn std::fmt::Debug) {
    let hidden = text.chars().find(|c| *c != '\n' && is_hidden(*c));
    assert_eq!(hidden, None, "{told:?}: {text:?}");
}

#[test]
fn arguments_are_told_without_acting_on_the_terminal() {
    for one in strings().iter().filter(|one| !one.text.contains('\0')) {
        let text = one.text.as_str();
        let clean = one.clean.as_str();
        for arguments in [
            &["explain", text][..],
            &["list", text],
            &["build", "--tick", text],
            &["build", "--set", text],
            &["build", "--region", text, "--tick", "flow-node/prompt"],
            &["build", "--tick", "flow-node/input", "--document", text],
            &["completions", text],
            &["build", text],
            &[text],
        ] {
            let (exit, out, err) = ran(arguments);
            harmless(&out, &arguments);
            harmless(&err, &arguments);
            assert_eq!(visible_lines(&err), err, "a mark stands on nothing");
            assert_ne!(exit, Exit::Clean, "{arguments:?}");
            let twin: Vec<&str> = arguments.iter().map(|a| if *a == text { clean } else { a }).collect();
            let letters =
                one.class == Class::LookAlike && arguments.ends_with(&[text]) && exit == Exit::Failed;
            // Clap tells a long list of what may be given, wrapped by its own rules: there a text may be cut.
            assert!(
                letters || one.class == Class::Long || ran(&twin).2 != err,
                "{arguments:?} looks like {twin:?}: {err}"
            );
        }
    }
}

#[test]
fn values_are_told_and_kept_to_the_letter() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flow.json");
    for chunk in strings().chunks(12) {
        let uses: Vec<Value> = (chunk.iter().enumerate())
            .map(|(at, one)| json!({"name": format!("{at}{}", one.text), "values": {"bucket": one.text}}))
            .collect();
        let ticks = json!([{"capability": "flow-node/s3-storage", "instances": uses}]);
        let blueprint = json!({"version": 1, "scope": {"region": "us-east-1", "account": "123456789012"}, "ticks": ticks});
        fs::write(&path, blueprint.to_string()).unwrap();
        let file = path.to_str().unwrap();
        let (exit, out, err) = ran(&["build", file]);
        assert_eq!(exit, Exit::Findings, "{err}");
        harmless(&out, &"build");
        harmless(&err, &"build");
        let (_, out, _) = ran(&["build", file, "--json"]);
        harmless(&out, &"build --json");
        let bundle: Value = serde_json::from_str(&out).unwrap();
        let documents = bundle["documents"].to_string();
        let (_, alone, _) = ran(&["build", file, "--document", "flow-role", "--allow-errors"]);
        harmless(&alone, &"build --document");
        let policy: Value = serde_json::from_str(&alone).unwrap();
        for one in chunk {
            let arn = Value::from(format!("arn:aws:s3:::{}/*", one.text)).to_string();
            // What is too large for one document stands in its next parts.
            let parted = chunk.iter().any(|one| one.text.len() > 200);
            assert!(parted || policy.to_string().contains(&arn), "{:?} is changed: {alone}", one.text);
            assert!(documents.contains(&arn), "{:?} is changed in the output", one.text);
        }
        let saved = folder.path().join("saved.json");
        ran(&["build", file, "--save", saved.to_str().unwrap(), "--force"]);
        let back: Value = serde_json::from_str(&fs::read_to_string(&saved).unwrap()).unwrap();
        assert_eq!(back["ticks"][0]["instances"], blueprint["ticks"][0]["instances"]);
        harmless(&fs::read_to_string(&saved).unwrap(), &"--save");
    }
}

/// The findings of a blueprint.
fn findings(blueprint: &Value) -> Vec<Finding> {
    let catalog = Catalog::builtin();
    let blueprint = file::read(&blueprint.to_string()).unwrap();
    lint(catalog, &blueprint, &compose(catalog, &blueprint))
}

fn is_told(findings: &[Finding], parameter: &str) -> bool {
    let told = ["value-hidden-character", "value-character-refused", "value-unused"];
    findings.iter().any(|one| one.cause.parameter.as_deref() == Some(parameter) && told.contains(&one.code))
}

/// A value of the parameter's kind with something between its letters.
fn spoilt(parameter: &Parameter, with: char) -> String {
    let example = kind(&parameter.kind).expect("a kind").example;
    let (head, tail) = example.split_at(example.len() / 2);
    format!("{head}{with}{tail}")
}

#[test]
fn every_value_with_a_letter_that_is_not_what_it_looks_like_is_told() {
    let catalog = Catalog::builtin();
    let mut seen = 0;
    for with in ['\u{430}', '\u{ff21}', '\u{202e}', '\u{200b}', '\u{a0}', '\u{1b}'] {
        for capability in catalog.capabilities() {
            for parameter in &capability.parameters {
                let values = json!({parameter.name: spoilt(parameter, with)});
                let ticks =
                    json!([{"capability": capability.id, "instances": [{"name": "n", "values": values}]}]);
                let found = findings(&json!({"version": 1, "ticks": ticks}));
                assert!(is_told(&found, parameter.name), "{} {}: {found:?}", capability.id, parameter.name);
                seen += 1;
            }
        }
        for subject in catalog.subjects() {
            for parameter in &subject.parameters {
                let values = json!({parameter.name: spoilt(parameter, with)});
                let blueprint = json!({"version": 1, "subjects": {subject.id.clone(): values}});
                let name = format!("{}.{}", subject.id, parameter.name);
                assert!(is_told(&findings(&blueprint), &name), "{name}");
                seen += 1;
            }
        }
        for name in ["region", "account", "partition"] {
            let text = format!("us{with}-east-1");
            let found = findings(&json!({"version": 1, "scope": {name: text}}));
            assert!(is_told(&found, &format!("scope.{name}")), "{name}: {found:?}");
        }
    }
    assert!(seen > 200, "{seen} parameters");
    for one in strings()
        .iter()
        .filter(|one| one.text.chars().any(|c| is_hidden(c) || refused(&c.to_string()).is_some()))
    {
        assert!(!common_problems(&one.text).is_empty(), "{:?} is taken", one.text);
    }
    for one in KINDS {
        assert!(common_problems(one.example).is_empty(), "the example of {} is refused", one.name);
    }
}

#[test]
fn halves_of_surrogate_pairs_are_told_in_every_file() {
    for escape in [
        "\\ud800",
        "\\udc00",
        "\\udfff\\ud800",
        "\\ud83d\\u0041",
        "\\ud83d",
        "\\uD83Dx",
        "\\u{41}",
        "\\u00",
        "\\x1b",
        "\\ud83d\\ude",
    ] {
        let text = format!("{{\"version\": 1, \"flowSummaries\": [{{\"id\": \"a{escape}b\"}}]}}");
        let faults = file::read(&text).unwrap_err();
        assert!(faults.iter().all(|fault| fault.code == "blueprint-syntax" && !fault.what.is_empty()));
        assert!(names(&text).unwrap_err().contains("no JSON"), "{escape}");
        assert!(profile_response(&text).unwrap_err().starts_with("line 1"), "{escape}");
    }
}
