//! The dialogue of `--plain`: the questions of the screen as lines, answered without a process.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use bedrock_policy::app::change::Owner;
use bedrock_policy::app::fields::{NAME, fields};
use bedrock_policy::app::findings::fix;
use bedrock_policy::app::rows::GROUPS;
use bedrock_policy::blueprint::file;
use bedrock_policy::catalog::Catalog;
use bedrock_policy::text::{COLUMNS, is_hidden};

#[path = "support/lines.rs"]
mod lines;
#[path = "plain/values.rs"]
mod values;

use lines::{Lines, after, begin};

/// Region and account given, the first menu asked.
const SCOPE: &[&str] = &["where", "1", "us-east-1", "123456789012", "", ""];
/// A prompt with a model that cannot be.
const WRONG: &[&str] = &["tick", "flow nodes", "values prompt", "not a model"];

#[track_caller]
fn says(lines: &Lines, words: &[&str]) {
    let flat = lines.flat();
    for word in words {
        assert!(flat.contains(word), "`{word}` is not in:\n{}", lines.said);
    }
}

fn value(lines: &Lines, id: &str, parameter: &str) -> Vec<String> {
    let tick = lines.plain.model().blueprint.tick(id);
    let instance = tick.and_then(|tick| tick.instances.last());
    instance.map_or_else(Vec::new, |one| one.values.texts(parameter).map(str::to_owned).collect())
}

fn ticked(lines: &Lines) -> Vec<&str> {
    lines.plain.model().blueprint.ticks.iter().map(|tick| tick.capability.as_str()).collect()
}

#[test]
fn an_answer_is_a_number_a_word_or_the_beginning_of_one() {
    for answers in [["1", "1"], ["tick", "Flow nodes"], ["t", "flow n"], [" TICK ", " 1 "]] {
        let lines = after(&answers);
        assert!(lines.question().contains("to tick or untick"), "{answers:?}: {}", lines.all);
    }
    says(&after(&["e"]), &["`e` may mean export, example. Write more of it."]);
    for odd in ["16", "-1", "99999999999999999999", "nothing of the kind", "1 2"] {
        let lines = after(&[odd]);
        says(&lines, &[&format!("`{odd}` is no answer here. ? tells what is.")]);
        assert!(lines.question().starts_with("Menu"), "the question is asked again");
    }
}

#[test]
fn every_row_of_the_checklist_is_asked_with_every_value_it_has() {
    for (at, (group, group_title, _)) in (0..).zip(GROUPS) {
        let capabilities = Catalog::builtin().capabilities().filter(|one| one.group() == *group);
        for (number, capability) in (1..).zip(capabilities) {
            let mut lines = after(&["tick", &at.to_string()]);
            says(&lines, &[group_title, &format!("{number} [ ] {}", capability.title)]);
            lines.give(&[&format!("about {number}")]);
            says(&lines, &[&capability.help, &capability.teach]);
            lines.give(&[&number.to_string(), "list"]);
            says(&lines, &[&format!("{number} [x] {}", capability.title)]);
            assert_eq!(ticked(&lines), [&capability.id], "{}", lines.all);
            lines.give(&[&format!("values {number}")]);
            let owner = Owner::Instance(capability.id.clone(), 0);
            for field in fields(lines.plain.model(), &owner).iter().filter(|field| field.name != NAME) {
                says(&lines, &[&format!("{}: {}", capability.title, field.label), &field.help, "Now: "]);
                assert_eq!(lines.question(), format!("{}?", field.label));
                lines.give(&[""]);
            }
            let asks_no_more = lines.question().contains("to tick or untick");
            assert!(asks_no_more, "{}: {}", capability.id, lines.all);
            lines.give(&[&number.to_string()]);
            assert!(ticked(&lines).is_empty(), "the number again takes the tick away");
        }
    }
}

#[test]
fn several_rows_are_ticked_at_once_and_each_says_what_it_needs() {
    let mut lines = after(&["tick", "flow nodes", "agent"]);
    says(&lines, &["Ticked Agent; new: flow-role-trust, flow-role.", "Agent: Agent alias is not given yet."]);
    says(&lines, &["values asks for what is missing."]);
    lines.give(&["agent", "1 2-3"]);
    assert_eq!(ticked(&lines).len(), 3, "{}", lines.all);
    lines.give(&["3 99"]);
    says(&lines, &["There is no row 99: they go from 1 to 16."]);
    assert_eq!(ticked(&lines).len(), 3, "a wrong number among them changes nothing");
    lines.give(&["undo"]);
    assert_eq!(ticked(&lines).len(), 2);
    says(&lines, &["Undone: tick "]);
    lines.give(&["redo"]);
    assert_eq!(ticked(&lines).len(), 3);
}

#[test]
fn rows_are_found_by_a_word_in_every_group() {
    let lines = after(&["tick", "find InvokeAgent"]);
    says(&lines, &["Rows with `InvokeAgent`:", "[ ] Agent"]);
    let title = after(&["tick", "lambda"]);
    says(&title, &["1 [ ] Lambda function"]);
    says(&after(&["tick", "find xyzzy"]), &["No row has `xyzzy` in its title or its IAM actions."]);
}

