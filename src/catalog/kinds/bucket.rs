//! An S3 bucket's name (S3 User Guide: bucket naming rules), or its ARN.

use super::{Context, Given, Kind, Problem, Texts, arn, not_the_form, plain};

pub(super) const KIND: Kind = Kind {
    name: "bucket",
    title: "a bucket",
    form: "a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens, or its ARN",
    example: "my-flow-results",
    facets: &[
        ("arn", "the bucket's ARN"),
        ("name", "its name"),
        ("account", "its owner: the account that refines it, or the scope's"),
    ],
    grants: false,
    check,
    fill,
};

const RESERVED_PREFIXES: &[&str] = &["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES: &[&str] = &["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/// The name: behind `arn:…:s3:::` or as it is.
fn name(value: &str) -> &str {
    value.strip_prefix("arn:").and_then(|rest| rest.split_once(":s3:::")).map_or(value, |(_, name)| name)
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    let name = name(value);
    let ends_well = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let bytes = name.as_bytes();
    let fine = (3..=63).contains(&name.len())
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
        && ends_well(bytes.first())
        && ends_well(bytes.last())
        && !name.contains("..")
        && name.parse::<std::net::Ipv4Addr>().is_err();
    if !fine {
        return not_the_form(&KIND, value);
    }
    let reserved = RESERVED_PREFIXES.iter().find(|p| name.starts_with(**p));
    if let Some(part) = reserved.or_else(|| RESERVED_SUFFIXES.iter().find(|s| name.ends_with(**s))) {
        return vec![Problem::new("bucket-name-reserved", &[("value", value), ("part", part)])];
    }
    match (crate::policy::arn::Arn::parse(value), context.partition.value()) {
        (Some(parsed), Some(partition)) if parsed.partition != partition => {
            let details = [("value", value), ("found", parsed.partition), ("partition", partition)];
            vec![Problem::new("partition-mismatch", &details)]
        }
        _ => Vec::new(),
    }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let bare = given.value().map_or(given, |value| Given::Value(name(value)));
    match facet {
        "arn" => {
            let empty = Given::Value("");
            out.push(arn("s3", [context.partition, empty, empty], |text| bare.push_to(text)));
        }
        "name" => out.push(plain(bare)),
        "account" => {
            let owner = context.refinements.first().map(|owner| Given::Value(owner));
            out.push(plain(owner.unwrap_or(context.account)));
        }
        _ => return false,
    }
    true
}
