//! The message catalog: an entry for every code, words that keep to the house's form, and examples
//! that are executed.
//!
//! An entry's `bad` and `good` are one of five inputs:
//! `{"policy": {…}, "kind": "identity"}`: a policy that somebody brought;
//! `{"text": "…", "kind": …}`: the same as raw text, for faults of JSON;
//! `{"scope": {…}, "tick": […], "set": […]}`: a build as the command line has it. A scope that is
//! given counts whole; without one it is Region us-east-1 and account 123456789012;
//! `{"blueprint": "…"}`: the text of a blueprint's file;
//! `{"capability": {…}}`: a capability's file.
//! With `"times": N` the one statement of a policy, or each `set` that holds a `#`, stands N times,
//! `#` replaced by its number in four digits: size limits need input that nobody wants to read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "support of tests: a wrong example should panic"
)]

use std::collections::BTreeSet;

use bedrock_policy::blueprint::{Blueprint, Scope, edit, file};
use bedrock_policy::catalog::capability::Capability;
use bedrock_policy::catalog::document::DocumentKind;
use bedrock_policy::catalog::messages::{Message, Severity};
use bedrock_policy::catalog::{Catalog, check, kinds};
use bedrock_policy::compose::compose;
use bedrock_policy::lint::rules::RULES;
use bedrock_policy::lint::{Cause, Finding, TEXT_CODES, lint, lint_text};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// The codes that `blueprint::file` raises.
const BLUEPRINT_CODES: &[&str] = &["blueprint-syntax", "blueprint-shape", "blueprint-newer"];

/// Details that hold what a person wrote, and therefore stand in backticks.
const USER_TEXTS: &str = "action bucket capability element file key name one operator other parameter \
    placeholder prefix principal profile region resource sid subject text value variable version via";

/// An input that `bad` or `good` describes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Example {
    policy: Option<Value>,
    text: Option<String>,
    kind: Option<DocumentKind>,
    scope: Option<GivenScope>,
    tick: Vec<String>,
    set: Vec<String>,
    blueprint: Option<String>,
    capability: Option<Box<RawValue>>,
    times: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct GivenScope {
    partition: Option<String>,
    region: Option<String>,
    account: Option<String>,
}

impl Example {
    fn read(raw: &RawValue) -> Self {
        let example: Self = serde_json::from_str(raw.get()).unwrap_or_else(|error| panic!("{error}: {raw}"));
        let build = example.scope.is_some() || !example.tick.is_empty() || !example.set.is_empty();
        let forms = [
            example.policy.is_some(),
            example.text.is_some(),
            build,
            example.blueprint.is_some(),
            example.capability.is_some(),
        ];
        assert_eq!(forms.into_iter().filter(|given| *given).count(), 1, "one form of example: {raw}");
        assert_eq!(example.kind.is_some(), forms[0] || forms[1], "policies have a kind: {raw}");
        example
    }

    /// Everything that is raised about it.
    fn findings(&self) -> Vec<Finding> {
        let catalog = Catalog::builtin();
        if let Some(kind) = self.kind {
            let policy = self.policy.as_ref().map(|policy| pretty(&self.repeated(policy)));
            return lint_text(catalog, "example", kind, policy.as_ref().or(self.text.as_ref()).unwrap());
        }
        if let Some(text) = &self.blueprint {
            return match file::read(text) {
                Ok(blueprint) => judge(catalog, &blueprint),
                Err(faults) => faults.iter().map(of_file).collect(),
            };
        }
        if let Some(raw) = &self.capability {
            let whats = match serde_json::from_str::<Capability>(raw.get().to_owned().leak()) {
                Ok(capability) => check::capability(catalog, &capability),
                Err(error) => vec![error.to_string()],
            };
            return whats.into_iter().map(|what| fault("capability-faulty", [("what", what)])).collect();
        }
        judge(catalog, &self.build(catalog))
    }

