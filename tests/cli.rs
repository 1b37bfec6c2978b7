//! The command line's contract, held by the real program.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[path = "support/program.rs"]
mod program;

use program::{
    Ran, build, document, everything, keys, line_of, list, run, scalars, sets, text, texts, word, words,
};

const FLOW_NODES: [&str; 16] = [
    "prompt",
    "knowledge-base",
    "agent",
    "lambda-function",
    "lex",
    "s3-storage",
    "s3-retrieval",
    "input",
    "output",
    "condition",
    "iterator",
    "collector",
    "inline-code",
    "loop",
    "loop-input",
    "loop-controller",
];

const OTHERS: [&str; 11] = [
    "flow/guardrail",
    "flow/encryption",
    "flow/encrypted-resources",
    "flow/legacy-access",
    "flow/read-itself",
    "people/author-flows",
    "people/run-flows",
    "people/manage-prompts",
    "people/encrypt-prompts",
    "people/limited-access",
    "people/full-access",
];

const PROMPT: &str = "flow-node/prompt.model=amazon.nova-lite-v1:0";

#[test]
fn capabilities_are_listed_with_their_fixed_ids_and_members() {
    let all = run(["list", "capabilities", "--json"]).with(0).json();
    let all = all.as_array().unwrap();
    let ids = words(all, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id twice: {ids:?}");
    let fixed = FLOW_NODES.map(|node| format!("flow-node/{node}")).into_iter();
    for id in fixed.chain(OTHERS.map(str::to_owned)) {
        assert!(ids.contains(&id.as_str()), "{id} is not among {ids:?}");
    }
    let document_names = run(["list", "documents", "--json"]).json();
    let document_names = words(document_names.as_array().unwrap(), "name");
    let kinds = run(["list", "kinds", "--json"]).json();
    let kinds = words(kinds.as_array().unwrap(), "name");
    for capability in all {
        assert_eq!(keys(capability), ["id", "group", "title", "help", "parameters", "documents"]);
        assert_eq!(word(capability, "id").split('/').next().unwrap(), word(capability, "group"));
        assert!(["title", "help"].iter().all(|name| !word(capability, name).is_empty()), "{capability}");
        for parameter in list(capability, "parameters") {
            assert_eq!(keys(parameter)[..4], ["name", "kind", "label", "required"]);
            assert!(kinds.contains(&word(parameter, "kind")), "{parameter}");
            assert!(parameter["required"].is_boolean() && !word(parameter, "label").is_empty());
        }
        for name in texts(&capability["documents"]) {
            assert!(document_names.contains(&name), "{name} is no document");
        }
    }
}

#[test]
fn every_list_has_a_form_for_people_and_one_for_programs() {
    for (what, key) in [
        ("capabilities", "id"),
        ("documents", "name"),
        ("messages", "code"),
        ("kinds", "name"),
        ("actions", "name"),
    ] {
        let all = run(["list", what, "--json"]).with(0);
        assert_eq!(all.err, "");
        let (all, plain) = (all.json(), run(["list", what]).with(0).out);
        let all = all.as_array().unwrap();
        assert!(all.len() >= 10, "{what}: {}", all.len());
        for one in all {
            assert!(plain.contains(word(one, key)), "{what}: {} is missing as text", one[key]);
        }
    }
    assert_eq!(run(["list"]).out, run(["list", "capabilities"]).out);
}

#[test]
fn a_build_as_json_has_every_member() {
    let ran = build(&[&everything()[..], &["--json"]].concat()).with(0);
    assert_eq!(ran.err, "", "results only on one stream, nothing on the other");
    let bundle = ran.json();
    assert_eq!(keys(&bundle)[..3], ["documents", "runbook", "findings"]);
    let documents = list(&bundle, "documents");
    for one in documents {
        assert_eq!(keys(one), ["name", "kind", "file", "attach", "policy", "origins"]);
        assert_eq!(keys(&one["attach"]), ["to", "command", "console"]);
        assert!(["trust", "identity", "resource", "key", "scp", "rcp"].contains(&word(one, "kind")));
        assert_eq!(word(one, "file"), format!("{}.json", word(one, "name")));
        for name in ["to", "command", "console"] {
            assert!(!word(&one["attach"], name).is_empty(), "{}: attach.{name} is empty", one["name"]);
        }
    }
    let found = words(documents, "name");
    for name in ["flow-role-trust", "flow-role", "author-flows", "run-flows", "manage-prompts"] {
        assert!(found.contains(&name), "{name} is not among {found:?}");
    }
    for name in ["encrypt-prompts", "lambda-own", "lambda-theirs", "lex-BOT1234567-ALIAS12345"] {
        assert!(found.contains(&name), "{name} is not among {found:?}");
    }
    assert!(found.contains(&"key-1234abcd-12ab-34cd-56ef-1234567890ab"), "{found:?}");
    assert!(list(&bundle, "runbook").len() > documents.len());
    assert_eq!(list(&bundle, "findings"), [] as [Value; 0]);
}

#[test]
fn every_scalar_of_every_policy_has_an_origin_and_no_origin_points_elsewhere() {
    let bundle = build(&[&everything()[..], &["--json"]].concat()).json();
    let capabilities = run(["list", "--json"]).json();
    let capabilities = words(capabilities.as_array().unwrap(), "id");
    for one in list(&bundle, "documents") {
        let (policy, origins) = (&one["policy"], list(one, "origins"));
        let mut from: BTreeSet<String> = BTreeSet::new();
        for origin in origins {
            assert_eq!(keys(origin), ["path", "capability", "instance", "parameter"]);
            let path = word(origin, "path");
            let node = policy.pointer(path).unwrap_or_else(|| panic!("{path} is not in {}", one["name"]));
            assert!(!node.is_object() && !node.is_array(), "{path} is no scalar");
            assert!(capabilities.contains(&word(origin, "capability")), "{origin}");
            assert!(origin["instance"].is_string(), "{origin}");
            assert!(origin["parameter"].is_string() || origin["parameter"].is_null(), "{origin}");
            from.insert(path.into());
        }
        let all: BTreeSet<String> = scalars(policy).into_iter().map(|(path, _)| path).collect();
        assert_eq!(from, all, "{}", one["name"]);
    }
}

#[test]
fn a_findings_line_is_that_of_the_printed_document() {
    let profile = "flow-node/prompt.model=us.amazon.nova-lite-v1:0";
    let wide = ["flow-node/knowledge-base.knowledge-base=KB1\u{e9}", "flow-node/s3-storage.bucket=results"];
    let other = ["flow-node/lambda-function.function=arn:aws-cn:lambda:cn-north-1:1:function:x", "flow.id=F"];
    let mut seen = 0;
    for values in [&[profile][..], &wide, &other, &["flow-node/prompt.model=bad id", PROMPT]] {
        let mut arguments = sets(values);
        arguments.extend(["--tick", "people/author-flows", "--tick", "people/manage-prompts"]);
        let bundle = build(&[&arguments[..], &["--json"]].concat()).json();
        assert!(!list(&bundle, "findings").is_empty(), "{values:?}");
        for finding in list(&bundle, "findings") {
            let wanted =
                "code severity title document path line capability instance parameter why fix".split(' ');
            assert_eq!(keys(finding), wanted.collect::<Vec<_>>());
            for name in ["code", "severity", "title", "why", "fix"] {
                assert!(!word(finding, name).is_empty(), "{name} of {finding} is empty");
            }
            assert!(!["title", "fix"].iter().any(|name| word(finding, name).contains('{')), "{finding}");
            assert_eq!(finding["path"].is_null(), finding["line"].is_null(), "{finding}");
            if let (Some(path), Some(line)) = (finding["path"].as_str(), finding["line"].as_u64()) {
                seen += 1;
                let name = word(finding, "document");
                let policy = &document(&bundle, name)["policy"];
                assert_eq!(line, line_of(policy, path), "{finding}");
                let printed = build(&[&arguments[..], &["--document", name]].concat()).out;
                let line = printed.lines().nth(usize::try_from(line).unwrap() - 1).unwrap();
                let node = policy.pointer(path).unwrap();
                let shown = if node.is_object() { "{".into() } else { node.to_string() };
                assert!(node.is_array() || line.contains(&shown), "{line} for {finding}");
            }
        }
    }
    assert!(seen >= 5, "only {seen} findings have a place");
}

/// The instances that assignments make: capability, name, parameter, values.
fn saved(assignments: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b.json");
    build(&[&sets(assignments)[..], &["--json", "--save", text(&path)]].concat());
    let blueprint: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut out = Vec::new();
    for (subject, values) in blueprint["subjects"].as_object().unwrap() {
        out.push(format!("{subject} {values}"));
    }
    for tick in list(&blueprint, "ticks") {
        for instance in list(tick, "instances") {
            let id = word(tick, "capability").trim_start_matches("flow-node/");
            out.push(format!("{id}@{} {}", word(instance, "name"), instance["values"]));
        }
    }
    out
}

#[test]
fn values_go_to_the_instance_that_is_meant() {
    let rows: &[(&[&str], &[&str])] = &[
        (&["flow-node/prompt.model=a"], &[r#"prompt@prompt {"model":"a"}"#]),
        (
            &["flow-node/prompt.model=a", "flow-node/prompt.regions=r", "flow-node/prompt.model=b"],
            &[r#"prompt@prompt {"model":"a","regions":"r"}"#, r#"prompt@prompt-2 {"model":"b"}"#],
        ),
        (
            &["flow-node/prompt.model=a", "flow-node/prompt.model=b", "flow-node/prompt.agent=x"],
            &[r#"prompt@prompt {"model":"a"}"#, r#"prompt@prompt-2 {"model":"b","agent":"x"}"#],
        ),
        (
            &["flow-node/prompt.agent=x", "flow-node/prompt.model=b"],
            &[r#"prompt@prompt {"agent":"x","model":"b"}"#],
        ),
        (
            &[
                "flow-node/prompt@ask.model=a",
                "flow-node/prompt@sum.up.model=b",
                "flow-node/prompt@ask.agent=x",
            ],
            &[r#"prompt@ask {"model":"a","agent":"x"}"#, r#"prompt@sum.up {"model":"b"}"#],
        ),
        (
            &["flow-node/prompt.regions=us-east-1, us-west-2", "flow-node/prompt.regions=us-east-2"],
            &[r#"prompt@prompt {"regions":["us-east-1","us-west-2","us-east-2"]}"#],
        ),
        (
            &["flow-node/s3-storage.prefix=a,b=c.d", "flow.name=x=y,z", "author.principal=role/A"],
            &[
                r#"flow {"name":"x=y,z"}"#,
                r#"author {"principal":"role/A"}"#,
                r#"s3-storage@s3-storage {"prefix":"a,b=c.d"}"#,
            ],
        ),
    ];
    for (assignments, wanted) in rows {
        assert_eq!(saved(assignments), *wanted, "{assignments:?}");
    }
}

#[test]
fn completions_manual_and_help_are_there() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = run(["completions", shell]).with(0);
        assert!(ran.out.contains("bedrock-policy") && ran.out.contains("allow-holes"), "{shell}");
        assert_eq!(ran.err, "");
    }
    let page = run(["man"]).with(0).out;
    let start: Vec<&str> = page.lines().take(4).collect();
    assert!(start.iter().any(|line| line.starts_with(".TH bedrock-policy 1")), "{start:?}");
    for command in ["", "build", "list", "explain", "completions", "man"] {
        let ran = run([command, "--help"].iter().filter(|word| !word.is_empty())).with(0);
        assert!(ran.out.contains("Example"), "{command} has no example");
        assert!(ran.out.lines().all(|line| line.chars().count() <= 100), "{command} has a long line");
    }
    assert_eq!(run(["--version"]).with(0).out, format!("bedrock-policy {}\n", env!("CARGO_PKG_VERSION")));
}

/// The commands of a help text, lines that go on joined.
fn examples(help: &str) -> Vec<String> {
    let joined = help.replace("\\\n", " ");
    let is_command =
        |line: &&str| format!("{line} ").starts_with("bedrock-policy ") && !line.contains("<COMMAND>");
    let lines = joined.lines().map(str::trim).filter(is_command);
    lines.map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn the_examples_of_the_help_do_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join(".local/share/bash-completion/completions")).unwrap();
    let here = Path::new(env!("CARGO_BIN_EXE_bedrock-policy")).parent().unwrap();
    fs::write(folder.path().join("bot.json"), "{\"version\": 1}").unwrap();
    let mut seen = 0;
    for command in ["", "build", "list", "explain", "completions", "man"] {
        let help = run([command, "--help"].iter().filter(|word| !word.is_empty())).out;
        for example in examples(&help) {
            seen += 1;
            let mut shell = Command::new("sh");
            shell.args(["-c", &example]).current_dir(folder.path());
            let path = format!("{}:/usr/bin:/bin", text(here));
            let ran: Ran = shell.env("PATH", path).env("HOME", folder.path()).output().unwrap().into();
            let opens_the_screen = example == "bedrock-policy" || example.contains("bot.json");
            let code = if opens_the_screen { 2 } else { 0 };
            assert_eq!(ran.code, Some(code), "{example}\n{}", ran.err);
            assert_eq!(opens_the_screen, ran.err.contains("needs a terminal"), "{example}\n{}", ran.err);
        }
    }
    assert!(seen >= 11, "only {seen} examples are found");
}

/// Prose of at most 80 columns; JSON, commands, headings, places and single long words stay whole.
#[test]
fn text_for_people_is_at_most_80_columns_wide() {
    let whole = |line: &str| {
        let line = line.trim_start().trim_start_matches("- ");
        !line.contains(' ') || line.starts_with(['#', '"', '{', '[', '`']) || line.starts_with("--> ")
    };
    let check = |text: &str, from: &str| {
        let mut commands = false;
        let mut json = false;
        for line in text.lines() {
            commands ^= line.trim_start().starts_with("```");
            json = line == "{" || json && line != "}";
            let wide = line.chars().count() > 80;
            assert!(!wide || commands || json || whole(line), "{from}: {line}");
        }
    };
    for what in ["capabilities", "documents", "messages", "kinds", "actions"] {
        check(&run(["list", what]).out, what);
    }
    let codes = run(["list", "messages", "--json"]).json();
    let ids = run(["list", "capabilities", "--json"]).json();
    let names = words(codes.as_array().unwrap(), "code").into_iter();
    for what in names.chain(words(ids.as_array().unwrap(), "id")).chain(["bedrock:InvokeModel"]) {
        let text = run(["explain", what]).out;
        check(text.split("\nRaised by:").next().unwrap(), what);
    }
    let ran = build(&everything());
    check(&ran.out, "build");
    check(&ran.err, "findings");
}
