//! On or off.

use super::{Context, Kind, Problem, no_facets, not_the_form};

/// The kind.
pub const KIND: Kind = Kind {
    name: "switch",
    title: "on or off",
    form: "on or off; on the command line yes, no, true and false mean the same",
    example: "on",
    facets: &[],
    grants: false,
    check,
    fill: no_facets,
};

/// What may be typed for on and for off.
static WORDS: &[(&str, &str)] =
    &[("on", "on"), ("off", "off"), ("yes", "on"), ("no", "off"), ("true", "on"), ("false", "off")];

/// `on` or `off` for a word that means it, whatever its case.
#[must_use]
pub fn word(typed: &str) -> Option<&'static str> {
    let typed = typed.trim();
    WORDS.iter().find(|(word, _)| word.eq_ignore_ascii_case(typed)).map(|(_, meant)| *meant)
}

fn check(value: &str, _: &Context<'_>) -> Vec<Problem> {
    if matches!(value, "on" | "off") { Vec::new() } else { not_the_form(&KIND, value) }
}
