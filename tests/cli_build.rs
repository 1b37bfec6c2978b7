//! What `build` prints, writes and saves, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

#[path = "support/program.rs"]
mod program;

use program::{build, document, everything, grants, list, names, run, sets, size, text, word, words};

const PROMPT: &str = "flow-node/prompt.model=amazon.nova-lite-v1:0";

/// What a flow with one prompt needs so that nothing is left to say.
const CLEAN: [&str; 3] = [PROMPT, "flow.id=FLOW123456", "author.principal=role/Author"];

fn clean() -> Vec<&'static str> {
    let mut out = sets(&CLEAN);
    out.extend(["--tick", "people/author-flows"]);
    out
}

#[test]
fn a_document_is_the_same_alone_in_json_in_a_file_and_under_its_heading() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("deep/policies");
    let arguments = everything();
    let bundle = build(&[&arguments[..], &["--json"]].concat()).json();
    let whole = build(&arguments).with(0);
    let written = build(&[&arguments[..], &["--out", text(&out)]].concat()).with(0);
    let mut at = 0;
    for one in list(&bundle, "documents") {
        let name = word(one, "name");
        let alone = build(&[&arguments[..], &["--document", name]].concat()).with(0).out;
        assert_eq!(serde_json::from_str::<Value>(&alone).unwrap(), one["policy"]);
        assert_eq!(fs::read_to_string(out.join(word(one, "file"))).unwrap(), alone);
        let heading = whole.out[at..].find(&format!("# {name}: ")).unwrap() + at;
        let body = whole.out[heading..].find(&alone).unwrap();
        assert!(!whole.out[heading + 1..heading + body].contains("\n# "), "{name} stands elsewhere");
        at = heading + body;
        assert!(written.out.contains(&format!("new         {}", text(&out.join(word(one, "file"))))));
    }
    let runbook = whole.out[at..].find("\n# Runbook\n").unwrap() + at;
    let readme = fs::read_to_string(out.join("README.md")).unwrap();
    for step in list(&bundle, "runbook") {
        for place in [&whole.out[runbook..], &readme] {
            let flat = place.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(word(step, "title")), "{step}");
            let lines = word(step, "command").lines();
            lines.for_each(|line| assert!(place.contains(line), "{line} is missing"));
        }
    }
    assert_eq!(names(&out).len(), list(&bundle, "documents").len() + 1);
    let again = build(&[&arguments[..], &["--out", text(&out)]].concat()).with(0);
    assert_eq!(again.out.lines().count(), names(&out).len());
    assert!(again.out.lines().all(|line| line.starts_with("unchanged ")), "{}", again.out);
}

#[test]
fn a_saved_blueprint_builds_the_same_bytes_and_may_be_saved_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("flow.json");
    let file = text(&path);
    let first = build(&[&everything()[..], &["--save", file, "--json"]].concat()).with(0);
    let bytes = fs::read(&path).unwrap();
    assert_eq!(run(["build", file, "--json"]).with(0).out, first.out);
    let input = program::with_input(
        {
            let mut command = program::program();
            command.args(["build", "-", "--json"]);
            command
        },
        &bytes,
    );
    assert_eq!(input.with(0).out, first.out);
    run(["build", file, "--save", file]).with(0);
    assert_eq!(fs::read(&path).unwrap(), bytes, "saving again changes nothing");
    let edited =
        run(["build", file, "--save", file, "--set", "runner.principal=role/Other", "--json"]).with(0);
    assert_ne!(edited.out, first.out);
    assert!(fs::read_to_string(&path).unwrap().contains("role/Other"), "the input is saved over");
    assert_eq!(names(folder.path()), ["flow.json"], "nothing else is left in the folder");
}

