//! E27 to E41, on the people who author flows, and on AWS's own policies.

use serde_json::Value;

use super::Row;
use crate::evaluator::{Decision, Parsed, Principal, Request, identity};
use crate::world::{Statement, World, strings};

pub(crate) const ROWS: &[Row] = &[
    Row { number: 27, says: "no comma behind the last of a list", check: e27 },
    Row { number: 28, says: "every IAM action exists: DeleteFlowVersion, not …Versions", check: e28 },
    Row {
        number: 29,
        says: "authors may validate a flow",
        check: |w| author(w, &["ValidateFlowDefinition"]),
    },
    Row { number: 30, says: "authors may prepare a flow", check: |w| author(w, &["PrepareFlow"]) },
    Row { number: 31, says: "authors may pass the flow's role, to Bedrock only", check: e31 },
    Row { number: 32, says: "authors may run executions", check: |w| author(w, &EXECUTIONS) },
    Row { number: 33, says: "only what still is a preview is called one", check: e33 },
    Row { number: 34, says: "a flow always has a role", check: e34 },
    Row { number: 35, says: "limited and full access are not taken for each other", check: e35 },
    Row { number: 36, says: "what limited access cannot do is told", check: e36 },
    Row { number: 37, says: "the condition on AWS Marketplace is told as it is", check: e37 },
    Row { number: 38, says: "AWS's policies are of a current version", check: e38 },
    Row { number: 39, says: "a key's ARN has its account and key/", check: e39 },
    Row { number: 40, says: "AWS's policies are shown as JSON under their own name", check: e40 },
    Row { number: 41, says: "that limited access passes no role is told", check: e41 },
];

const EXECUTIONS: [&str; 6] = [
    "StartFlowExecution",
    "GetFlowExecution",
    "ListFlowExecutions",
    "ListFlowExecutionEvents",
    "StopFlowExecution",
    "GetExecutionFlowSnapshot",
];

const FULL: &str = "AmazonBedrockFullAccess";
const LIMITED: &str = "AmazonBedrockLimitedAccess";

fn managed(world: &World, name: &str) -> Value {
    let policy = world.catalog.reference().managed_policy(name).expect("it is in the reference");
    serde_json::from_str(policy.document.get()).expect("JSON")
}

/// The builds in which the author document lacks one of the actions.
fn author(world: &World, actions: &[&str]) -> Vec<String> {
    let mut bad = Vec::new();
    for build in &world.builds {
        for action in actions {
            let action = format!("bedrock:{action}");
            let there = |one: &Statement| one.document.starts_with("author-flows") && one.has(&action);
            bad.extend((!build.statements.iter().any(there)).then(|| format!("{}: no {action}", build.name)));
        }
    }
    bad
}

/// That serde reads every document is asserted where it is read; this looks at what is shown.
fn e27(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in &world.builds {
        let lines: Vec<&str> = build.text.lines().map(str::trim).collect();
        let trailing = |pair: &[&str]| pair[0].ends_with(',') && pair[1].starts_with([']', '}']);
        bad.extend(lines.windows(2).find(|pair| trailing(pair)).map(|pair| pair.join(" ")));
    }
    bad
}

fn e28(world: &World) -> Vec<String> {
    let named = world.statements().flat_map(|(_, one)| &one.actions).filter(|action| *action != "bedrock:*");
    let mut bad: Vec<String> = named.filter(|action| world.action(action).is_none()).cloned().collect();
    bad.extend(author(world, &["DeleteFlowVersion"]));
    let wrong = world.texts.iter().filter(|(_, text)| text.contains("DeleteFlowVersions"));
    // The messages and the table of names that IAM does not have may name the mistake to mend it.
    let mends = |file: &str| file.starts_with("messages") || file.starts_with("api-names");
    bad.extend(wrong.filter(|(file, _)| !mends(file)).map(|(file, _)| file.clone()));
    bad
}

