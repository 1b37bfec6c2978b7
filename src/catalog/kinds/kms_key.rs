//! A KMS key: its ARN or its id, never an alias: an alias ARN in a policy's Resource does not grant
//! use of the key, and flows and prompts take no alias (Amazon Bedrock API reference: `KmsKeyArn`).

use super::located::{Located, check as check_located};
use super::{Context, Given, Kind, Problem, Text, Texts, plain, side};

pub(super) const KIND: Kind = Kind {
    name: "kms-key",
    title: "a KMS key",
    form: "the key's ARN, or its id of 36 characters",
    example: "1234abcd-12ab-34cd-56ef-1234567890ab",
    facets: &[
        ("arn", "the key's ARN"),
        ("id", "the key's id"),
        ("account", "the key's account"),
        ("region", "the key's Region"),
        ("side", "`own` for the scope's account, `other` for another"),
    ],
    grants: false,
    check,
    fill,
};

/// A UUID, or `mrk-` and 32 hexadecimal digits.
fn is_key_id(id: &str) -> bool {
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some(rest) = id.strip_prefix("mrk-") {
        return rest.len() == 32 && hex(rest);
    }
    let lengths: Vec<usize> = id.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && id.split('-').all(hex)
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    if value.starts_with("alias/") || value.contains(":alias/") {
        return vec![Problem::new("key-alias", &[("value", value)])];
    }
    check_located(&KIND, value, ("kms", "key/"), is_key_id, context)
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let key = Located::read(given, "key/", context);
    out.push(match facet {
        "arn" => key.arn("kms", "key/", ""),
        "id" => plain(key.id),
        "account" => plain(key.account),
        "region" => plain(key.region),
        "side" => Text::fixed(side(key.account, context)),
        _ => return false,
    });
    true
}
