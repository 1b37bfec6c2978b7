//! A thousand generated blueprints, judged by IAM's rules: what `tests/data/expected-calls.json`
//! expects is allowed, its twins are denied, and so is everything that nobody asked for.
//!
//! `BEDROCK_POLICY_SEED` and `BEDROCK_POLICY_BLUEPRINTS` change seed and number.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "support of tests: a wrong table should panic")]

use serde_json::Value;

#[path = "support/evaluator.rs"]
mod evaluator;
#[path = "support/expected.rs"]
mod expected;
#[path = "support/faults.rs"]
mod faults;
#[path = "support/filled.rs"]
mod filled;
#[path = "support/judge.rs"]
mod judge;
#[path = "support/random.rs"]
mod random;
#[path = "support/twins.rs"]
mod twins;
#[path = "support/universe.rs"]
mod universe;

use bedrock_policy::catalog::Catalog;
use bedrock_policy::compose::compose;
use bedrock_policy::policy::print::pretty;

use expected::{Case, Row, Table};
use faults::Fault;
use judge::{Tally, judge};
use random::Random;
use universe::Universe;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn seed() -> u64 {
    let seed = number("BEDROCK_POLICY_SEED", 20_241_122);
    println!("BEDROCK_POLICY_SEED={seed}");
    seed
}

/// The documents as a person gets them: printed, then read by another JSON reader.
fn documents(case: &Case) -> Vec<(String, Value)> {
    let bundle = compose(Catalog::builtin(), &case.blueprint);
    let read = |document: &bedrock_policy::compose::Document| {
        let text = pretty(&document.root);
        (document.name.clone(), serde_json::from_str(&text).expect("the document is JSON"))
    };
    bundle.documents.iter().map(read).collect()
}

fn report(problems: &[String]) {
    let shown = problems.iter().take(25).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(problems.is_empty(), "{} problems\n{shown}", problems.len());
}

/// Judges the cases with these numbers on all processors.
fn judge_all(count: usize, judge_one: &(dyn Fn(usize, &mut Tally) -> Vec<String> + Sync)) -> Tally {
    let threads = std::thread::available_parallelism().map_or(2, Into::into);
    let results: Vec<(Tally, Vec<String>)> = std::thread::scope(|scope| {
        let work = |first: usize| {
            move || {
                let (mut tally, mut problems) = (Tally::default(), Vec::new());
                for number in (first..count).step_by(threads) {
                    problems.extend(judge_one(number, &mut tally));
                }
                (tally, problems)
            }
        };
        let handles: Vec<_> = (0..threads).map(|first| scope.spawn(work(first))).collect();
        handles.into_iter().map(|handle| handle.join().expect("no panic")).collect()
    });
    let mut tally = Tally::default();
    for (more, _) in &results {
        tally.add(more);
    }
    report(&results.into_iter().flat_map(|(_, problems)| problems).collect::<Vec<_>>());
    tally
}

#[test]
fn a_thousand_blueprints_grant_what_is_expected_and_nothing_else() {
    let (table, universe, seed) = (Table::read(), Universe::read(), seed());
    let count = usize::try_from(number("BEDROCK_POLICY_BLUEPRINTS", 1000)).expect("a number");
    let tally = judge_all(count, &|number, tally| {
        let case = table.draw(seed, number);
        judge(&case, &documents(&case), &universe, tally)
    });
    println!("{tally:?}");
    assert_eq!(tally.blueprints, count);
}

/// Every row alone, once with each way to name a model: a fault cannot hide behind another row.
#[test]
fn every_row_alone_grants_what_is_expected_and_nothing_else() {
    let (table, universe, seed) = (Table::read(), Universe::read(), seed());
    let tally = judge_all(table.rows.len(), &|number, tally| {
        let row: &Row = &table.rows[number];
        let mut problems = Vec::new();
        for round in 0..if row.model.is_some() { 60 } else { 4 } {
            let mut random = Random::of_case(seed, 10_000 + number * 100 + round);
            let case = table.case(&[row], &format!("row {} alone, round {round}", row.name), &mut random);
            problems.extend(judge(&case, &documents(&case), &universe, tally));
        }
        problems
    });
    println!("{tally:?}");
}

/// The proof that the judge bites: faults put into documents that were right are each reported.
#[test]
fn six_kinds_of_faults_are_each_reported() {
    let (table, universe, seed) = (Table::read(), Universe::read(), seed());
    for fault in Fault::ALL {
        let mut seeded = 0;
        let mut missed = Vec::new();
        for number in 0..400 {
            let case = table.draw(seed ^ 0xFA_017, number);
            let mut documents = documents(&case);
            let mut random = Random::of_case(seed, number);
            let before = documents.clone();
            let Some(what) = fault.seed(&mut documents, &case, &universe, &mut random) else { continue };
            seeded += 1;
            report(&judge(&case, &before, &universe, &mut Tally::default()));
            if judge(&case, &documents, &universe, &mut Tally::default()).is_empty() {
                missed.push(format!("{fault:?} not reported: {}: {what}", case.name));
            }
            if seeded == 60 {
                break;
            }
        }
        println!("{fault:?}: {seeded} seeded, {} missed", missed.len());
        assert!(seeded >= 20, "{fault:?} could be seeded only {seeded} times");
        report(&missed);
    }
}

/// Nothing under `src` may know what is expected.
#[test]
fn no_source_reads_the_expectations() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("text");
                assert!(!text.contains("expected-calls"), "{} names the expectations", path.display());
            }
        }
    }
}

/// The table is about every capability, and every IAM action it expects exists.
#[test]
fn the_table_is_complete_and_speaks_of_real_actions() {
    let (table, universe) = (Table::read(), Universe::read());
    let named: Vec<&str> =
        table.rows.iter().map(|row| row.name.split(',').next().expect("a row has a name")).collect();
    for id in Catalog::builtin().capability_ids() {
        assert!(named.contains(&id), "no row for {id}");
    }
    let mut nodes: Vec<_> = named.iter().filter(|name| name.starts_with("flow-node/")).collect();
    nodes.sort_unstable();
    nodes.dedup();
    assert_eq!(nodes.len(), 16, "a.1: sixteen node types");
    let calls = table.rows.iter().flat_map(|row| &row.calls).chain(table.trust.values());
    for action in calls.chain(table.models.iter().flat_map(|model| &model.calls)).flat_map(|c| &c.actions) {
        let known = action == "$call" || universe.actions.iter().any(|(_, real)| real == action);
        assert!(known, "expected-calls.json: no IAM action {action}");
    }
    let mut rows: Vec<&str> = table.rows.iter().map(|row| row.name.as_str()).collect();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), table.rows.len(), "a row stands twice");
}
