//! A knowledge base: an id of ten letters and digits, or its ARN (Amazon Bedrock API reference).

use super::located::{Located, check as check_located};
use super::{Context, Given, Kind, Problem, Texts, is_id, plain};

pub(super) const KIND: Kind = Kind {
    name: "knowledge-base",
    title: "a knowledge base",
    form: "its id of ten letters and digits, or its ARN",
    example: "KB12345678",
    facets: &[("arn", "its ARN"), ("id", "the id alone")],
    grants: false,
    check,
    fill,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    check_located(&KIND, value, ("bedrock", "knowledge-base/"), |id| is_id(id, Some(10)), context)
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let it = Located::read(given, "knowledge-base/", context);
    match facet {
        "arn" => out.push(it.arn("bedrock", "knowledge-base/", "")),
        "id" => out.push(plain(it.id)),
        _ => return false,
    }
    true
}