fn e31(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in &world.builds {
        let passes = |one: &&Statement| one.has("iam:PassRole");
        let all: Vec<_> = build.statements.iter().filter(passes).collect();
        let fine = |one: &&&Statement| {
            one.values("iam:PassedToService") == ["bedrock.amazonaws.com"]
                && one.resources.iter().all(|arn| arn.contains(":role/") && !arn.contains('*'))
        };
        let sound = all.iter().filter(fine).count();
        bad.extend((all.is_empty() || sound != all.len()).then(|| format!("{}: {all:?}", build.name)));
    }
    bad
}

/// Executions, inline code, and a guardrail of another account are still marked so.
fn e33(world: &World) -> Vec<String> {
    let about = ["execution", "inline code", "guardrail of another account"];
    let bad = world.texts.iter().filter(|(_, text)| {
        let text = text.to_lowercase();
        text.contains("preview") && !about.iter().any(|thing| text.contains(thing))
    });
    bad.map(|(file, text)| format!("{file}: {text}")).collect()
}

fn e34(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in &world.builds {
        let trust = build.bundle.documents.iter().any(|document| document.name == "flow-role-trust");
        bad.extend((!trust).then(|| format!("{}: no trust policy", build.name)));
        let creates = |line: &&str| line.contains("bedrock-agent create-flow ");
        let lines: Vec<&str> = build.text.lines().filter(creates).collect();
        let roles = lines.iter().all(|line| line.contains("--execution-role-arn"));
        bad.extend((!roles).then(|| format!("{}: a flow without a role: {lines:?}", build.name)));
        let missing = lines.is_empty() && build.filled && !build.flow_given;
        bad.extend(missing.then(|| format!("{}: no step makes the flow", build.name)));
    }
    let optional = |text: &str| text.contains("role is optional") || text.contains("optional role");
    bad.extend(world.texts.iter().filter(|(_, text)| optional(text)).map(|(file, _)| file.clone()));
    bad
}

fn e35(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for (capability, policy, everything) in
        [("people/full-access", FULL, true), ("people/limited-access", LIMITED, false)]
    {
        let attached = world.catalog.capability(capability).expect("it is there");
        let names: Vec<&str> = attached.attaches.iter().map(|one| one.policy.as_str()).collect();
        bad.extend((names != [policy]).then(|| format!("{capability} attaches {names:?}")));
        let document = managed(world, policy);
        let statements = document["Statement"].as_array().expect("a list");
        let all = statements.iter().any(|one| strings(&one["Action"]).any(|action| action == "bedrock:*"));
        bad.extend((all != everything).then(|| format!("{policy} grants bedrock:*: {all}")));
    }
    bad
}

/// True if one of AWS's policies allows an IAM action on a resource that could be meant.
fn allows(world: &World, policy: &str, action: &str) -> bool {
    let document = Parsed::new(&managed(world, policy));
    let who =
        Principal::Aws { arn: "arn:aws:iam::123456789012:role/a".into(), account: "123456789012".into() };
    let arn = "arn:aws:bedrock:us-east-1:123456789012:flow/FLOW123456";
    let role = "arn:aws:iam::123456789012:role/MyRole";
    [arn, role, "*"].iter().any(|resource| {
        let request = Request::new(who.clone(), action, resource)
            .with("iam:PassedToService", &["bedrock.amazonaws.com"]);
        identity(&[&document], &request) == Decision::Allow
    })
}

fn e36(world: &World) -> Vec<String> {
    let words = world.words("people/limited-access");
    let lacks = [
        ("bedrock:CreateFlow", "creating, changing, preparing or running flows"),
        ("bedrock:InvokeFlow", "creating, changing, preparing or running flows"),
        ("bedrock:CreatePrompt", "creating, changing, deleting or rendering prompts"),
        ("bedrock:RenderPrompt", "creating, changing, deleting or rendering prompts"),
        ("bedrock:InvokeAgent", "asking agents"),
        ("bedrock:Retrieve", "querying knowledge bases"),
        ("iam:PassRole", "iam:PassRole"),
    ];
    let mut bad = Vec::new();
    for (action, told) in lacks {
        bad.extend(allows(world, LIMITED, action).then(|| format!("{LIMITED} does allow {action}")));
        bad.extend((!words.contains(told)).then(|| format!("not told: {told}")));
    }
    bad.extend((!allows(world, FULL, "bedrock:CreateFlow")).then(|| format!("{FULL} cannot create flows")));
    bad
}

