//! The runbook's commands: every one is shell, and run against a program that only notes its
//! arguments, they do what they say and never put a policy over another.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test stops at the first surprise"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

#[path = "support/program.rs"]
mod program;

use program::{Ran, build, everything, list, sets, text, word};

/// Stands in for `aws`: notes each argument behind its length, then answers as `answer.VERB` says,
/// its exit code in `answer.VERB.code`.
const AWS: &str = r#"#!/bin/sh
here=${0%/*}
for argument do printf '%s %s\n' "${#argument}" "$argument"; done >> "$here/log"
printf 'end of call\n' >> "$here/log"
if [ -f "$here/answer.$2" ]; then cat "$here/answer.$2"; fi
if [ -f "$here/answer.$2.code" ]; then echo "An error occurred (NoSuchBucketPolicy)" >&2; exit 1; fi
"#;

/// A folder with the documents of a build and the stand-in for `aws`.
struct Bench {
    folder: tempfile::TempDir,
    bundle: Value,
}

impl Bench {
    fn new(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bundle = build(&[arguments, &["--json"]].concat()).json();
        let out = folder.path().join("policies");
        let ran = build(&[arguments, &["--out", text(&out), "--allow-holes", "--allow-errors"]].concat());
        assert!(out.join("README.md").exists(), "{}", ran.err);
        let aws = folder.path().join("aws");
        fs::write(&aws, AWS).unwrap();
        fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder, bundle }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What `aws` answers to a verb.
    fn answers(&self, verb: &str, text: &str) {
        fs::write(self.path(&format!("answer.{verb}")), text).unwrap();
    }

    fn fails(&self, verb: &str) {
        fs::write(self.path(&format!("answer.{verb}.code")), "1").unwrap();
    }

    /// The command of the first step whose command holds this text.
    fn command(&self, part: &str) -> String {
        let steps = list(&self.bundle, "runbook").iter();
        let found = steps.map(|step| word(step, "command")).find(|command| command.contains(part));
        found.unwrap_or_else(|| panic!("no step runs {part}")).to_owned()
    }

    /// Runs a command among the documents; the calls of `aws`, each a list of arguments.
    fn run(&self, command: &str, input: &str) -> (Ran, Vec<Vec<String>>) {
        let log = self.path("log");
        let _ = fs::remove_file(&log);
        let mut shell = Command::new("sh");
        let path = format!("{}:{}", text(self.folder.path()), std::env::var("PATH").unwrap());
        shell.args(["-c", command]).env("PATH", path).current_dir(self.path("policies"));
        let ran = program::with_input(shell, input.as_bytes());
        (ran, calls(&fs::read_to_string(&log).unwrap_or_default()))
    }
}

/// The calls in a log.
fn calls(log: &str) -> Vec<Vec<String>> {
    let (mut out, mut call, mut rest) = (Vec::new(), Vec::new(), log);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("end of call\n") {
            out.push(std::mem::take(&mut call));
            rest = after;
            continue;
        }
        let (length, after) = rest.split_once(' ').unwrap();
        let characters = length.parse::<usize>().unwrap();
        let end = after.char_indices().nth(characters).unwrap().0;
        call.push(after[..end].to_owned());
        rest = after[end..].strip_prefix('\n').unwrap();
    }
    out
}

fn verbs(calls: &[Vec<String>]) -> Vec<&str> {
    calls.iter().map(|call| call[1].as_str()).collect()
}

/// The argument behind an option.
fn option<'a>(call: &'a [String], name: &str) -> &'a str {
    let at = call.iter().position(|argument| argument == name);
    &call[at.unwrap_or_else(|| panic!("no {name} in {call:?}")) + 1]
}

fn there_is(program: &str) -> bool {
    let found = Command::new(program).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_err() {
        println!("{program} is not installed: what needs it is not tried");
    }
    found.is_ok()
}

#[test]
fn every_command_is_shell() {
    let shells: Vec<&str> = ["sh", "dash", "bash"].into_iter().filter(|shell| there_is(shell)).collect();
    let hostile = sets(&[
        "flow.name=it's $(touch owned) `id` \"x\" ; rm -rf ~ #\n&& <y> ${HOME} \\",
        "flow-role.name=-x;y'z",
        "flow-node/prompt.model=$(id)",
        "flow-node/s3-storage.bucket=a'b",
        "flow-node/lambda-function.function=arn:aws:lambda:us-east-1:123456789012:function:$(id)'",
        "flow/encryption.key=`id`",
    ]);
    for arguments in [everything(), hostile] {
        let bundle = build(&[&arguments[..], &["--json"]].concat()).json();
        let commands: Vec<&str> = list(&bundle, "runbook").iter().map(|step| word(step, "command")).collect();
        assert!(commands.iter().filter(|command| !command.is_empty()).count() >= 4);
        for command in commands {
            for shell in &shells {
                let ran: Ran = Command::new(shell).args(["-n", "-c", command]).output().unwrap().into();
                assert_eq!((ran.code, &*ran.err), (Some(0), ""), "{shell}: {command}");
            }
        }
    }
}

#[test]
fn nothing_given_is_ever_run() {
    let bench = Bench::new(&sets(&[
        "flow.name=a$(touch owned)`touch owned`'; touch owned; '\n touch owned",
        "flow-role.name=x'$(touch owned)",
        "flow-node/prompt.model=$(touch owned)",
        "flow-node/s3-storage.bucket=$(id>owned)",
        "flow-node/s3-storage.owner=210987654321",
        "flow/encryption.key=`touch owned`",
    ]));
    for step in list(&bench.bundle, "runbook") {
        bench.run(word(step, "command"), "n\n");
    }
    assert!(!bench.path("policies/owned").exists(), "a value was run as a command");
}

#[test]
fn arguments_arrive_as_they_were() {
    let role = "A+=,.@-_z";
    let bench = Bench::new(&sets(&[
        &format!("flow-role.name={role}"),
        "flow.name=My 'flow' \"x\" $(touch x) `id` ${HOME} \\n * ~ #",
        "flow-node/prompt.model=amazon.nova-lite-v1:0",
        "flow-node/lambda-function.function=arn:aws:lambda:us-east-1:210987654321:function:theirs:live",
    ]));
    let (ran, calls) = bench.run(&bench.command("create-role"), "");
    assert_eq!((ran.code, verbs(&calls)), (Some(0), vec!["create-role"]));
    let call = &calls[0];
    assert_eq!(option(call, "--role-name"), role);
    let file = option(call, "--assume-role-policy-document").strip_prefix("file://").unwrap();
    assert!(bench.path("policies").join(file).exists(), "{file} is not among the documents");
    let (_, calls) = bench.run(&bench.command("create-flow"), "");
    assert_eq!(option(&calls[0], "--name"), "My 'flow' \"x\" $(touch x) `id` ${HOME} \\n * ~ #");
    let arn = format!("arn:aws:iam::123456789012:role/{role}");
    assert_eq!(option(&calls[0], "--execution-role-arn"), arn);
    let (ran, calls) = bench.run(&bench.command("add-permission"), "");
    assert_eq!(ran.code, Some(0));
    for (name, wanted) in [
        ("--function-name", "theirs"),
        ("--qualifier", "live"),
        ("--action", "lambda:InvokeFunction"),
        ("--principal", &*arn),
        ("--region", "us-east-1"),
    ] {
        assert_eq!(option(&calls[0], name), wanted);
    }
    let broken = Bench::new(&sets(&["flow.name=one\ntwo\u{1b}", "flow-node/prompt.model=x.y-v1:0"]));
    let (_, calls) = broken.run(&broken.command("create-flow"), "");
    assert_eq!(option(&calls[0], "--name"), "one^Jtwo^[", "what no name can hold is made visible");
}

/// A policy that is there already: a string for a list, a Sid of ours, one of theirs.
fn present(ours: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"Theirs","Effect":"Deny","Action":"s3:*","Resource":"*"}},
            {{"Sid":"{ours}","Effect":"Allow","Action":"s3:*","Resource":"*"}}]}}"#
    )
}

/// Sids of the policy that a call puts.
fn put_sids(bench: &Bench, call: &[String], name: &str) -> Vec<String> {
    let file = Path::new(option(call, name).strip_prefix("file://").unwrap());
    let policy: Value =
        serde_json::from_str(&fs::read_to_string(bench.path("policies").join(file)).unwrap()).unwrap();
    list(&policy, "Statement").iter().map(|one| word(one, "Sid").to_owned()).collect()
}

#[test]
fn an_inline_policy_is_put_only_where_none_of_its_name_is() {
    let values = sets(&["flow-node/prompt.model=amazon.nova-lite-v1:0", "flow-role.name=Role"]);
    let bench = Bench::new(&values);
    let command = bench.command("put-role-policy");
    bench.answers("list-role-policies", "False\n");
    let (ran, calls) = bench.run(&command, "");
    assert_eq!((ran.code, verbs(&calls)), (Some(0), vec!["list-role-policies", "put-role-policy"]));
    assert_eq!(option(&calls[0], "--query"), "contains(PolicyNames, 'flow-role')");
    assert_eq!(option(&calls[1], "--policy-document"), "file://flow-role.json");

    bench.fails("list-role-policies");
    bench.answers("list-role-policies", "");
    bench.fails("get-role-policy");
    let (ran, calls) = bench.run(&command, "y\n");
    assert_ne!(ran.code, Some(0), "no access to IAM is no success");
    assert!(!verbs(&calls).contains(&"put-role-policy"), "{calls:?}");

    if !there_is("jq") {
        return;
    }
    let bench = Bench::new(&values);
    bench.answers("list-role-policies", "True\n");
    bench.answers("get-role-policy", &present("InvokeModel"));
    for answer in ["n\n", "\n", "", "yes\n"] {
        let (ran, calls) = bench.run(&command, answer);
        assert_ne!(ran.code, Some(0), "{answer:?}");
        assert_eq!(verbs(&calls), ["list-role-policies", "get-role-policy"], "{answer:?}");
        assert!(ran.out.contains("Put this policy?"), "{}", ran.out);
    }
    let (ran, calls) = bench.run(&command, "y\n");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(verbs(&calls), ["list-role-policies", "get-role-policy", "put-role-policy"]);
    assert_eq!(put_sids(&bench, &calls[2], "--policy-document"), ["Theirs", "InvokeModel"]);
    assert!(ran.out.contains("bedrock:InvokeModel"), "the difference is shown: {}", ran.out);
}

#[test]
fn statements_are_added_to_a_policy_and_nothing_of_it_is_lost() {
    if !there_is("jq") {
        return;
    }
    let bench = Bench::new(&everything());
    let command = bench.command("put-bucket-policy");
    let sids = |calls: &[Vec<String>]| put_sids(&bench, calls.last().unwrap(), "--policy");
    bench.answers("get-bucket-policy", &present("Mine"));
    let (_, calls) = bench.run(&command, "n\n");
    assert_eq!(verbs(&calls), ["get-bucket-policy"]);
    let (_, calls) = bench.run(&command, "y\n");
    let merged = sids(&calls);
    assert_eq!(merged[..2], ["Theirs", "Mine"]);
    assert!(merged.len() > 2, "{merged:?}");
    let alone = r#"{"Version":"2012-10-17","Statement":{"Sid":"Alone","Effect":"Deny","Action":"s3:*"}}"#;
    bench.answers("get-bucket-policy", alone);
    assert_eq!(sids(&bench.run(&command, "y\n").1)[0], "Alone", "one statement that is no list");
    bench.answers("get-bucket-policy", "no JSON");
    assert_eq!(verbs(&bench.run(&command, "y\n").1), ["get-bucket-policy"]);
    bench.answers("get-bucket-policy", "");
    bench.fails("get-bucket-policy");
    let (_, calls) = bench.run(&command, "y\n");
    assert_eq!(sids(&calls), merged[2..], "a bucket without a policy gets ours");

    let key = bench.command("put-key-policy");
    bench.answers("get-key-policy", &present("Mine"));
    assert_eq!(verbs(&bench.run(&key, "n\n").1), ["get-key-policy"]);
    assert_eq!(put_sids(&bench, &bench.run(&key, "y\n").1[1], "--policy")[..2], ["Theirs", "Mine"]);
    bench.fails("get-key-policy");
    assert_eq!(verbs(&bench.run(&key, "y\n").1), ["get-key-policy"], "a key policy is never made anew");
}

#[test]
fn a_bucket_is_changed_only_while_it_is_its_owners() {
    let bench = Bench::new(&everything());
    let steps = list(&bench.bundle, "runbook").iter().map(|step| word(step, "command"));
    let commands: Vec<&str> = steps.filter(|command| command.contains("put-bucket-policy")).collect();
    assert_eq!(commands.len(), 2, "{commands:?}");
    for command in commands {
        let owner = if command.contains("--bucket results") { "210987654321" } else { "123456789012" };
        let calls = command.matches(&format!("--expected-bucket-owner={owner}")).count();
        assert_eq!(calls, 2, "reading and writing: {command}");
    }
    let unknown = program::run([
        "build",
        "--region",
        "us-east-1",
        "--json",
        "--set",
        "logging/model-invocations.bucket=logs",
    ]);
    let bundle = unknown.json();
    let bucket = list(&bundle, "runbook").iter().map(|step| word(step, "command"));
    let mut commands = bucket.filter(|command| command.contains("put-bucket-policy"));
    assert!(!commands.next().unwrap().contains("--expected-bucket-owner"), "the owner is not known");
}

#[test]
fn a_flow_that_is_there_is_not_created_again() {
    let titles = |sets: &[&str]| {
        let bundle = build(&[&sets_of(sets)[..], &["--json"]].concat()).json();
        list(&bundle, "runbook").iter().map(|step| word(step, "title").to_owned()).collect::<Vec<_>>()
    };
    let model = "flow-node/prompt.model=amazon.nova-lite-v1:0";
    let creates = |titles: &[String]| titles.iter().any(|title| title.starts_with("Create the flow"));
    assert!(creates(&titles(&[model])));
    assert!(!creates(&titles(&[model, "flow.id=FLOW123456"])));
    let old = titles(&[model, "tick flow/legacy-access"]);
    assert!(!creates(&old) && old.iter().any(|title| title.starts_with("Give the flow's id")), "{old:?}");
}

/// Values, and with `tick` in front a capability without any.
fn sets_of<'a>(values: &[&'a str]) -> Vec<&'a str> {
    let (ticks, values): (Vec<&str>, Vec<&str>) = values.iter().partition(|value| value.starts_with("tick "));
    let ticks = ticks.iter().flat_map(|tick| ["--tick", tick.trim_start_matches("tick ")]);
    sets(&values).into_iter().chain(ticks).collect()
}
