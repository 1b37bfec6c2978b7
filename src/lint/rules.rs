//! The rules, one family a file.
//!
//! A family is a function over everything judged; it belongs in a file of its own when it looks at
//! one matter. It raises codes and never words. A new family is a file and a line here.

use super::{Findings, Judged};

mod accounts;
mod actions;
mod characters;
mod conditions;
pub(super) mod holes;
mod keys;
mod models;
mod other_halves;
mod public;
mod resources;
mod roles;
mod shape;
mod sizes;
mod sources;
mod stars;
mod trust;
mod values;

/// A family of rules.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, that of its file.
    pub name: &'static str,
    /// The codes it can raise.
    pub codes: &'static [&'static str],
    /// Judges.
    pub judge: for<'a> fn(&Judged<'a>, &mut Findings<'a>),
}

/// Every family.
pub static RULES: &[Rule] = &[
    values::RULE,
    holes::RULE,
    shape::RULE,
    characters::RULE,
    actions::RULE,
    resources::RULE,
    stars::RULE,
    conditions::RULE,
    sources::RULE,
    public::RULE,
    trust::RULE,
    other_halves::RULE,
    accounts::RULE,
    keys::RULE,
    models::RULE,
    roles::RULE,
    sizes::RULE,
];
