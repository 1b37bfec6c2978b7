//! How long composing, judging and printing the largest blueprint takes.
//!
//! Run with `cargo bench --bench build`. Figures are medians of the process after the facts were
//! read once.

#![allow(clippy::expect_used, reason = "a bench stops at the first surprise")]

#[path = "support/largest.rs"]
mod largest;

use bedrock_policy::catalog::Catalog;
use bedrock_policy::compose::{compose, runbook};
use bedrock_policy::lint::lint;
use bedrock_policy::policy::print::pretty;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

#[divan::bench]
fn compose_largest(bencher: Bencher) {
    let catalog = Catalog::builtin();
    let blueprint = largest::blueprint(catalog);
    bencher.bench(|| compose(catalog, black_box(&blueprint)));
}

#[divan::bench]
fn runbook_largest(bencher: Bencher) {
    let catalog = Catalog::builtin();
    let blueprint = largest::blueprint(catalog);
    let bundle = compose(catalog, &blueprint);
    bencher.bench(|| runbook::steps(catalog, black_box(&blueprint), black_box(&bundle)));
}

#[divan::bench]
fn lint_largest(bencher: Bencher) {
    let catalog = Catalog::builtin();
    let blueprint = largest::blueprint(catalog);
    let bundle = compose(catalog, &blueprint);
    bencher.bench(|| lint(catalog, black_box(&blueprint), black_box(&bundle)));
}

#[divan::bench]
fn print_largest(bencher: Bencher) {
    let catalog = Catalog::builtin();
    let bundle = compose(catalog, &largest::blueprint(catalog));
    bencher.bench(|| bundle.documents.iter().map(|document| pretty(&document.root).len()).sum::<usize>());
}

#[divan::bench]
fn compose_lint_and_print_largest(bencher: Bencher) {
    let catalog = Catalog::builtin();
    let blueprint = largest::blueprint(catalog);
    bencher.bench(|| {
        let bundle = compose(catalog, black_box(&blueprint));
        let findings = lint(catalog, &blueprint, &bundle);
        let printed: usize = bundle.documents.iter().map(|document| pretty(&document.root).len()).sum();
        (findings.len(), printed)
    });
}
