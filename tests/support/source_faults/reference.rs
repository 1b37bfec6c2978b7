//! E42 to E48, on the list of IAM actions.

use serde_json::Value;

use super::Row;
use crate::fits::fits;
use crate::world::{World, strings};

pub(crate) const ROWS: &[Row] = &[
    Row { number: 42, says: "the reference is of today, dated and whole", check: e42 },
    Row { number: 43, says: "ARN forms are written ${Name}, without a space", check: e43 },
    Row { number: 44, says: "access levels are today's", check: e44 },
    Row { number: 45, says: "prompt actions have their resource types", check: e45 },
    Row { number: 46, says: "InvokeModel has today's targets", check: e46 },
    Row { number: 47, says: "customization jobs are no target of their own making", check: e47 },
    Row { number: 48, says: "every IAM action that flows need is known", check: e48 },
];

fn size(value: &Value) -> usize {
    value.as_object().map_or(0, serde_json::Map::len)
}

fn e42(world: &World) -> Vec<String> {
    let bedrock = world.service("bedrock");
    let found = [size(&bedrock["actions"]), size(&bedrock["resources"]), size(&bedrock["keys"])];
    let source = world.catalog.reference().source();
    let mut bad = Vec::new();
    if found[0] < 262 || found[1] < 40 || found[2] < 10 || bedrock["complete"] != true {
        bad.push(format!("{found:?}"));
    }
    if source.date.as_str() < "2026-09-01" || source.package.is_empty() {
        bad.push(format!("{source:?}"));
    }
    bad
}

fn e43(world: &World) -> Vec<String> {
    let mut bad = Vec::new();
    for service in world.universe.services.values() {
        for one in service["resources"].as_object().into_iter().flatten().map(|(_, one)| one) {
            for arn in strings(&one["arns"]) {
                let names = arn.split("${").skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
                let named = names
                    .into_iter()
                    .all(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()));
                let counts = arn.matches('$').count() == arn.matches("${").count();
                bad.extend((!named || !counts || arn.contains(' ')).then(|| arn.to_owned()));
            }
        }
    }
    bad
}

fn levels(world: &World, action: &str) -> Vec<String> {
    strings(world.action(action).map_or(&Value::Null, |action| &action["levels"]))
        .map(str::to_owned)
        .collect()
}

fn e44(world: &World) -> Vec<String> {
    let wanted: [(&str, &[&str]); 4] = [
        ("bedrock:InvokeModel", &["Read"]),
        ("bedrock:InvokeModelWithResponseStream", &["Read"]),
        ("bedrock:ListTagsForResource", &["Read"]),
        ("bedrock:TagResource", &["Tagging", "Write"]),
    ];
    let wrong = wanted.iter().filter(|(action, levels_)| levels(world, action) != *levels_);
    wrong.map(|(action, _)| format!("{action}: {:?}", levels(world, action))).collect()
}

fn e45(world: &World) -> Vec<String> {
    let wanted: [(&str, &[&str]); 4] = [
        ("bedrock:GetPrompt", &["prompt", "prompt-version"]),
        ("bedrock:DeletePrompt", &["prompt", "prompt-version"]),
        ("bedrock:UpdatePrompt", &["prompt"]),
        ("bedrock:ListPrompts", &["prompt"]),
    ];
    let wrong = wanted.iter().filter(|(action, types)| world.types(action) != *types);
    let mut bad: Vec<String> =
        wrong.map(|(action, _)| format!("{action}: {:?}", world.types(action))).collect();
    // What stands in our documents keeps to it.
    for (_, one) in world.filled().filter(|(_, one)| one.kind == "resource") {
        for action in &one.actions {
            bad.extend(one.resources.iter().filter_map(|resource| fits(world, action, resource).err()));
        }
    }
    bad
}

fn e46(world: &World) -> Vec<String> {
    let types = world.types("bedrock:InvokeModel");
    let mut bad = Vec::new();
    if types.contains(&"custom-model".to_owned()) {
        bad.push("custom-model is listed".to_owned());
    }
    let wanted = [
        "application-inference-profile",
        "bedrock-marketplace-model-endpoint",
        "custom-model-deployment",
        "default-prompt-router",
        "foundation-model",
        "imported-model",
        "inference-profile",
        "prompt-router",
        "provisioned-model",
    ];
    bad.extend(wanted.iter().filter(|name| !types.contains(&(**name).to_owned())).map(|name| (*name).into()));
    bad
}

fn e47(world: &World) -> Vec<String> {
    let types = world.types("bedrock:CreateModelCustomizationJob");
    let listed = types.contains(&"model-customization-job".to_owned()) || types.is_empty();
    listed.then(|| format!("{types:?}")).into_iter().collect()
}

fn e48(world: &World) -> Vec<String> {
    let wanted = [
        "CreatePrompt",
        "RenderPrompt",
        "CreateFlow",
        "PrepareFlow",
        "InvokeFlow",
        "StartFlowExecution",
        "Retrieve",
        "RetrieveAndGenerate",
        "Rerank",
        "InvokeAgent",
        "ApplyGuardrail",
        "GetInferenceProfile",
    ];
    let missing = wanted.iter().filter(|name| world.action(&format!("bedrock:{name}")).is_none());
    missing.map(|name| (*name).to_owned()).collect()
}
