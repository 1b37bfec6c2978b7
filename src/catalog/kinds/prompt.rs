//! A prompt of prompt management: id or ARN, with `:VERSION` when pinned (Service Authorization Reference: prompt, prompt-version).

use super::located::{Located, check as check_located};
use super::{Context, Given, Kind, Problem, Texts, is_id, plain};

pub(super) const KIND: Kind = Kind {
    name: "prompt",
    title: "a prompt",
    form: "the prompt's ARN, with :VERSION when pinned, or its id of ten letters and digits",
    example: "arn:aws:bedrock:us-east-1:123456789012:prompt/PROMPT1234:2",
    facets: &[
        ("arn", "the ARN as given"),
        ("arns", "the ARN as given and, when it is pinned to a version, the bare one"),
        ("bare-arn", "the ARN without a version"),
        ("id", "the id alone"),
    ],
    grants: false,
    check,
    fill,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let is_prompt = |text: &str| {
        let (id, version) = split(text);
        let fine = version
            .is_none_or(|v| (1..=5).contains(&v.len()) && v.bytes().all(|b| b.is_ascii_digit() || b == b'*'));
        is_id(id, Some(10)) && fine
    };
    check_located(&KIND, value, ("bedrock", "prompt/"), is_prompt, context)
}

fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once(':') {
        Some((id, version)) => (id, Some(version)),
        None => (text, None),
    }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let located = Located::read(given, "prompt/", context);
    let (id, version) = match located.id {
        Given::Value(text) => {
            let (id, version) = split(text);
            (Given::Value(id), version)
        }
        other => (other, None),
    };
    let bare = Located { id, ..located };
    match facet {
        "arn" => out.push(located.arn("bedrock", "prompt/", "")),
        "arns" => {
            out.push(located.arn("bedrock", "prompt/", ""));
            if version.is_some() {
                out.push(bare.arn("bedrock", "prompt/", ""));
            }
        }
        "bare-arn" => out.push(bare.arn("bedrock", "prompt/", "")),
        "id" => out.push(plain(id)),
        _ => return false,
    }
    true
}