    /// The policy with its one statement as many times as wanted.
    fn repeated(&self, policy: &Value) -> Value {
        let Some(times) = self.times else { return policy.clone() };
        let mut policy = policy.clone();
        let statements = policy["Statement"].as_array_mut().unwrap();
        assert_eq!(statements.len(), 1, "one statement is repeated");
        let one = statements.remove(0).to_string();
        statements
            .extend((1..=times).map(|number| -> Value { serde_json::from_str(&nth(&one, number)).unwrap() }));
        policy
    }

    fn build(&self, catalog: &Catalog) -> Blueprint {
        let text = |text: &str| Some(text.to_owned());
        let scope = match &self.scope {
            Some(GivenScope { partition, region, account }) => Scope {
                partition: partition.clone(),
                region: region.clone(),
                account: account.clone(),
                extra: Vec::new(),
            },
            None => Scope { region: text("us-east-1"), account: text("123456789012"), ..Scope::default() },
        };
        let mut blueprint = Blueprint { scope, ..Blueprint::default() };
        for id in &self.tick {
            edit::tick(&mut blueprint, catalog, id).unwrap();
        }
        for number in 1..=self.times.unwrap_or(1) {
            for assignment in self.set.iter().filter(|one| number == 1 || one.contains('#')) {
                edit::set(&mut blueprint, catalog, &nth(assignment, number)).unwrap();
            }
        }
        blueprint
    }
}

fn nth(text: &str, number: usize) -> String {
    text.replace('#', &format!("{number:04}"))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

fn judge(catalog: &Catalog, blueprint: &Blueprint) -> Vec<Finding> {
    lint(catalog, blueprint, &compose(catalog, blueprint))
}

fn of_file(one: &file::FileFault) -> Finding {
    let (line, column) = (one.at.0.to_string(), one.at.1.to_string());
    fault(one.code, [("what", one.what.clone()), ("line", line), ("column", column)])
}

/// A fault of a file as the finding it becomes.
fn fault<const N: usize>(code: &'static str, details: [(&'static str, String); N]) -> Finding {
    let mut details = Vec::from(details);
    details.push(("file", "example.json".to_owned()));
    let cause = Cause::default();
    Finding { code, severity: Severity::Error, document: None, location: None, cause, details }
}

/// Every code that can be raised, in the order in which the catalog explains them: values and their
/// kinds, what is missing, faults of the text, the other rules, files of the person's own.
fn codes() -> Vec<&'static str> {
    let of = |rules: &'static [bedrock_policy::lint::rules::Rule]| {
        rules.iter().flat_map(|rule| rule.codes).copied()
    };
    let (values, rest) = RULES.split_at(1);
    let (holes, rest) = rest.split_at(1);
    assert_eq!((values[0].name, holes[0].name), ("values", "holes"));
    of(values)
        .chain(kinds::CODES.iter().copied())
        .chain(of(holes))
        .chain(TEXT_CODES.iter().copied())
        .chain(of(rest))
        .chain(check::CODES.iter().copied())
        .chain(BLUEPRINT_CODES.iter().copied())
        .collect()
}

/// The names in braces.
fn names(words: &str) -> impl Iterator<Item = &str> {
    words.split('{').skip(1).map(|rest| rest.split_once('}').expect("a closing brace").0)
}

/// Fails when the words of a finding keep a brace after filling. What is filled in may hold braces.
fn filled(finding: &Finding) {
    let catalog = Catalog::builtin();
    let mut finding = finding.clone();
    finding.details.iter_mut().for_each(|(_, value)| "x".clone_into(value));
    for words in [finding.title(catalog), finding.fix(catalog)] {
        assert!(!words.contains(['{', '}']), "{} raises no such detail: {words}", finding.code);
    }
}

#[test]
fn every_code_has_an_entry_and_every_entry_a_code() {
    let codes = codes();
    let messages: Vec<&str> = Catalog::builtin().messages().map(|message| message.code.as_str()).collect();
    let silent: Vec<_> = codes.iter().filter(|code| !messages.contains(code)).collect();
    let unraised: Vec<_> = messages.iter().filter(|code| !codes.contains(code)).collect();
    assert!(silent.is_empty(), "raised, but without an entry in assets/messages.json: {silent:?}");
    assert!(unraised.is_empty(), "in assets/messages.json, but nothing raises them: {unraised:?}");
    assert_eq!(messages, codes, "the entries stand in the order of the rules, each once");
}

