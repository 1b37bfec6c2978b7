//! A flow's name (Amazon Bedrock API reference: `FlowName`).

use super::{Context, Kind, Problem, no_facets, not_the_form};

pub(super) const KIND: Kind = Kind {
    name: "flow-name",
    title: "a flow's name",
    form: "up to 100 letters and digits, each followed by at most one hyphen or underscore",
    example: "my-flow",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    let bytes = value.as_bytes();
    let separator = |b: &u8| matches!(b, b'-' | b'_');
    let letters = bytes.iter().filter(|b| b.is_ascii_alphanumeric()).count();
    let fine = (1..=100).contains(&letters)
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || separator(b))
        && !bytes.first().is_some_and(separator)
        && !bytes.windows(2).any(|pair| pair.iter().all(separator));
    if fine { Vec::new() } else { not_the_form(&KIND, value) }
}
