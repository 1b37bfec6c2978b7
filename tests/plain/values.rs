//! Values: asked, checked, chosen, several, of several uses.

use bedrock_policy::app::findings::title;

use crate::lines::{Lines, after};
use crate::{SCOPE, WRONG, says, value};

#[test]
fn what_is_missing_is_asked_one_after_the_other_and_nothing_twice() {
    let mut lines = after(&["tick", "flow nodes", "agent", "lex", "values"]);
    let mut asked = Vec::new();
    while !lines.question().contains("to tick or untick") {
        asked.push(lines.question().to_owned());
        lines.give(&[""]);
        assert!(asked.len() < 9, "{asked:?}");
    }
    says(&lines, &["4 values are still missing."]);
    asked.sort();
    assert_eq!(asked, ["Account?", "Agent alias?", "Bot alias ARN?", "Region?"]);
    lines.give(&["menu", "missing"]);
    for _ in 0..4 {
        let answer = match lines.question() {
            "Account?" => "123456789012",
            "Region?" => "eu-west-1",
            "Agent alias?" => "AGENT12345/ALIAS12345",
            _ => "BOT1234567/ALIAS12345",
        };
        lines.give(&[answer]);
    }
    says(&lines, &["No value is missing any more."]);
    says(&after(&["missing"]), &["No value is missing."]);
}

#[test]
fn a_wrong_value_is_told_and_stays_only_when_the_person_says_so() {
    let mut lines = after(WRONG);
    let model = lines.plain.model().clone();
    says(&lines, &["error: ", "`not a model`", "why: ", "fix: give ", "Keep it all the same"]);
    assert!(value(&lines, "flow-node/prompt", "model").is_empty(), "it was taken unasked");
    lines.give(&["perhaps"]);
    says(&lines, &["`perhaps`", "Keep it all the same"]);
    lines.give(&["no"]);
    assert_eq!(lines.question(), "Model?");
    assert_eq!(lines.plain.model().blueprint, model.blueprint);
    lines.give(&["not a model", "2"]);
    says(&lines, &["Kept; it is among the findings."]);
    assert_eq!(value(&lines, "flow-node/prompt", "model"), ["not a model"]);
    lines.give(&["menu", "findings"]);
    let model = lines.plain.model();
    let wrong = model.derived.findings.iter().find(|finding| finding.code == "value-form").unwrap();
    says(&lines, &[&title(model, wrong).split_whitespace().collect::<Vec<_>>().join(" ")]);
}

#[test]
fn an_arn_gives_region_account_and_id_at_once() {
    let arn = "arn:aws:bedrock:eu-west-1:123456789012:knowledge-base/KB12345678";
    let mut lines = after(&["tick", "flow nodes", "values knowledge", arn]);
    says(&lines, &["Read a knowledge base: id KB12345678, Region eu-west-1, account 123456789012."]);
    assert_eq!(value(&lines, "flow-node/knowledge-base", "knowledge-base"), ["KB12345678"]);
    let scope = lines.plain.model().blueprint.scope.clone();
    assert_eq!(
        (scope.region.as_deref(), scope.account.as_deref()),
        (Some("eu-west-1"), Some("123456789012"))
    );
    lines.give(&["undo"]);
    assert_eq!(lines.plain.model().blueprint.scope.region, None, "one step of undo");
}

#[test]
fn several_values_are_given_one_a_line() {
    let profile = "us.amazon.nova-lite-v1:0";
    let mut lines =
        after(&["tick", "flow nodes", "values prompt", profile, "us-east-1", "us-east-2, us-west-2"]);
    let regions = |lines: &Lines| value(lines, "flow-node/prompt", "regions");
    assert_eq!(regions(&lines), ["us-east-1", "us-east-2", "us-west-2"]);
    assert!(lines.question().contains("another, or an empty line"), "{}", lines.question());
    lines.give(&["us-east-1"]);
    says(&lines, &["That is there already."]);
    lines.give(&["drop 2"]);
    assert_eq!(regions(&lines), ["us-east-1", "us-west-2"]);
    lines.give(&["drop 9"]);
    says(&lines, &["There is no value 9"]);
    lines.give(&["="]);
    assert!(regions(&lines).is_empty());
    lines.give(&["west-2?", "1", ""]);
    assert!(regions(&lines)[0].contains("west-2"), "{}", lines.all);
    assert_eq!(lines.question(), "Prompt ARN?");
}

#[test]
fn the_words_that_always_work_can_be_values_behind_a_sign() {
    let at = ["tick", "flow nodes", "values storage", "undo"];
    let lines = after(&["tick", "flow nodes", "s3 st", "values storage", "=undo"]);
    assert_eq!(value(&lines, "flow-node/s3-storage", "bucket"), ["undo"]);
    assert!(value(&after(&at), "flow-node/s3-storage", "bucket").is_empty());
    let mut numbers = after(SCOPE);
    numbers.give(&["tick", "flow nodes", "values retrieval", "same-bucket", "back"]);
    numbers.give(&["values storage"]);
    says(&numbers, &["1 same-bucket: used here"]);
    numbers.give(&["1"]);
    assert_eq!(value(&numbers, "flow-node/s3-storage", "bucket"), ["same-bucket"]);
    numbers.give(&["back", "values storage", "=1", "yes"]);
    assert_eq!(value(&numbers, "flow-node/s3-storage", "bucket"), ["1"], "{}", numbers.all);
}

#[test]
fn a_second_use_has_values_and_a_name_of_its_own() {
    let mut lines = after(&["tick", "flow nodes", "values agent", "AGENT12345/ALIAS12345", "add agent"]);
    says(&lines, &["Added use 2 of Agent.", "Agent (agent-2): Agent alias, needed."]);
    lines.give(&["OTHER12345/ALIAS12345"]);
    assert_eq!(lines.question(), "Name of this use?");
    lines.give(&["agent"]);
    says(&lines, &["Another use has this name"]);
    lines.give(&["review"]);
    let names = |lines: &Lines| -> Vec<String> {
        let tick = lines.plain.model().blueprint.tick("flow-node/agent").unwrap();
        tick.instances.iter().map(|one| one.name.clone()).collect()
    };
    assert_eq!(names(&lines), ["agent", "review"]);
    lines.give(&["list"]);
    says(&lines, &["review: OTHER12345/ALIAS12345"]);
    lines.give(&["values agent"]);
    says(&lines, &["It has several uses: give the number of the one that is meant."]);
    lines.give(&["remove review"]);
    assert_eq!(names(&lines), ["agent"]);
}