/// Rules name their codes in the source; one that a family does not list would have no entry.
#[test]
fn families_list_every_code_that_their_source_raises() {
    let raisers = ["raise(", "raise_with(", "Problem::new(", "tell(", "self.fault("];
    let folders = ["src/lint/rules", "src/catalog/kinds", "src/blueprint"];
    let files = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path());
    let paths: Vec<_> =
        files.chain(["src/catalog/kinds.rs".into()]).filter(|path| path.extension().is_some()).collect();
    let mut found = BTreeSet::new();
    for path in &paths {
        let source = std::fs::read_to_string(path).unwrap();
        for call in raisers.iter().flat_map(|raiser| source.split(raiser).skip(1)) {
            let literal = call.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'));
            let Some((code, _)) = literal else { continue };
            assert!(codes().contains(&code), "{} raises {code}, which no list has", path.display());
            found.insert(code.to_owned());
        }
    }
    assert!(found.len() > 50, "the search finds only {found:?}");
}

#[test]
fn bad_examples_raise_their_code_and_nothing_but_its_companions() {
    for message in Catalog::builtin().messages() {
        let findings = Example::read(&message.bad).findings();
        let raised: BTreeSet<&str> = findings.iter().map(|finding| finding.code).collect();
        let expected: BTreeSet<&str> =
            message.companions.iter().map(String::as_str).chain([message.code.as_str()]).collect();
        let words: Vec<_> = findings.iter().map(|finding| finding.title(Catalog::builtin())).collect();
        assert_eq!(raised, expected, "the bad example of {} raises {words:#?}", message.code);
        for finding in &findings {
            assert_eq!(Catalog::builtin().message(finding.code).unwrap().severity, finding.severity);
        }
    }
}

#[test]
fn good_examples_raise_neither_their_code_nor_any_error() {
    for message in Catalog::builtin().messages() {
        let findings = Example::read(&message.good).findings();
        let faulty = findings.iter().find(|one| one.code == message.code || one.severity == Severity::Error);
        assert!(faulty.is_none(), "the good example of {} raises {faulty:#?}", message.code);
        let (bad, good) = (shape(&message.bad), shape(&message.good));
        assert_eq!(bad, good, "both examples of {} are the same form of input", message.code);
    }
}

/// The fields of an example that say which form it has.
fn shape(raw: &RawValue) -> (bool, bool, Option<DocumentKind>, bool, bool) {
    let one = Example::read(raw);
    (one.policy.is_some(), one.text.is_some(), one.kind, one.blueprint.is_some(), one.capability.is_some())
}

#[test]
fn words_are_filled_with_details_that_are_really_raised() {
    let kinds = ["identity", "trust", "resource", "key", "scp", "rcp"].map(|word| format!("\"{word}\""));
    for message in Catalog::builtin().messages() {
        for raw in [&message.bad, &message.good] {
            let mut example = Example::read(raw);
            example.findings().iter().for_each(filled);
            let is_policy = example.kind.is_some();
            for kind in kinds.iter().filter(|_| is_policy) {
                example.kind = serde_json::from_str(kind).unwrap();
                example.findings().iter().for_each(filled);
            }
        }
    }
}