#[test]
fn a_profile_response_pins_the_legs_and_stays_in_the_blueprint() {
    let folder = tempfile::tempdir().unwrap();
    let (response, saved) = (folder.path().join("profile.json"), folder.path().join("flow.json"));
    let legs = ["us-east-1", "us-west-2"]
        .map(|region| format!("arn:aws:bedrock:{region}::foundation-model/amazon.nova-lite-v1:0"));
    let profile = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0";
    let models = legs.iter().map(|arn| serde_json::json!({"modelArn": arn})).collect::<Vec<_>>();
    let answer = serde_json::json!({"inferenceProfileName": "kept", "inferenceProfileArn": profile,
        "inferenceProfileId": "us.amazon.nova-lite-v1:0", "models": models});
    fs::write(&response, answer.to_string()).unwrap();
    let mut arguments = clean();
    arguments[1] = "flow-node/prompt.model=us.amazon.nova-lite-v1:0";
    let resources = |out: &str| {
        let bundle: Value = serde_json::from_str(out).unwrap();
        let role = &document(&bundle, "flow-role")["policy"];
        grants(role).iter().map(|grant| grant.split(' ').nth(2).unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    let open = build(&[&arguments[..], &["--json"]].concat()).with(0);
    assert!(resources(&open.out).iter().any(|arn| arn.starts_with("arn:aws:bedrock:*::")), "{}", open.out);
    assert_eq!(words(list(&open.json(), "findings"), "code"), ["profile-regions-open"]);
    arguments.extend(["--json", "--profile-response", text(&response), "--save", text(&saved)]);
    let pinned = build(&arguments).with(0);
    let wanted = legs.into_iter().chain([profile.to_owned()]).collect();
    assert_eq!(resources(&pinned.out), wanted);
    assert_eq!(list(&pinned.json(), "findings"), [] as [Value; 0]);
    let blueprint: Value = serde_json::from_str(&fs::read_to_string(&saved).unwrap()).unwrap();
    assert_eq!(blueprint["profiles"], serde_json::json!([answer]), "the whole answer is kept");
    assert_eq!(run(["build", text(&saved), "--json"]).with(0).out, pinned.out);
}

#[test]
fn a_hole_is_an_error_unless_it_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut arguments = clean();
    arguments.extend(["--tick", "flow-node/agent"]);
    let refused = build(&[&arguments[..], &["--out", text(&out)]].concat()).with(1);
    assert!(!out.exists(), "something was written");
    assert_eq!(refused.out, "");
    for word in ["error[hole]", "flow-node/agent.agent-alias", text(&out), "--allow-holes"] {
        assert!(refused.err.contains(word), "{word} is not in {}", refused.err);
    }
    let finding = build(&[&arguments[..], &["--json"]].concat()).with(1).json()["findings"][0].clone();
    assert_eq!([word(&finding, "code"), word(&finding, "severity")], ["hole", "error"]);
    assert_eq!(
        [word(&finding, "capability"), word(&finding, "parameter")],
        ["flow-node/agent", "agent-alias"]
    );
    arguments.push("--allow-holes");
    let allowed = build(&[&arguments[..], &["--json"]].concat()).with(0).json();
    assert_eq!(word(&allowed["findings"][0], "severity"), "warning");
    assert!(build(&[&arguments[..], &["--out", text(&out)]].concat()).with(0).err.contains("warning[hole]"));
    assert!(fs::read_to_string(out.join("flow-role.json")).unwrap().contains("<agent-alias>"));
}

#[test]
fn findings_go_to_standard_error_and_the_exit_code_tells_their_weight() {
    let clean = clean();
    assert_eq!(build(&clean).with(0).err, "");
    let suggestion = build(&sets(&[PROMPT])).with(0);
    assert!(suggestion.err.contains("suggestion["), "{}", suggestion.err);
    let error = build(&sets(&["flow-node/prompt.model=not a model"])).with(1);
    assert!(error.err.contains("error[value-form]") && error.err.ends_with("suggestions\n"), "{}", error.err);
    for ran in [&suggestion, &error] {
        for word in ["suggestion[", "error[", "warning[", "fix:"] {
            assert!(!ran.out.contains(word), "{word} is on standard output");
        }
    }
    let alone = build(&["--set", PROMPT, "--document", "flow-role"]).with(0);
    serde_json::from_str::<Value>(&alone.out).unwrap();
    assert!(alone.err.contains("suggestion["));
    run(["build", "--no-such-option"]).with(2);
    build(&["--set", PROMPT, "--document", "nothing"]).with(2);
    run(["build", "./no-such-file.json"]).with(3);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (once, twice) = (build(&everything()), build(&everything()));
    assert_eq!(once, twice);
    let mut turned: Vec<[&str; 2]> = everything().chunks(2).map(|pair| [pair[0], pair[1]]).collect();
    turned.rotate_right(14);
    assert_eq!(build(&turned.concat()), once, "ticks in another order");
}

#[test]
fn documents_of_equal_names_add_the_account() {
    let lambda = |account, name| {
        format!("flow-node/lambda-function.function=arn:aws:lambda:us-east-1:{account}:function:{name}")
    };
    let values = [
        lambda("210987654321", "same"),
        lambda("345678901234", "same"),
        lambda("210987654321", "other"),
        "flow-node/lex.bot-alias=BOT1234567/ALIAS12345".into(),
        "flow/encryption.key=1234abcd-12ab-34cd-56ef-1234567890ab".into(),
        "flow.id=FLOW123456".into(),
    ];
    let mut arguments = sets(&values.each_ref().map(String::as_str));
    arguments.extend(["--tick", "flow/legacy-access", "--json"]);
    let bundle = build(&arguments).json();
    let found = words(list(&bundle, "documents"), "name");
    for name in [
        "lambda-same-210987654321",
        "lambda-same-345678901234",
        "lambda-other",
        "lex-BOT1234567-ALIAS12345",
        "key-1234abcd-12ab-34cd-56ef-1234567890ab",
    ] {
        assert!(found.contains(&name), "{name} is not among {found:?}");
    }
}

#[test]
fn a_large_policy_is_split_and_says_the_same() {
    let assignment = |n: usize| match n % 4 {
        0 => format!("flow-node/prompt.model=us.anthropic.a-model-with-a-long-name-{n}-v1:0"),
        1 => format!("flow-node/agent.agent-alias=AGENT{n:05}/ALIAS{n:05}"),
        2 => format!("flow-node/s3-storage.bucket=a-bucket-with-a-long-name-for-results-{n}"),
        _ => format!("flow-node/knowledge-base.knowledge-base=KB{n:08}"),
    };
    let all: Vec<String> = (0..160).map(assignment).collect();
    let roles = |values: &[&str]| {
        let bundle = build(&[&sets(values)[..], &["--json", "--allow-holes"]].concat()).json();
        let documents = list(&bundle, "documents").iter();
        let of_role = documents.filter(|one| word(&one["attach"], "to").starts_with("the role Amazon"));
        let identity = of_role.filter(|one| word(one, "kind") == "identity");
        identity.map(|one| (word(one, "name").to_owned(), one["policy"].clone())).collect::<Vec<_>>()
    };
    let parts = roles(&all.iter().map(String::as_str).collect::<Vec<_>>());
    let found: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert!(parts.len() > 2, "{found:?}");
    assert_eq!(found[..3], ["flow-role", "flow-role-2", "flow-role-3"]);
    for (name, policy) in &parts {
        assert!(size(policy) <= 6144, "{name} has {}", size(policy));
    }
    let together: BTreeSet<String> = parts.iter().flat_map(|(_, policy)| grants(policy)).collect();
    let alone: BTreeSet<String> =
        all.iter().flat_map(|one| roles(&[one])).flat_map(|(_, policy)| grants(&policy)).collect();
    assert_eq!(together, alone);
}
