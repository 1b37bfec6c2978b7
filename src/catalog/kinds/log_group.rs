//! A CloudWatch Logs log group: its name or its ARN, without the `:*` that some pages append.

use super::{Arn, Context, Given, Kind, Problem, Texts, arn, arn_problems, not_the_form, plain};

pub(super) const KIND: Kind = Kind {
    name: "log-group",
    title: "a log group",
    form: "the log group's name or ARN",
    example: "/aws/bedrock/invocations",
    facets: &[("arn", "the log group's ARN, without :* at its end"), ("name", "its name")],
    grants: false,
    check,
    fill,
};

fn split<'a>(value: &'a str, context: &Context<'a>) -> ([Given<'a>; 3], &'a str) {
    match Arn::parse(value) {
        Some(arn) => {
            let name = arn.resource.strip_prefix("log-group:").unwrap_or(arn.resource);
            let fields = [arn.partition, arn.region, arn.account].map(Given::Value);
            (fields, name.strip_suffix(":*").unwrap_or(name))
        }
        None => ([context.partition, context.region, context.account], value),
    }
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let (_, name) = split(value, context);
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._/#-".contains(&b);
    if name.is_empty() || name.len() > 512 || !name.bytes().all(allowed) {
        return not_the_form(&KIND, value);
    }
    match Arn::parse(value) {
        Some(arn) if arn.service != "logs" || !arn.resource.starts_with("log-group:") => {
            not_the_form(&KIND, value)
        }
        Some(arn) => arn_problems(&KIND, &arn, value, context),
        None => Vec::new(),
    }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let scope = [context.partition, context.region, context.account];
    let (fields, name) = match given {
        Given::Value(value) => {
            let (fields, name) = split(value, context);
            (fields, Given::Value(name))
        }
        other => (scope, other),
    };
    match facet {
        "arn" => out.push(arn("logs", fields, |text| {
            text.push_str("log-group:");
            name.push_to(text);
        })),
        "name" => out.push(plain(name)),
        _ => return false,
    }
    true
}
