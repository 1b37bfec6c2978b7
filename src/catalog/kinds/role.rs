//! An IAM role: its name, its path and name, or its ARN (IAM API reference: roleNameType).

use super::{Arn, Context, Given, Kind, Problem, Text, Texts, arn, arn_problems, not_the_form, plain};

pub(super) const KIND: Kind = Kind {
    name: "role",
    title: "a role",
    form: "the role's name, with its path if it has one, or its ARN",
    example: "AmazonBedrockFlowRole",
    facets: &[
        ("arn", "the role's ARN"),
        ("name", "the name without path"),
        ("path", "the path with its slashes; nothing when it is /"),
        ("account", "the role's account"),
        ("sid", "the name's letters and digits and a check of the whole ARN, for the end of a Sid"),
    ],
    grants: false,
    check,
    fill,
};

/// Partition, account, and the part behind `role/`.
fn read<'a>(given: Given<'a>, context: &Context<'a>) -> (Given<'a>, Given<'a>, Given<'a>) {
    let parsed = given.value().and_then(Arn::parse);
    match parsed.and_then(|arn| Some((arn, arn.resource.strip_prefix("role/")?))) {
        Some((arn, rest)) => (Given::Value(arn.partition), Given::Value(arn.account), Given::Value(rest)),
        None => (context.partition, context.account, given),
    }
}

/// Splits `service-role/Name` into its path and name.
pub(super) fn split_path(rest: &str) -> (&str, &str) {
    match rest.trim_start_matches('/').rsplit_once('/') {
        Some((path, name)) => (path, name),
        None => ("", rest.trim_start_matches('/')),
    }
}

/// True for a name that IAM takes: `[\w+=,.@-]`, 1 to `longest` characters.
pub(super) fn is_name(name: &str, longest: usize) -> bool {
    !name.is_empty()
        && name.len() <= longest
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b))
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    if let Some(parsed) = Arn::parse(value) {
        if parsed.service == "sts" && parsed.resource.starts_with("assumed-role/") {
            return vec![Problem::new("session-arn", &[("value", value)])];
        }
        let fine = parsed.service == "iam"
            && parsed.region.is_empty()
            && crate::policy::arn::is_account(parsed.account)
            && parsed.resource.strip_prefix("role/").is_some_and(|rest| is_name(split_path(rest).1, 64));
        if !fine {
            return not_the_form(&KIND, value);
        }
        if let Some(own) = context.account.value().filter(|own| *own != parsed.account) {
            let details = [("value", value), ("account", own)];
            return vec![Problem::new("account-mismatch", &details)];
        }
        return arn_problems(&KIND, &parsed, value, context);
    }
    let (path, name) = split_path(value);
    let path_fine =
        path.len() <= 510 && path.bytes().all(|b| (0x21..=0x7e).contains(&b)) && !path.contains(':');
    if path_fine && is_name(name, 64) { Vec::new() } else { not_the_form(&KIND, value) }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let (partition, account, rest) = read(given, context);
    let (path, name) = match rest {
        Given::Value(text) => {
            let (path, name) = split_path(text);
            (path, Given::Value(name))
        }
        other => ("", other),
    };
    match facet {
        "arn" => out.push(arn("iam", [partition, Given::Value(""), account], |text| {
            text.push_str("role/");
            if !path.is_empty() {
                text.push_str(path);
                text.push_str("/");
            }
            name.push_to(text);
        })),
        "name" => out.push(plain(name)),
        "path" if path.is_empty() => {}
        "path" => out.push(Text::new(format!("/{path}/"))),
        "account" => out.push(plain(account)),
        "sid" => {
            let mut whole = Texts::default();
            fill("arn", given, context, &mut whole);
            out.push(super::sid(name.value().unwrap_or_default(), whole.first()));
        }
        _ => return false,
    }
    true
}
