//! The 48 faults of the source pages (fact sheet, f): none may come back in anything we write.
//! One row a number: what was wrong, in our words, and a check of all documents, of the runbook, of
//! the words of the catalog, or of the reference.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "support of tests: a wrong table should panic"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

#[path = "support/evaluator.rs"]
mod evaluator;
#[path = "support/expected.rs"]
mod expected;
#[path = "support/filled.rs"]
mod filled;
#[path = "support/random.rs"]
mod random;
#[path = "support/universe.rs"]
mod universe;
#[path = "support/world.rs"]
mod world;

#[path = "support/source_faults/fits.rs"]
mod fits;
#[path = "support/source_faults/flow_role.rs"]
mod flow_role;
#[path = "support/source_faults/people.rs"]
mod people;
#[path = "support/source_faults/prompts.rs"]
mod prompts;
#[path = "support/source_faults/reference.rs"]
mod reference;

use world::World;

/// One fault of the source pages.
pub(crate) struct Row {
    /// `E` and this number.
    number: usize,
    /// What must not be, or must be, in our words.
    says: &'static str,
    /// What is wrong with a world; nothing when all is well.
    check: fn(&World) -> Vec<String>,
}

fn rows() -> impl Iterator<Item = &'static Row> {
    [prompts::ROWS, flow_role::ROWS, people::ROWS, reference::ROWS].into_iter().flatten()
}

static WORLD: LazyLock<World> = LazyLock::new(World::make);

#[test]
fn none_of_the_source_faults_comes_back() {
    let mut problems = Vec::new();
    for row in rows() {
        for problem in (row.check)(&WORLD).into_iter().take(3) {
            problems.push(format!("E{}, {}: {problem}", row.number, row.says));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_number_is_there_once() {
    let numbers: Vec<usize> = rows().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=48).collect::<Vec<_>>());
    assert_eq!(rows().map(|row| row.says).collect::<BTreeSet<_>>().len(), 48, "each says its own");
}

/// The builds show everything there is: every capability, every form of a model, every document.
#[test]
fn the_builds_cover_everything() {
    let ids: BTreeSet<&str> = WORLD.catalog.capability_ids().collect();
    for build in &WORLD.builds {
        let ticked: BTreeSet<&str> = build.blueprint.ticks.iter().map(|tick| &*tick.capability).collect();
        let missing: Vec<_> = ids.difference(&ticked).collect();
        assert!(missing.is_empty() || missing == [&"flow/legacy-access"], "{}: {missing:?}", build.name);
    }
    let sids: BTreeSet<&str> =
        WORLD.statements().map(|(_, one)| one.sid.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    for grant in WORLD.catalog.model_calls().expect("it reads").forms.values().flatten() {
        let sid = grant.sid.plain().expect("a plain Sid");
        assert!(sids.contains(sid), "no build shows {sid}");
    }
    let shown: BTreeSet<usize> = WORLD
        .builds
        .iter()
        .filter(|build| build.filled)
        .flat_map(|build| build.bundle.documents.iter().map(|document| document.spec))
        .collect();
    assert_eq!(shown.len(), WORLD.catalog.documents().count(), "a document is never shown");
}