/// Every parameter with values of every wrong kind: a code is raised from several places.
#[test]
fn words_are_filled_whatever_is_wrong_with_a_value() {
    let wrong = [
        "x y",
        "a\u{200b}b",
        "<id>",
        "alias/k",
        "us-east-11",
        "amzn-s3-demo-bucket",
        "arn:aws:bedrock:us-east-1:123456789012:flows/FLOW123456",
        "arn:aws:bedrock:us-east-1:123456789012:foundation-model/a.b",
        "arn:aws:bedrock:us-east-1:210987654321:provisioned-model/abcdef123456",
        "arn:aws-us-gov:iam::123456789012:role/R",
        "arn:aws:sts::123456789012:assumed-role/R/S",
        "arn:aws:kms:us-gov-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ];
    for capability in Catalog::builtin().capabilities() {
        for parameter in &capability.parameters {
            for value in wrong {
                let set = vec![format!("{}.{}={value}", capability.id, parameter.name)];
                Example { set, ..Example::default() }.findings().iter().for_each(filled);
            }
        }
    }
}

#[test]
fn words_keep_to_the_form_of_the_house() {
    let latin = |text: &str| text.chars().all(|c| matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{ff}'));
    for message in Catalog::builtin().messages() {
        let Message { code, title, why, fix, bad, good, .. } = message;
        let holds = |fine: bool, what: &str| assert!(fine, "{code}: {what}:\n{title}\n{why}\n{fix}");
        holds(latin(bad.get()) && latin(good.get()), "examples are Latin-1");
        for words in [title, why, fix] {
            holds(
                !words.is_empty() && latin(words) && !words.contains('\n'),
                "words are one line of Latin-1",
            );
            holds(words.trim() == words && !words.contains("  "), "no space is superfluous");
            holds(words.matches('`').count() % 2 == 0, "backticks come in pairs");
        }
        for words in [title, fix] {
            holds(words.starts_with(|c: char| c.is_ascii_lowercase() || c == '`'), "lower case at the start");
            holds(!words.ends_with(['.', '!', '?', ',', ';', ':']), "no sign at the end");
            holds(!words.contains(". "), "title and fix are one sentence each");
        }
        holds(why.starts_with(|c: char| c.is_ascii_uppercase()) && why.ends_with('.'), "`why` is a sentence");
        holds(why.matches(". ").count() <= 1, "`why` is two sentences at most");
        holds(title.len() <= 110 && fix.len() <= 150 && why.len() <= 260, "words are short");
        for name in names(title).filter(|name| USER_TEXTS.split_whitespace().any(|user| user == *name)) {
            holds(title.contains(&format!("`{{{name}}}`")), "user text stands in backticks");
        }
        let analyzer = message.analyzer.as_deref().unwrap_or("NONE");
        holds(analyzer.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'), "the analyzer's code is one");
    }
}

/// What is raised as an error about AWS's own policies and true: code, detail, why it is so.
const KNOWN: &[(&str, &str, &str)] = &[
    ("policy-too-large", "8562", "AWS's own policies are not held to the limit of 6144"),
    ("action-without-resource", "kms:DescribeKey", "`arn:*:kms:*:::*` has no account: no key fits"),
    ("action-without-resource", "sagemaker:DescribeInferenceComponent", "it takes none of the ARNs"),
    ("no-resource-level", "sagemaker:ListEndpoints", "an ARN beside a list action without a resource level"),
    ("no-resource-level", "kms:ListKeys", "the same"),
    ("no-resource-level", "lambda:ListFunctions", "the same; the refusals of Lambda name `*`"),
    ("no-resource-level", "bedrock:CreateSession", "the reference gives it no resource type"),
    ("no-resource-level", "logs:PutIndexPolicy", "the same"),
    ("no-resource-level", "logs:DescribeIndexPolicies", "the same"),
];

#[test]
fn policies_of_aws_raise_no_error_but_the_known_ones() {
    let file: Value = serde_json::from_str(include_str!("data/managed-policies.json")).unwrap();
    let policies = file["policies"].as_object().unwrap();
    assert!(policies.len() > 20);
    let (mut seen, mut alarms) = (BTreeSet::new(), Vec::new());
    for (name, policy) in policies {
        let findings =
            lint_text(Catalog::builtin(), name, DocumentKind::Identity, &pretty(&policy["document"]));
        findings.iter().for_each(filled);
        for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
            let told = |value: &str| finding.details.iter().any(|(_, detail)| detail == value);
            match KNOWN.iter().position(|(code, detail, _)| *code == finding.code && told(detail)) {
                Some(known) => drop(seen.insert(known)),
                None => alarms.push(format!("{name}: {}", finding.title(Catalog::builtin()))),
            }
        }
    }
    assert!(alarms.is_empty(), "{} false alarms, or new true ones:\n{}", alarms.len(), alarms.join("\n"));
    assert_eq!(seen.len(), KNOWN.len(), "an entry of KNOWN is no longer raised: take it out");
}