#[test]
fn a_finding_tells_what_to_do_and_leads_to_its_value_and_its_line() {
    let mut lines = after(SCOPE);
    lines.give(&["tick", "flow nodes", "values knowledge", "KB12345678", "menu", "findings"]);
    let model = lines.plain.model().clone();
    let is_until = |code: &str| code == "until-given";
    let at = model.derived.findings.iter().position(|finding| is_until(finding.code)).unwrap();
    lines.give(&[&(at + 1).to_string()]);
    says(&lines, &["suggestion: ", "code until-given", "Why it matters: ", "value asks for it"]);
    assert!(!lines.flat().contains(&fix(&model, &model.derived.findings[at])), "no key is named");
    lines.give(&["value"]);
    assert_eq!(lines.question(), "Flow id?");
    lines.give(&["FLOW123456"]);
    assert_eq!(
        lines.question(),
        "Finding: a number?",
        "the finding is gone, and so is its question: {}",
        lines.all
    );
}

#[test]
fn a_document_is_shown_as_it_is_written_and_its_lines_are_explained() {
    let mut lines = after(&["example", "documents", "flow-role"]);
    let shown = lines.said.clone();
    lines.give(&["menu", "export", "", "write"]);
    says(&lines, &["Wrote into `out`: 3 new."]);
    let written = &lines.files[std::path::Path::new("out/flow-role.json")];
    assert!(shown.contains(written), "{shown}");
    let number = written.lines().position(|line| line.contains("bedrock:Retrieve\"")).unwrap() + 1;
    lines.give(&["documents", "flow-role", "lines"]);
    assert!(lines.said.contains(&format!("\n{number}         \"bedrock:Retrieve\"")), "{}", lines.said);
    lines.give(&[&number.to_string()]);
    says(&lines, &[&format!("Line {number}: \"bedrock:Retrieve\""), "Knowledge base"]);
    lines.give(&["999"]);
    says(&lines, &["There is no line 999"]);
    lines.give(&["", "runbook"]);
    assert!(lines.said.contains("aws iam create-role"), "{}", lines.said);
    lines.give(&["", "wide"]);
    says(&lines, &["The names of the objects are chosen at run time"]);
}

#[test]
fn exporting_shows_what_would_be_written_and_warns_of_errors_once() {
    let mut lines = after(&["export"]);
    says(&lines, &["There is no document yet: tick a row."]);
    lines.give(WRONG).give(&["yes", "menu", "export", "my folder"]);
    says(&lines, &["Into `my folder`:", "1 [x] flow-role-trust.json: new", "3 [x] README.md: new"]);
    lines.give(&["3"]);
    says(&lines, &["3 [ ] README.md: new"]);
    lines.give(&["write"]);
    says(
        &lines,
        &["The documents have 2 missing values and 1 error.", "write once more writes them all the same"],
    );
    assert!(lines.files.is_empty());
    lines.give(&["write"]);
    assert_eq!(lines.files.len(), 2, "{}", lines.all);
    lines.give(&["export", "", "1-3", "write"]);
    says(&lines, &["No file is chosen"]);
    assert!(lines.question().starts_with("Files: "), "{}", lines.all);
}

#[test]
fn a_blueprint_is_saved_opened_and_left_with_one_question() {
    let mut lines = after(SCOPE);
    lines.give(&["quit"]);
    says(&lines, &["changes that are not saved", "1 stay, 2 save and quit, 3 quit without saving?"]);
    lines.give(&[""]);
    assert!(lines.question().starts_with("Menu"), "an empty line stays: {}", lines.all);
    lines.give(&["save", ""]);
    says(&lines, &["Saved `flow.json`."]);
    let saved = lines.files[std::path::Path::new("flow.json")].clone();
    assert_eq!(file::read(&saved).unwrap(), lines.plain.model().blueprint);
    lines.give(&["tick", "flow nodes", "agent", "menu", "open", "flow.json"]);
    says(&lines, &["1 stay, 2 open, and drop them?"]);
    lines.give(&["2"]);
    assert!(ticked(&lines).is_empty());
    lines.give(&["quit"]);
    assert!(lines.ended, "nothing is unsaved: {}", lines.all);

    let mut other = begin();
    other.files.insert("flow.json".into(), saved);
    other.give(&["example", "save", ""]);
    says(
        &other,
        &["`flow.json` is there already and differs.", "1 stay, 2 save under another name, 3 replace it?"],
    );
    other.give(&["1", "quit", "quit"]);
    assert!(other.ended, "quit is asked about once: {}", other.all);
}

#[test]
fn what_is_not_saved_is_told_when_nobody_answers_any_more() {
    let none = begin().plain.left();
    assert_eq!((none.unsaved, none.changes.len()), (None, 0));
    let mut lines = after(SCOPE);
    lines.give(&["save", "", "tick", "flow nodes", "agent"]);
    let left = lines.plain.left();
    assert_eq!(left.changes, ["tick Agent"], "what was saved before is not counted");
    assert_eq!(file::read(&left.unsaved.unwrap()).unwrap(), lines.plain.model().blueprint);
}

