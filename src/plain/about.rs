//! What a row is about: the words of its capability, and its values.

use super::Plain;
use super::values::state;
use crate::app::fields::{self, NAME, SCOPE_HELP, fields};
use crate::app::rows::{GROUPS, Row, owner};
use crate::catalog::capability::{Capability, Certainty};

/// Tells everything about a row.
pub(super) fn row(plain: &mut Plain, row: &Row) {
    let catalog = plain.model.catalog;
    plain.out.blank();
    match row {
        Row::Scope => plain
            .out
            .say(&format!("Region and account. {SCOPE_HELP} An ARN given for any value fills them in too.")),
        Row::Subject(id) => {
            if let Some(subject) = catalog.subject(id) {
                plain.out.say(&format!("{}. {}", subject.title, subject.help));
            }
        }
        Row::Capability(id) | Row::Instance(id, _) => match catalog.capability(id) {
            Some(capability) => plain.out.say(&format!("{}. {}", capability.title, capability.help)),
            None => plain
                .out
                .say("This row is not known here. It is kept in the blueprint; its number unticks it."),
        },
        Row::Group(id) => {
            if let Some((_, title, help)) = GROUPS.iter().find(|(known, ..)| known == id) {
                plain.out.say(&format!("{title}. {help}"));
            }
        }
    }
    given(plain, row);
    if let Row::Capability(id) | Row::Instance(id, _) = row
        && let Some(capability) = catalog.capability(id)
    {
        known(plain, capability);
    }
    plain.out.blank();
}

/// The values of a row, and what is wrong with them.
fn given(plain: &mut Plain, row: &Row) {
    let Some(owner) = owner(&plain.model, row) else { return };
    for field in fields(&plain.model, &owner).into_iter().filter(|field| field.name != NAME) {
        plain.out.say(&format!("  {}: {}", field.label, state(&field)));
        for finding in fields::findings_of(&plain.model, &field).filter(|finding| !finding.is_hole()) {
            let title = finding.title(plain.model.catalog);
            plain.out.say(&format!("    {}: {title}", finding.severity.word()));
        }
    }
}

fn known(plain: &mut Plain, capability: &Capability) {
    let ticked = |plain: &Plain, id: &str| plain.model.blueprint.tick(id).is_some();
    if !ticked(plain, &capability.id) && !capability.parameters.is_empty() {
        plain.out.say("It will ask for:");
        for parameter in &capability.parameters {
            plain.out.say(&format!("- {} ({})", parameter.label, parameter.need()));
        }
    }
    let mut others: Vec<&String> = Vec::new();
    for id in capability.grants.iter().flat_map(|grant| [&grant.while_ticked, &grant.for_each]).flatten() {
        if !others.contains(&id) {
            others.push(id);
        }
    }
    if !others.is_empty() {
        plain.out.say("It also speaks for:");
    }
    for id in others {
        let title = plain.model.catalog.capability(id).map_or(id.as_str(), |other| &other.title);
        let state = if ticked(plain, id) { "ticked" } else { "not ticked: adds nothing for it" };
        plain.out.say(&format!("- {title} ({state})"));
    }
    if !capability.before.is_empty() {
        plain.out.say("What must exist before:");
        capability.before.iter().for_each(|text| plain.out.say(&format!("- {text}")));
    }
    plain.out.say(&format!("Why it needs what it needs: {}", capability.teach));
    for note in &capability.notes {
        let mark = if note.certainty == Certainty::Likely { "Only likely" } else { "Note" };
        plain.out.say(&format!("{mark}: {}", note.text));
    }
    plain.out.say(&format!("The facts rest on: {}.", capability.sources.join("; ")));
}
