//! A flow: ten letters and digits, or its ARN (Amazon Bedrock API reference: FlowId).

use super::located::{Located, account_mismatch, check as check_located};
use super::{Context, Given, Kind, Problem, Texts, is_id, plain};

pub(super) const KIND: Kind = Kind {
    name: "flow",
    title: "a flow",
    form: "the flow's id of ten letters and digits, or its ARN",
    example: "FLOW123456",
    facets: &[
        ("arn", "the flow's ARN"),
        ("aliases", "the pattern of all its aliases"),
        ("id", "the id alone"),
    ],
    grants: false,
    check,
    fill,
};

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let plural = value.strip_prefix("arn:").is_some_and(|rest| rest.contains(":flows/"));
    if plural {
        return vec![Problem::new("flow-arn-plural", &[("value", value)])];
    }
    let mut problems = check_located(&KIND, value, ("bedrock", "flow/"), |id| is_id(id, Some(10)), context);
    problems.extend(account_mismatch(value, context));
    problems
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let flow = Located::read(given, "flow/", context);
    let (after, star) = match facet {
        "arn" => ("", None),
        "aliases" => ("/alias/*", Some("aliases-of-flow")),
        "id" => {
            out.push(plain(flow.id));
            return true;
        }
        _ => return false,
    };
    let mut text = flow.arn("bedrock", "flow/", after);
    if let Some(reason) = star {
        text.explain_star(reason.into());
    }
    out.push(text);
    true
}
