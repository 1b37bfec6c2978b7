//! A person or program in IAM: a role, user or group by ARN or as `role/NAME`. A group can hold
//! policies but can be nobody's principal, and a session is not the role behind it.

use super::role::{is_name, split_path};
use super::{Arn, Context, Given, Kind, Problem, Text, Texts, arn, arn_problems, not_the_form, plain};

pub(super) const KIND: Kind = Kind {
    name: "principal",
    title: "a role, user or group",
    form: "role/NAME, user/NAME or group/NAME, or the ARN",
    example: "role/FlowAuthor",
    facets: &[
        ("arn", "its ARN"),
        ("name", "the name without path"),
        ("kind", "role, user or group; role while it is not known"),
        ("sid", "the name's letters and digits and a check of the whole ARN, for the end of a Sid"),
    ],
    grants: false,
    check,
    fill,
};

const KINDS: [&str; 3] = ["role", "user", "group"];

/// Kind, and path with name, of the resource part.
fn split(resource: &str) -> Option<(&'static str, &str)> {
    let (kind, rest) = resource.split_once('/')?;
    let kind = KINDS.iter().find(|known| **known == kind)?;
    Some((kind, rest))
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let parsed = Arn::parse(value);
    if let Some(parsed) = parsed
        && parsed.service == "sts"
        && parsed.resource.starts_with("assumed-role/")
    {
        return vec![Problem::new("session-arn", &[("value", value)])];
    }
    let resource = parsed.map_or(value, |arn| arn.resource);
    let own_form = parsed.is_none_or(|arn| {
        arn.service == "iam" && arn.region.is_empty() && crate::policy::arn::is_account(arn.account)
    });
    let named = split(resource).is_some_and(|(kind, rest)| {
        let longest = if kind == "group" { 128 } else { 64 };
        is_name(split_path(rest).1, longest)
    });
    match parsed {
        _ if !own_form || !named => not_the_form(&KIND, value),
        Some(parsed) => match context.account.value() {
            // A policy given to somebody elsewhere reaches nothing here on its own.
            Some(own) if own != parsed.account => {
                let details = [("value", value), ("account", own)];
                vec![Problem::new("principal-of-another-account", &details)]
            }
            _ => arn_problems(&KIND, &parsed, value, context),
        },
        None => Vec::new(),
    }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let parsed = given.value().and_then(Arn::parse);
    let (partition, account) = parsed.map_or((context.partition, context.account), |arn| {
        (Given::Value(arn.partition), Given::Value(arn.account))
    });
    let resource = given.value().map(|value| parsed.map_or(value, |arn| arn.resource));
    match facet {
        "arn" => out.push(match resource {
            Some(resource) => {
                arn("iam", [partition, Given::Value(""), account], |text| text.push_str(resource))
            }
            None => plain(given),
        }),
        "name" => out.push(match resource.and_then(split) {
            Some((_, rest)) => Text::new(split_path(rest).1),
            None => plain(given),
        }),
        "sid" => {
            let name = resource.and_then(split).map_or("", |(_, rest)| split_path(rest).1);
            let mut whole = Texts::default();
            fill("arn", given, context, &mut whole);
            out.push(super::sid(name, whole.first()));
        }
        "kind" => out.push(Text::new(resource.and_then(split).map_or("role", |(kind, _)| kind))),
        _ => return false,
    }
    true
}