fn e37(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for (policy, callers) in [(FULL, &["bedrock"][..]), (LIMITED, &["bedrock", "bedrock-mantle"][..])] {
        let document = managed(world, policy);
        let statements = document["Statement"].as_array().expect("a list");
        let marketplace = statements
            .iter()
            .filter(|one| strings(&one["Action"]).any(|action| action.starts_with("aws-marketplace:")));
        let wanted: Vec<String> = callers.iter().map(|name| format!("{name}.amazonaws.com")).collect();
        for one in marketplace {
            let found: Vec<&str> = strings(&one["Condition"]["StringEquals"]["aws:CalledViaLast"]).collect();
            bad.extend((found != wanted).then(|| format!("{policy}: {found:?}")));
        }
    }
    for (capability, who) in [
        ("full", "when Bedrock makes the call"),
        ("limited", "when Bedrock or Bedrock Mantle makes the call"),
    ] {
        let words = world.words(&format!("people/{capability}-access"));
        bad.extend((!words.contains(who)).then(|| format!("{capability}: not told: {who}")));
    }
    bad
}

fn e38(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for (policy, least) in [(FULL, 11), (LIMITED, 9)] {
        let found = world.catalog.reference().managed_policy(policy).expect("it is there");
        let version: u32 = found.version.trim_start_matches('v').parse().expect("a number");
        let dated = found.date.len() == 10;
        bad.extend((version < least || !dated).then(|| format!("{policy} {} {}", found.version, found.date)));
        let text = found.document.get();
        bad.extend((!text.contains("bedrock-websearch:")).then(|| format!("{policy}: no web search")));
    }
    let limited = managed(world, LIMITED).to_string();
    bad.extend((!limited.contains("AutomatedReasoning")).then(|| "no automated reasoning".to_owned()));
    bad
}

fn e39(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for (_, one) in world.filled() {
        for arn in one.leaves().filter(|text| text.contains(":kms:") && text.starts_with("arn:")) {
            let fields: Vec<&str> = arn.splitn(6, ':').collect();
            let fine = fields.len() == 6 && fields[4].len() == 12 && fields[5].starts_with("key/");
            bad.extend((!fine).then(|| arn.to_owned()));
        }
    }
    for capability in ["people/full-access", "people/limited-access"] {
        let told = world.words(capability).contains("no real key's ARN fits");
        bad.extend((!told).then(|| format!("{capability} does not tell it")));
    }
    bad
}

fn e40(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for build in &world.builds {
        for policy in [FULL, LIMITED] {
            let shown = build.text.split(&format!("# {policy}")).nth(1).and_then(|rest| rest.split_once('{'));
            let Some((heading, rest)) = shown else {
                bad.push(format!("{}: {policy} is not shown", build.name));
                continue;
            };
            let text = format!("{{{rest}");
            let mut read = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
            let same = read.next().is_some_and(|one| one.is_ok_and(|one| one == managed(world, policy)));
            bad.extend((!same).then(|| format!("{}: {policy} is shown otherwise: {heading}", build.name)));
        }
        let broken = build.steps.iter().find(|step| step.title.contains('\n') || step.title.is_empty());
        bad.extend(broken.map(|step| format!("a title of two lines: {}", step.title)));
    }
    bad
}

fn e41(world: &World) -> Vec<String> {
    let words = world.words("people/limited-access");
    let told = words.contains("without iam:PassRole") && words.contains("no role can be handed");
    (!told).then(|| "not told".to_owned()).into_iter().collect()
}
