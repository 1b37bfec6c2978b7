//! Points 22, 25, 26 and 36: going back, writing files, copying, and the tip that stays away.

use bedrock_policy::app::preview::shown;
use bedrock_policy::app::{Effect, Overlay, Route};
use bedrock_policy::blueprint::Blueprint;
use bedrock_policy::policy::print::pretty;

use crate::screen::{FOLDER, Screen, drive};

#[test]
fn point_22_everything_can_be_undone_by_name() {
    let mut screen = drive((80, 24), &[]);
    let saved = r#"{"version": 1, "scope": {"region": "eu-west-1"}, "ticks": []}"#;
    screen.shell.files.insert("other.json".into(), saved.to_owned());
    let mut states: Vec<(Blueprint, &str)> = Vec::new();
    for (keys, name) in [
        (&["g", "j", "j", "j", "Space"][..], "tick "),
        (&["a"], "tick "),
        (&["A"], "untick "),
        (&["E"], "show the example"),
        (&["s", "Ctrl-u", "text:eu-west-1", "Enter"], "set region"),
        (&["Enter", "Ctrl-u", "paste:us-west-2", "Enter"], "set region"),
        (&["Delete"], "clear region"),
        (&["1", "/", "text:lambda f", "Enter", "+"], "add another Lambda function"),
        (&["-"], "take one Lambda function away"),
        (&["Esc", ":", "text:take everything", "Enter"], "clear everything"),
        (&["O", "text:other.json", "Enter"], "open other.json"),
    ] {
        states.push((screen.model.blueprint.clone(), name));
        screen.press(keys);
        assert_ne!(screen.model.blueprint, states.last().unwrap().0, "{name}: {}", screen.text());
        assert_eq!(screen.model.history.undo.len(), states.len(), "{name} is one step");
    }
    let end = screen.model.blueprint.clone();
    for (before, name) in states.iter().rev() {
        screen.press(&["u"]);
        assert_eq!(screen.model.blueprint, *before, "{name}");
        assert!(screen.toast().starts_with(&format!("undone: {name}")), "{name}: {}", screen.toast());
        assert!(screen.tells(format!("undone: {name}").trim_end()), "{}", screen.text());
    }
    screen.press(&["u"]);
    assert!(screen.tells("nothing was changed yet"));
    for (at, (_, name)) in states.iter().enumerate() {
        screen.press(&[if at % 2 == 0 { "Ctrl-r" } else { "U" }]);
        assert!(screen.toast().starts_with(&format!("redone: {name}")), "{name}: {}", screen.toast());
    }
    assert_eq!(screen.model.blueprint, end);
}

#[test]
fn point_22_undo_has_no_end() {
    let mut screen = drive((80, 24), &[]);
    screen.times(1001, "Space");
    assert_eq!(screen.ticked().len(), 1);
    screen.times(1001, "u");
    assert_eq!(screen.model.blueprint, Blueprint::default());
    assert!(!screen.model.is_modified(), "back at the start nothing is left to save");
}

#[test]
fn point_23_the_question_before_quitting_takes_the_keys() {
    for keys in [&["E", "q"][..], &["E", "Ctrl-c"], &["E", "s", "Ctrl-c"], &["E", ":", "Ctrl-c"]] {
        let mut screen = drive((80, 24), keys);
        assert!(screen.tells("> stay"), "the harmless answer is the first: {}", screen.text());
        screen.press(&["Down", "Down"]);
        assert!(screen.tells("> quit without saving"), "after {keys:?}: {}", screen.text());
        screen.press(&["Enter"]);
        assert!(screen.shell.ended, "after {keys:?}: {}", screen.text());
    }
    assert!(drive((80, 24), &["q"]).shell.ended, "nothing to lose, nothing to ask");
    assert!(drive((80, 24), &["E", "s", "Ctrl-c", "Ctrl-c"]).shell.ended, "the second one leaves");
}

/// The line of the screen about a file.
fn line(screen: &Screen, name: &str) -> String {
    let found = screen.lines().into_iter().find(|line| line.contains(name));
    found.unwrap_or_else(|| panic!("{name} is not in\n{}", screen.text()))
}

