//! An agent alias: two ids, the agent's and the alias's, or the ARN (Service Authorization Reference: agent-alias).

use super::located::{Located, check as check_located};
use super::{Context, Given, Kind, Problem, Texts, is_id};

pub(super) const KIND: Kind = Kind {
    name: "agent-alias",
    title: "an agent alias",
    form: "AGENTID/ALIASID, both of ten letters and digits, or the alias's ARN",
    example: "AGENT12345/ALIAS12345",
    facets: &[("arn", "the alias's ARN"), ("agent-arn", "the ARN of its agent")],
    grants: false,
    check,
    fill,
};

fn is_alias(text: &str) -> bool {
    text.split_once('/').is_some_and(|(agent, alias)| is_id(agent, Some(10)) && is_id(alias, Some(10)))
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    check_located(&KIND, value, ("bedrock", "agent-alias/"), is_alias, context)
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let alias = Located::read(given, "agent-alias/", context);
    match facet {
        "arn" => out.push(alias.arn("bedrock", "agent-alias/", "")),
        "agent-arn" => {
            let id = match alias.id {
                Given::Value(text) => Given::Value(text.split('/').next().unwrap_or(text)),
                other => other,
            };
            out.push(Located { id, ..alias }.arn("bedrock", "agent/", ""));
        }
        _ => return false,
    }
    true
}
