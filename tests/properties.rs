//! What holds for every blueprint: taking a tick away takes its leaves and no others, order does
//! not matter, printing is a fixed point, every star has its reason, more ticks never allow less.
#![allow(clippy::expect_used, reason = "support of tests: a wrong table should panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use bedrock_policy::blueprint::Blueprint;
use bedrock_policy::catalog::Catalog;
use bedrock_policy::compose::{Bundle, compose, runbook};
use bedrock_policy::policy::parse::parse;
use bedrock_policy::policy::print::pretty;
use bedrock_policy::policy::tree::{Node, Value};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

#[path = "support/evaluator.rs"]
mod evaluator;
#[path = "support/expected.rs"]
mod expected;
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

use expected::{Case, Table};
use random::Random;

static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

fn case(seed: u64) -> Case {
    TABLE.draw(seed, 0)
}

fn composed(blueprint: &Blueprint) -> Bundle {
    compose(Catalog::builtin(), blueprint)
}

fn documents(bundle: &Bundle) -> Vec<(String, serde_json::Value)> {
    let read = |root: &Node| serde_json::from_str(&pretty(root)).expect("the document is JSON");
    bundle.documents.iter().map(|document| (document.name.clone(), read(&document.root))).collect()
}

/// Document, Sid without number, element, value: how often each is there.
type Leaves = BTreeMap<(String, String, String, String), usize>;

/// The leaves of all documents, but for those that `gone` speaks of.
fn leaves(bundle: &Bundle, gone: &dyn Fn(&Node) -> bool) -> Leaves {
    let mut out = Leaves::new();
    for document in &bundle.documents {
        let name = unsplit(&document.name, bundle);
        for member in document.root.members() {
            if member.key == "Statement" {
                member.value.items().iter().for_each(|statement| {
                    let sid = without_number(statement.get("Sid").and_then(Node::as_str).unwrap_or_default());
                    walk(statement, "", &mut |element, leaf| {
                        let text = leaf.as_str().expect("every leaf is a text");
                        let text = if element == "/Sid" { sid } else { text };
                        if !gone(leaf) {
                            let key = (name.clone(), sid.into(), element.to_owned(), text.to_owned());
                            *out.entry(key).or_default() += 1;
                        }
                    });
                });
            }
        }
    }
    out
}

fn unsplit(name: &str, bundle: &Bundle) -> String {
    let base = name.rsplit_once('-').filter(|(base, part)| {
        part.parse::<u8>().is_ok() && bundle.documents.iter().any(|other| other.name == *base)
    });
    base.map_or(name, |(base, _)| base).to_owned()
}

fn without_number(sid: &str) -> &str {
    sid.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Visits every leaf with its place, positions in lists left out.
fn walk(node: &Node, place: &str, visit: &mut dyn FnMut(&str, &Node)) {
    match &node.value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, place, visit)),
        Value::Object(members) => {
            for member in members {
                walk(&member.value, &format!("{place}/{}", member.key), visit);
            }
        }
        _ => visit(place, node),
    }
}

/// Everything a person sees of a bundle, as one text: documents, runbook, what stays wide.
fn seen(blueprint: &Blueprint) -> String {
    let bundle = &composed(blueprint);
    let steps = runbook::steps(Catalog::builtin(), blueprint, bundle);
    let mut out = bedrock_policy::export::text::bundle(Catalog::builtin(), bundle, &steps);
    for document in &bundle.documents {
        writeln!(out, "{} {} {:?}", document.name, document.file, document.attachment).expect("text");
    }
    out
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(150))]

    /// A leaf goes when none of its origins is left, and only then.
    #[test]
    fn taking_a_tick_away_removes_exactly_its_leaves(seed in any::<u64>(), which in any::<usize>()) {
        let case = case(seed);
        let tick = which % case.blueprint.ticks.len();
        let whole = composed(&case.blueprint);
        let of_tick = |leaf: &Node| {
            let mut origins = whole.origins_of(leaf).peekable();
            assert!(origins.peek().is_some(), "a leaf without origin: {leaf:?}");
            origins.all(|origin| origin.by.tick == tick || origin.with.is_some_and(|with| with.tick == tick))
        };
        let mut less = case.blueprint.clone();
        let removed = less.ticks.remove(tick);
        let expected = leaves(&whole, &of_tick);
        prop_assert_eq!(expected, leaves(&composed(&less), &|_| false), "without {}", removed.capability);
    }

    /// Ticks and instances in any order give the same bytes.
    #[test]
    fn order_does_not_matter(seed in any::<u64>(), shuffle in any::<u64>()) {
        let case = case(seed);
        let mut other = case.blueprint.clone();
        let mut random = Random::new(shuffle);
        random.shuffle(&mut other.ticks);
        for tick in &mut other.ticks {
            random.shuffle(&mut tick.instances);
        }
        random.shuffle(&mut other.subjects);
        let (one, two) = (seen(&case.blueprint), seen(&other));
        let differ = one.lines().zip(two.lines()).find(|(one, two)| one != two);
        prop_assert_eq!(differ, None, "the first line that differs");
        prop_assert_eq!(one.len(), two.len());
    }

    /// What is printed is read again as the same, and printed the same.
    #[test]
    fn printing_is_a_fixed_point(seed in any::<u64>()) {
        for document in composed(&case(seed).blueprint).documents {
            let text = pretty(&document.root);
            let again = parse(&text);
            prop_assert!(again.faults.is_empty(), "{:?}", again.faults);
            prop_assert_eq!(&text, &pretty(&again.root.expect("it is a document")));
            let other: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let indented = serde_json::to_string_pretty(&other).expect("JSON");
            prop_assert_eq!(text.trim_end(), indented, "another printer prints the same");
        }
    }

    /// A text has a reason for a star if and only if it has a wildcard, and the reason has words.
    #[test]
    fn every_star_has_its_reason(seed in any::<u64>()) {
        for document in composed(&case(seed).blueprint).documents {
            let mut wrong = Vec::new();
            walk(&document.root, "", &mut |place, leaf| {
                let text = leaf.text().expect("every leaf is a text");
                // `bedrock:*` in a Deny has its reason like any other; `Version` and Sids have no star.
                if text.has_wildcard() == text.stars().is_empty() {
                    wrong.push(format!("{place} {} {:?}", text.as_str(), text.stars()));
                }
                for reason in text.stars() {
                    if Catalog::builtin().star(reason).is_none_or(str::is_empty) {
                        wrong.push(format!("{place} {} has the unknown reason {reason}", text.as_str()));
                    }
                }
            });
            prop_assert!(wrong.is_empty(), "{}: {wrong:#?}", document.name);
        }
    }
}

proptest! {
    #![proptest_config(config(40))]

    /// What a blueprint allows it still allows with one more tick.
    #[test]
    fn one_more_tick_never_allows_less(seed in any::<u64>()) {
        let case = case(seed);
        let whole = judge::allowed(&documents(&composed(&case.blueprint)), &case.calls);
        for tick in 0..case.blueprint.ticks.len() {
            let mut less = case.blueprint.clone();
            let added = less.ticks.remove(tick);
            let before = judge::allowed(&documents(&composed(&less)), &case.calls);
            for ((call, before), after) in case.calls.iter().zip(before).zip(&whole) {
                prop_assert!(!before || *after, "{} took away {} of {}", added.capability, call.action, call.row);
            }
        }
    }
}
