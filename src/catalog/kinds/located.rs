//! What the Bedrock kinds share: an id in the scope's account and Region, or a whole ARN with its
//! own.

use super::{Arn, Context, Given, Kind, Problem, Text, arn, arn_problems, not_the_form};

/// A resource named by its id or its ARN.
#[derive(Clone, Copy, Debug)]
pub(super) struct Located<'a> {
    pub(super) partition: Given<'a>,
    pub(super) region: Given<'a>,
    pub(super) account: Given<'a>,
    pub(super) id: Given<'a>,
}

impl<'a> Located<'a> {
    /// Reads a value: an ARN whose resource begins with `prefix` (`flow/`), or an id.
    pub(super) fn read(given: Given<'a>, prefix: &str, context: &Context<'a>) -> Self {
        if let Some(parsed) = given.value().and_then(Arn::parse)
            && let Some(id) = parsed.resource.strip_prefix(prefix)
        {
            return Self {
                partition: Given::Value(parsed.partition),
                region: Given::Value(parsed.region),
                account: Given::Value(parsed.account),
                id: Given::Value(id),
            };
        }
        Self { partition: context.partition, region: context.region, account: context.account, id: given }
    }

    /// The ARN, with `after` behind the id.
    pub(super) fn arn(self, service: &str, prefix: &str, after: &str) -> Text {
        arn(service, [self.partition, self.region, self.account], |out| {
            out.push_str(prefix);
            self.id.push_to(out);
            out.push_str(after);
        })
    }
}

/// Checks a value that is an id or an ARN of `service` with a resource beginning with `prefix`.
pub(super) fn check(
    kind: &Kind,
    value: &str,
    (service, prefix): (&str, &str),
    is_id: fn(&str) -> bool,
    context: &Context<'_>,
) -> Vec<Problem> {
    if !value.starts_with("arn:") {
        return if is_id(value) { Vec::new() } else { not_the_form(kind, value) };
    }
    let Some(parsed) = Arn::parse(value) else {
        return not_the_form(kind, value);
    };
    let Some(id) = parsed.resource.strip_prefix(prefix).filter(|_| parsed.service == service) else {
        return vec![Problem::new(
            "arn-of-another-kind",
            &[
                ("value", value),
                ("kind", kind.title),
                ("example", kind.example),
                ("wanted", &format!("arn:…:{service}:…:{prefix}…")),
            ],
        )];
    };
    if !is_id(id) || !(crate::policy::arn::is_account(parsed.account)) {
        return not_the_form(kind, value);
    }
    let problems = arn_problems(kind, &parsed, value, context);
    if !problems.is_empty() || service != "bedrock" {
        return problems;
    }
    region_mismatch(&parsed, value, context)
}

/// Bedrock calls its own things in the Region it runs in.
pub(super) fn region_mismatch(arn: &Arn<'_>, value: &str, context: &Context<'_>) -> Vec<Problem> {
    match context.region.value() {
        Some(region) if region != arn.region && !arn.region.contains('*') => {
            vec![Problem::new(
                "region-mismatch",
                &[("value", value), ("found", arn.region), ("region", region)],
            )]
        }
        _ => Vec::new(),
    }
}

/// A flow and everything that names it are of the scope's account.
pub(super) fn account_mismatch(value: &str, context: &Context<'_>) -> Vec<Problem> {
    match (Arn::parse(value), context.account.value()) {
        (Some(arn), Some(own)) if arn.account != own => {
            vec![Problem::new("account-mismatch", &[("value", value), ("account", own)])]
        }
        _ => Vec::new(),
    }
}
