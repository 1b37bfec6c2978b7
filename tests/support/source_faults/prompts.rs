//! E1 to E6, on prompts.

use bedrock_policy::catalog::kinds::placeholder;
use bedrock_policy::compose::Command;

use super::Row;
use crate::fits::fits;
use crate::world::{Statement, World};

pub(crate) const ROWS: &[Row] = &[
    Row { number: 1, says: "a resource is a quoted text", check: e1 },
    Row { number: 2, says: "no line break or space inside an ARN or any other text", check: e2 },
    Row { number: 3, says: "key statements are a whole document, added to the key's policy", check: e3 },
    Row { number: 4, says: "a prompt's key statement is not named after flows", check: e4 },
    Row { number: 5, says: "no placeholder that IAM would read as a policy variable", check: e5 },
    Row { number: 6, says: "no resource of * where an ARN can be named", check: e6 },
];

fn e1(world: &World) -> Vec<String> {
    let bad = world.statements().filter(|(_, one)| {
        let none = one.resources.is_empty() != (one.kind == "trust");
        none || one.resources.iter().any(|text| text != "*" && !text.starts_with("arn:"))
    });
    bad.map(|(build, one)| format!("{}: {one:?}", build.name)).collect()
}

fn e2(world: &World) -> Vec<String> {
    let fits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
    let bad = world.statements().flat_map(|(_, one)| one.leaves().filter(|text| !fits(text)));
    bad.map(str::to_owned).collect()
}

/// That every document has Version and Statement is asserted where it is read.
fn e3(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in &world.builds {
        for document in build.bundle.documents.iter().filter(|one| one.kind.word() == "key") {
            let steps = build.steps.iter();
            let mut steps = steps.filter(|step| step.document.as_ref() == Some(&document.name));
            if !steps.all(|step| matches!(step.command, Command::AddToPolicy { .. })) {
                bad.push(format!("{} is not added to the policy that is there", document.name));
            }
        }
        let replaces = |line: &&str| line.contains("put-key-policy") && !line.contains(".merged.json");
        bad.extend(build.text.lines().filter(replaces).map(|line| format!("replaces a key policy: {line}")));
    }
    let key = world.catalog.documents().find(|spec| spec.name == "key").map_or("", |spec| &spec.help);
    if !(key.contains("add") && key.contains("never replace")) {
        bad.push("the key document does not say that it is added".to_owned());
    }
    bad
}

fn e4(world: &World) -> Vec<String> {
    let bad = world.statements().filter(|(_, one)| {
        let prompts = !one.values("kms:EncryptionContext:aws:bedrock-prompts:arn").is_empty();
        one.sid.contains("EncryptFlowKMS") || (prompts && !one.sid.contains("Prompt"))
    });
    bad.map(|(_, one)| one.sid.clone()).collect()
}

fn e5(world: &World) -> Vec<String> {
    let mut bad: Vec<String> = Vec::new();
    for build in &world.builds {
        let document = build.statements.iter().flat_map(Statement::leaves).find(|text| text.contains("${"));
        bad.extend(document.map(|text| format!("{}: {text}", build.name)));
        // The one that the shell itself fills in: nothing when there is no revision.
        let runbook = build.text.replace("${revision:+", "");
        bad.extend(runbook.contains("${").then(|| format!("{}: the runbook shows a ${{", build.name)));
    }
    for leftover in ["${account-id}", "arn:aws:s3:::${bucket}", "a ${region} b"] {
        bad.extend(placeholder(leftover).is_none().then(|| format!("{leftover} is taken")));
    }
    for real in ["${aws:PrincipalAccount}", "${aws:username, 'nobody'}", "a ${*} star"] {
        bad.extend(placeholder(real).map(|_| format!("{real} is refused")));
    }
    bad
}

/// A resource of `*` is right in a key policy, in a Deny, and where IAM knows no resource.
fn e6(world: &World) -> Vec<String> {
    let stars = world.statements().filter(|(_, one)| {
        one.effect == "Allow" && one.kind != "key" && one.resources.iter().any(|text| text == "*")
    });
    stars
        .flat_map(|(_, one)| one.actions.iter().filter_map(|action| fits(world, action, "*").err()))
        .collect()
}
