//! What must not be lost or mixed up on the way: files of other blueprints, texts changed by others,
//! values of rows that were unticked.

use std::path::{Path, PathBuf};

use bedrock_policy::app::{Effect, Kept, Left, Msg, Overlay};
use bedrock_policy::blueprint::{Blueprint, file};

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
    screen.press(&["Down", "Down", "Enter"]);
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

/// Work as the shell tells of it.
fn left(id: &str, path: Option<&str>, known: Option<&str>) -> Left {
    Left {
        id: id.to_owned(),
        path: path.map(PathBuf::from),
        known: known.map(str::to_owned),
        when: "5 minutes ago".to_owned(),
        text: file::write(&drive((120, 40), &["E"]).model.blueprint),
    }
}

#[test]
fn unsaved_work_of_an_earlier_run_is_offered_and_taken_up_with_its_file() {
    let mut screen = drive((120, 40), &[]);
    screen.send(Msg::Left(vec![left("one", Some("a.json"), Some(OTHER)), left("two", None, None)]));
    assert!(screen.tells("Unsaved work was left 5 minutes ago") && screen.tells("`a.json`, 7 ticks"));
    assert!(screen.tells("One more is asked about"), "{}", screen.text());
    screen.shell.files.insert("a.json".into(), OTHER.to_owned());
    screen.press(&["Enter"]);
    assert_eq!(screen.model.blueprint.ticks.len(), 7);
    assert_eq!(screen.model.filed.path.as_deref(), Some(Path::new("a.json")));
    assert!(screen.model.is_modified());
    assert_eq!(screen.shell.asked.last(), Some(&Effect::Forget("one".to_owned())));
    screen.press(&["w"]);
    assert_eq!(screen.shell.files[&PathBuf::from("a.json")], file::write(&screen.model.blueprint));
    screen.press(&["u"]);
    assert_eq!(screen.model.blueprint, Blueprint::default(), "what was there before comes back");
    assert!(screen.model.filed.path.is_none());
    screen.press(&[":", "text:unsaved", "Enter"]);
    assert!(screen.tells("a new blueprint, 7 ticks"), "{}", screen.text());
    screen.press(&["Down", "Down", "Enter"]);
    assert_eq!(screen.shell.asked.last(), Some(&Effect::Forget("two".to_owned())));
    assert!(screen.model.left.is_empty() && screen.model.overlay.is_none());
}

#[test]
fn unsaved_work_is_not_pushed_into_what_is_under_way() {
    let mut screen = drive((120, 40), &["s"]);
    screen.send(Msg::Left(vec![left("one", None, None)]));
    assert!(screen.model.editing.is_some() && screen.model.overlay.is_none());
    let mut screen = saved();
    screen.send(Msg::Left(vec![left("one", Some("a.json"), None)]));
    assert!(screen.model.overlay.is_none(), "it is of another file: {}", screen.text());
    assert!(screen.tells("unsaved work"), "{}", screen.text());
    let mut broken = left("one", None, None);
    broken.text.truncate(40);
    let mut screen = drive((120, 40), &[]);
    screen.send(Msg::Left(vec![broken]));
    screen.press(&["Enter"]);
    assert!(screen.tells("cannot be read: line"), "{}", screen.text());
    assert!(!screen.shell.asked.iter().any(|effect| matches!(effect, Effect::Forget(_))), "it is kept");
}

#[test]
fn leaving_by_ctrl_c_keeps_what_is_not_saved_and_quitting_drops_it() {
    let screen = drive((120, 40), &["Space", "Ctrl-c", "Ctrl-c"]);
    assert_eq!(screen.shell.asked.last(), Some(&Effect::Leave));
    let screen = drive((120, 40), &["Space", "q", "Down", "Down", "Enter"]);
    assert_eq!(screen.shell.asked.last(), Some(&Effect::Quit));
}

#[test]
fn other_windows_and_other_programs_are_told_of() {
    let mut screen = saved();
    screen.send(Msg::Kept(Kept::AlsoOpen("b.json".into())));
    assert!(screen.tells("`b.json` is open in another window too"), "{}", screen.text());
    assert!(screen.title().contains("saved, open twice"), "{}", screen.title());
    let own = screen.model.filed.text.clone().unwrap();
    screen.send(Msg::Kept(Kept::Changed("b.json".into(), own)));
    assert!(screen.title().contains("saved, open twice"), "it is our own save that was seen");
    screen.send(Msg::Kept(Kept::Changed("b.json".into(), OTHER.to_owned())));
    assert!(screen.tells("`b.json` was changed by another program"), "{}", screen.text());
    screen.press(&["j"]);
    assert!(screen.title().contains("changed by others"), "it stays told: {}", screen.title());
    screen.send(Msg::Kept(Kept::Failed("`x` is full".to_owned())));
    assert!(screen.tells("not kept for a crash: `x` is full"), "{}", screen.text());
}