#[test]
fn help_is_there_at_every_question_and_asks_it_again() {
    for answers in [
        &[][..],
        &["tick"],
        &["tick", "1"],
        &["tick", "lambda"],
        &["where", "1"],
        WRONG,
        &["example", "findings"],
        &["tick", "1", "agent", "menu", "findings", "1"],
        &["example", "documents"],
        &["example", "documents", "1"],
        &["example", "export"],
        &["example", "export", ""],
        &["example", "quit"],
        &["save"],
        &["open"],
    ] {
        let mut lines = after(answers);
        let question = lines.question().to_owned();
        lines.give(&["?"]);
        let same = |text: &str| text.split([':', '?', ',']).next().map(str::to_owned);
        assert_eq!(same(lines.question()), same(&question), "{answers:?}");
        says(&lines, &["At every question:", "quit ends; asks once"]);
        lines.give(&["menu"]);
        assert!(lines.question().starts_with("Menu"), "{answers:?}: {}", lines.all);
    }
}

/// Answers of every kind, hostile ones among them.
const ANSWERS: &[&str] = &[
    "",
    "1",
    "2",
    "3",
    "7",
    "0",
    "1 2 3",
    "tick",
    "where",
    "missing",
    "findings",
    "documents",
    "export",
    "example",
    "save",
    "open",
    "clear",
    "list",
    "profile",
    "name",
    "values",
    "values 1",
    "values 2",
    "about 1",
    "about 5",
    "add 2",
    "remove 2",
    "remove 3",
    "find s3",
    "flow nodes",
    "people",
    "us-east-1",
    "123456789012",
    "KB12345678",
    "arn:aws:s3:::bucket/prefix/*",
    "back",
    "menu",
    "undo",
    "redo",
    "?",
    "yes",
    "no",
    "write",
    "folder",
    "value",
    "line",
    "lines",
    "everything",
    "wide",
    "us?",
    "=",
    "=1",
    "drop 1",
    "-",
    "a\u{1b}[2Jb\u{202e}c\u{7}",
    "\u{9b}31m\u{feff}",
    "=\u{200b}",
    "\u{1f600}\u{301}",
    "x y z",
    "9999",
    "1-9",
];

#[test]
fn no_row_of_answers_stops_it_and_nothing_hidden_or_wide_is_written() {
    let mut seed = 7_u64;
    for _ in 0..60 {
        let mut lines = begin();
        for _ in 0..80 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).unwrap() % ANSWERS.len();
            lines.give(&[ANSWERS[at]]);
            if lines.ended {
                break;
            }
            assert!(lines.said.ends_with("\n> "), "nothing is asked: {}", lines.all);
            let hidden = lines.said.chars().find(|c| *c != '\n' && is_hidden(*c));
            assert_eq!(hidden, None, "{:?}", lines.said);
            let is_ours = |line: &&str| !line.contains(['"', '{', '\\', '`', '#']) && line.contains(' ');
            for line in lines.said.lines().filter(is_ours) {
                let fits = line.chars().count() <= COLUMNS || line.trim().split(' ').count() < 4;
                assert!(fits || line.contains("aws "), "{line}");
            }
        }
    }
}

#[test]
fn what_stands_hidden_in_a_file_is_shown_as_it_is_everywhere() {
    let bad = "x\\u001b[2J\\u202e\\u009by";
    let blueprint = format!(
        r#"{{"version": 1, "scope": {{"region": "{bad}", "account": "{bad}"}},
        "subjects": {{"flow": {{"id": "{bad}"}}}}, "ticks": [
        {{"capability": "{bad}"}},
        {{"capability": "flow-node/agent", "instances": [
            {{"name": "{bad}", "values": {{"agent-alias": "{bad}"}}}}, {{"name": "b"}}]}},
        {{"capability": "flow-node/s3-storage", "instances": [{{"values": {{"bucket": "{bad}"}}}}]}}]}}"#
    );
    let mut lines = begin();
    lines.files.insert("a\u{1b}]0;t\u{7}b".into(), blueprint.clone());
    lines.files.insert("flow.json".into(), blueprint);
    lines.give(&["open", "flow.json"]);
    assert_eq!(ticked(&lines).len(), 3, "{}", lines.all);
    lines.give(&["where", "list", "about 1", "1", "back", "menu", "tick", "not known", "about 1", "menu"]);
    lines.give(&[
        "tick",
        "flow nodes",
        "about agent",
        "list",
        "about 4",
        "4",
        "values 4",
        "",
        "menu",
        "documents",
    ]);
    lines.give(&["everything", "1", "lines", "6", "menu", "findings"]);
    for number in 1..=lines.plain.model().derived.findings.len() {
        lines.give(&[&number.to_string(), "?", "back"]);
    }
    let hidden = lines.all.chars().find(|c| *c != '\n' && is_hidden(*c));
    assert_eq!(hidden, None, "{:?}", lines.all);
    assert!(lines.all.contains("x^[[2J<U+202E><U+009B>y"), "{}", lines.all);
}
