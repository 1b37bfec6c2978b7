//! What must not be lost or mixed up on the way: files of other blueprints, texts changed by others,
//! values of rows that were unticked.

use std::path::{Path, PathBuf};

use bedrock_policy::app::Overlay;
use bedrock_policy::blueprint::file;

use crate::screen::{Screen, drive};

const OTHER: &str = r#"{"version": 1, "scope": {"region": "eu-west-1"}, "ticks": []}"#;

/// The example, saved as `b.json`, with `a.json` beside it.
fn saved() -> Screen {
    let mut screen = drive((120, 40), &["E"]);
    screen.shell.files.insert("a.json".into(), OTHER.to_owned());
    screen.press(&["W", "Ctrl-u", "text:b.json", "Enter"]);
    assert_eq!(screen.model.filed.path.as_deref(), Some(Path::new("b.json")), "{}", screen.text());
    screen
}

#[test]
fn undoing_an_open_goes_back_to_the_file_before() {
    let mut screen = saved();
    screen.press(&["O", "text:a.json", "Enter"]);
    assert_eq!(screen.model.filed.path.as_deref(), Some(Path::new("a.json")));
    screen.press(&["u"]);
    assert_eq!(screen.model.filed.path.as_deref(), Some(Path::new("b.json")));
    assert!(!screen.model.is_modified());
    screen.press(&["1", "g", "G", "x", "w"]);
    assert_eq!(screen.shell.files[&PathBuf::from("a.json")], OTHER, "the other file is as it was");
    assert_eq!(screen.shell.files[&PathBuf::from("b.json")], file::write(&screen.model.blueprint));
    screen.press(&["u", "Ctrl-r"]);
    assert_eq!(screen.model.filed.path.as_deref(), Some(Path::new("b.json")));
}

#[test]
fn the_example_in_an_open_file_does_not_overwrite_it() {
    let mut screen = saved();
    screen.press(&["O", "text:a.json", "Enter", "E", "w"]);
    assert!(matches!(screen.model.overlay, Some(Overlay::Ask(_))), "a name is asked for: {}", screen.text());
    assert_eq!(screen.shell.files[&PathBuf::from("a.json")], OTHER);
}

#[test]
fn a_file_that_somebody_else_changed_is_not_overwritten_unasked() {
    let mut screen = saved();
    screen.shell.files.insert("b.json".into(), "{\"mine\": 1}".to_owned());
    screen.press(&["1", "g", "G", "x", "w"]);
    assert!(matches!(screen.model.overlay, Some(Overlay::Question(_))), "{}", screen.text());
    assert_eq!(screen.shell.files[&PathBuf::from("b.json")], "{\"mine\": 1}");
    screen.press(&["Down", "Enter"]);
    assert_eq!(screen.shell.files[&PathBuf::from("b.json")], file::write(&screen.model.blueprint));
    screen.press(&["u", "w"]);
    assert!(screen.model.overlay.is_none(), "its own text is replaced without a question");
}

#[test]
fn values_of_an_unticked_row_come_back_and_go_nowhere_else() {
    let mut screen = drive((120, 40), &["E"]);
    let value = |screen: &Screen| {
        let tick = screen.model.blueprint.tick("flow-node/knowledge-base")?;
        tick.instances[0].values.text("knowledge-base").map(str::to_owned)
    };
    screen.on_row("Knowledge base").press(&["Space", "Space"]);
    assert_eq!(value(&screen).as_deref(), Some("KB12345678"));
    screen.press(&["u", "Space"]);
    assert_eq!(value(&screen).as_deref(), Some("KB12345678"), "also after undo");
    screen.press(&["Space", "u", "u", "u", "u", "u"]);
    assert!(screen.model.blueprint.ticks.is_empty(), "{}", screen.text());
    screen.on_row("Knowledge base").press(&["Space"]);
    assert_eq!(value(&screen), None, "the example's value is not anybody else's");
}

#[test]
fn tab_keeps_a_finished_value_although_a_longer_one_begins_with_it() {
    let mut screen = drive((120, 40), &["E"]);
    screen.on_row("S3 storage").press(&["Enter", "Enter", "Ctrl-u", "text:example", "Tab"]);
    let tick = screen.model.blueprint.tick("flow-node/s3-storage").unwrap();
    assert_eq!(tick.instances[0].values.text("bucket"), Some("example"));
}

#[test]
fn an_arn_of_another_kind_fills_nothing_in() {
    let mut screen = drive((120, 40), &[]);
    screen.on_row("Knowledge base").press(&[
        "Enter",
        "paste:arn:aws-us-gov:lambda:us-gov-west-1:999999999999:function:f",
        "Enter",
    ]);
    assert_eq!(screen.model.blueprint.scope.account, None, "{}", screen.text());
    assert!(screen.tells("error"), "{}", screen.text());
}

#[test]
fn many_lines_into_one_value_are_told() {
    let mut screen = drive((120, 40), &["s"]);
    screen.press(&["paste:us-east-1\neu-west-1\neu-west-2"]);
    assert!(screen.tells("only the first of 3 lines"), "{}", screen.text());
    screen.press(&["Enter"]);
    assert_eq!(screen.model.blueprint.scope.region.as_deref(), Some("us-east-1"));
}

#[test]
fn a_command_with_a_gap_says_so() {
    let mut screen = drive((120, 40), &[]);
    screen.on_row("Run flows").press(&["Space", "Y"]);
    assert!(screen.toast().contains("to fill in"), "{}", screen.toast());
    let mut whole = drive((120, 40), &["E", "Y"]);
    assert!(!whole.press(&[]).toast().contains("to fill in"), "{}", whole.toast());
}

#[test]
fn a_finding_that_says_to_type_opens_its_field() {
    let mut screen = drive((80, 24), &[]);
    screen.on_row("Input").press(&["Space", "s", "text:us-east-1", "Tab", "text:123456789012", "Enter", "4"]);
    let at = screen.model.derived.findings.iter().position(|finding| finding.code == "until-given").unwrap();
    for _ in 0..at {
        screen.press(&["j"]);
    }
    screen.press(&["Enter", "text:FLOW123456", "Enter"]);
    let flow = screen.model.blueprint.subject("flow").and_then(|values| values.text("id"));
    assert_eq!(flow, Some("FLOW123456"), "{}", screen.text());
}