#[test]
fn point_25_export_tells_what_would_change_before_it_writes() {
    let mut screen = drive((80, 24), &["E", "o"]);
    let Some(Overlay::Export(export)) = &screen.model.overlay else { panic!("no export") };
    let files = export.all();
    assert!(files.len() > 2);
    assert!(files.iter().all(|(name, _)| line(&screen, name).contains("[x]")), "{}", screen.text());
    assert!(files.iter().all(|(name, _)| line(&screen, name).contains(" new")), "{}", screen.text());
    assert!(screen.tells(FOLDER) && screen.shell.files.is_empty(), "nothing is written yet");
    screen.press(&["Esc"]);
    let folder = std::path::Path::new(FOLDER);
    screen.shell.files.insert(folder.join(&files[0].0), files[0].1.clone());
    screen.shell.files.insert(folder.join(&files[1].0), "something else".to_owned());
    screen.press(&["o"]);
    assert!(line(&screen, &files[0].0).contains("unchanged"), "{}", screen.text());
    assert!(line(&screen, &files[1].0).contains("overwrite"), "{}", screen.text());
    assert!(line(&screen, &files[2].0).contains(" new"), "{}", screen.text());
    screen.press(&["Enter"]);
    let words = format!("wrote into `{FOLDER}`: {} new, 1 overwritten, 1 unchanged", files.len() - 2);
    assert!(screen.tells(&words), "{}", screen.text());
    for (name, text) in &files {
        assert_eq!(screen.shell.files.get(&folder.join(name)), Some(text));
    }
}

#[test]
fn point_25_export_follows_no_link() {
    let mut screen = drive((80, 24), &["E"]);
    let trust = std::path::Path::new(FOLDER).join("flow-role-trust.json");
    let name = screen.model.derived.bundle.documents.iter().map(|one| one.file.clone()).next().unwrap();
    screen.shell.links = vec![trust, std::path::Path::new(FOLDER).join(&name)];
    screen.press(&["o", "Enter"]);
    assert!(line(&screen, &name).contains("is a symbolic link"), "{}", screen.text());
    assert!(!screen.shell.asked.iter().any(|effect| matches!(effect, Effect::Write(..))));
    assert!(screen.model.overlay.is_some() && screen.shell.files.is_empty());
}

#[test]
fn point_25_export_asks_once_and_names_the_count() {
    let mut screen = drive((80, 24), &["Space", "s", "text:nowhere-9", "Enter", "e", "Enter"]);
    let [missing, errors, ..] = screen.model.derived.counts();
    let values = if missing == 1 { "value" } else { "values" };
    let told = format!("have {missing} missing {values} and {errors} error");
    assert!(screen.tells(&told), "{}", screen.text());
    assert!(screen.shell.files.is_empty());
    screen.press(&["Enter"]);
    assert!(!screen.shell.files.is_empty(), "asked once: {}", screen.text());
}

#[test]
fn point_26_copy_tells_the_way_that_the_text_took() {
    for (route, told, not) in [
        (Route::Clipboard, "copied flow-role to the clipboard", "OSC 52"),
        (Route::Tmux, "copied flow-role to tmux's buffer", "to the clipboard"),
        (
            Route::Terminal,
            "sent flow-role to the terminal (OSC 52); if paste is empty, export with `e`",
            "copied",
        ),
        (Route::Nowhere, "no clipboard was found for flow-role: export with `e` instead", "copied"),
    ] {
        let mut screen = drive((80, 24), &["E"]);
        screen.shell.route = route;
        screen.press(&["y"]);
        let document = screen.model.derived.bundle.document("flow-role").unwrap();
        assert_eq!(screen.shell.copied, [pretty(&document.root)]);
        assert!(screen.tells(told), "{route:?}: {}", screen.text());
        assert!(!screen.toast().contains(not), "{route:?} claims too much: {}", screen.toast());
    }
    let mut command = drive((80, 24), &["E", "Y"]);
    assert!(command.shell.copied[0].contains("aws iam put-role-policy "), "{:?}", command.shell.copied);
    command.press(&["3", "]"]);
    let step = |screen: &Screen| shown(&screen.model).lines[screen.model.preview.scroll.caret].step;
    while step(&command) != Some(1) {
        command.press(&["j"]);
    }
    command.press(&["Y"]);
    assert!(command.tells("copied the command of step 2 to the clipboard"), "{}", command.text());
    assert!(command.shell.copied[1].contains("aws iam create-role "), "{:?}", command.shell.copied);
    let mut nothing = drive((80, 24), &["y"]);
    assert!(nothing.press(&[]).tells("there is no document yet"), "{}", nothing.text());
}

#[test]
fn point_36_the_tip_is_put_away_for_good() {
    for size in [(120, 40), (80, 24), (60, 20), (40, 12)] {
        let screen = drive(size, &[]);
        assert!(screen.tells("tip:") && screen.tells("! hides"), "{}", screen.text());
    }
    let mut screen = drive((80, 24), &[]);
    screen.press(&["!"]);
    for keys in [
        &["j", "k"][..],
        &["E", "j"],
        &["u", "j"],
        &["?", "Esc"],
        &["z", "z"],
        &["size:120x40"],
        &["size:10x4", "size:80x24"],
        &[":", "text:take everything", "Enter", "Esc", "j"],
    ] {
        screen.press(keys);
        assert!(!screen.tells("tip:"), "after {keys:?}\n{}", screen.text());
    }
}
