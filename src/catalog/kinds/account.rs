//! An account id: twelve digits, kept as text since leading zeros count.

use super::{Context, Given, Kind, Problem, Text, Texts, not_the_form, side};
use crate::policy::arn::is_account;

pub(super) const KIND: Kind = Kind {
    name: "account",
    title: "an account id",
    form: "twelve digits",
    example: "123456789012",
    facets: &[("side", "`own` for the scope's account, `other` for another")],
    grants: false,
    check,
    fill,
};

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    if is_account(value) { Vec::new() } else { not_the_form(&KIND, value) }
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    if facet == "side" {
        out.push(Text::fixed(side(given, context)));
    }
    facet == "side"
}
