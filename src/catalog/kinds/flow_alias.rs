//! A flow alias: ten letters and digits or `TSTALIASID`, of the subject flow, or a whole alias ARN.

use super::located::{Located, check as check_located};
use super::{Arn, Context, Given, Kind, Problem, Texts, is_id, plain};

pub(super) const KIND: Kind = Kind {
    name: "flow-alias",
    title: "a flow alias",
    form: "the alias's id of ten letters and digits, TSTALIASID, or the alias's ARN",
    example: "ALIAS12345",
    facets: &[
        ("arn", "the alias's ARN"),
        ("flow-arn", "the ARN of its flow"),
        ("executions", "the pattern of the alias's executions"),
        ("id", "the id alone"),
    ],
    grants: false,
    check,
    fill,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let whole = |text: &str| match text.split_once("/alias/") {
        Some((flow, alias)) => is_id(flow, Some(10)) && is_id(alias, Some(10)),
        None => false,
    };
    if !value.starts_with("arn:") {
        return check_located(&KIND, value, ("bedrock", "flow/"), |id| is_id(id, Some(10)), context);
    }
    let mut problems = check_located(&KIND, value, ("bedrock", "flow/"), whole, context);
    if problems.is_empty() {
        problems.extend(of_another_flow(value, context));
    }
    problems
}

/// An alias's ARN names its flow, which is the one that everything else is for.
fn of_another_flow(value: &str, context: &Context<'_>) -> Option<Problem> {
    let wanted = flow_id(context.flow.value()?);
    let found = flow_id(value);
    let differs = found != wanted && !found.contains(['*', '?']);
    differs.then(|| Problem::new("alias-of-another-flow", &[("value", value), ("flow", wanted)]))
}

/// The flow's id in the ARN of a flow or an alias, or the value as it is.
fn flow_id(value: &str) -> &str {
    let resource = Arn::parse(value).and_then(|arn| arn.resource.strip_prefix("flow/"));
    resource.map_or(value, |rest| rest.split('/').next().unwrap_or(rest))
}

/// The flow and the alias id: both from an ARN, else the subject flow and the value.
fn read<'a>(given: Given<'a>, context: &Context<'a>) -> (Located<'a>, Given<'a>) {
    let located = Located::read(given, "flow/", context);
    let split = located.id.value().filter(|_| given != located.id).and_then(|id| id.split_once("/alias/"));
    match split {
        Some((flow, alias)) => (Located { id: Given::Value(flow), ..located }, Given::Value(alias)),
        None => (Located::read(context.flow, "flow/", context), given),
    }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let (flow, alias) = read(given, context);
    let mut text = flow.arn("bedrock", "flow/", "");
    match facet {
        "arn" | "executions" => {
            text.push_str("/alias/");
            alias.push_to(&mut text);
        }
        "flow-arn" => {}
        "id" => text = plain(alias),
        _ => return false,
    }
    if facet == "executions" {
        text.push_str("/execution/*");
        text.explain_star("executions-of-alias".into());
    }
    out.push(text);
    true
}
