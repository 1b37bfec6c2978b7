//! A guardrail: an id of lower-case letters and digits, or its ARN, never with a version: IAM
//! knows guardrails without versions (Service Authorization Reference: guardrail).

use super::located::{Located, check as check_located};
use super::{Context, Given, Kind, Problem, Texts, plain};

pub(super) const KIND: Kind = Kind {
    name: "guardrail",
    title: "a guardrail",
    form: "its id of lower-case letters and digits, or its ARN, without a version",
    example: "gr1234567890",
    facets: &[("arn", "its ARN"), ("id", "the id alone"), ("account", "the guardrail's account")],
    grants: false,
    check,
    fill,
};

fn is_guardrail(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'*')
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    check_located(&KIND, value, ("bedrock", "guardrail/"), is_guardrail, context)
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let it = Located::read(given, "guardrail/", context);
    match facet {
        "arn" => out.push(it.arn("bedrock", "guardrail/", "")),
        "id" => out.push(plain(it.id)),
        "account" => out.push(plain(it.account)),
        _ => return false,
    }
    true
}
