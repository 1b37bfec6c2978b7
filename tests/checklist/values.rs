//! Points 15 to 17: fields, letters in them, paste.

use bedrock_policy::app::{Overlay, Pane};
use bedrock_policy::catalog::messages::Severity;

use crate::screen::{Screen, drive};

/// The text of the field that is edited.
fn text(screen: &Screen) -> String {
    screen.model.editing.as_ref().map(|editing| editing.editor.lines().join("\n")).expect("a field is open")
}

#[test]
fn point_15_a_field_has_the_keys_of_readline() {
    let mut screen = drive((80, 24), &["s"]);
    for (keys, wanted) in [
        (&["text:one two three"][..], "one two three"),
        (&["Ctrl-w"], "one two "),
        (&["Ctrl-a", "text:<", "Ctrl-e", "text:>"], "<one two >"),
        (&["Ctrl-b", "Ctrl-b", "Ctrl-h"], "<one tw >"),
        (&["Ctrl-k"], "<one tw"),
        (&["Alt-b", "Alt-d"], "<one "),
        (&["Home", "Ctrl-d", "Ctrl-f", "Delete"], "oe "),
        (&["End", "Ctrl-u"], ""),
        (&["Ctrl-y"], "oe "),
        (&["Left", "Left", "Right", "Backspace"], "o "),
    ] {
        screen.press(keys);
        assert_eq!(text(&screen), wanted, "after {keys:?}");
    }
}

#[test]
fn point_15_a_value_is_judged_under_its_field_while_it_is_typed() {
    for size in [(80, 24), (120, 40), (60, 14)] {
        let mut screen = drive(size, &["Space", "s", "text:nowhere-9"]);
        assert!(screen.model.overlay.is_none(), "no window");
        let pane = screen.pane(Pane::Detail);
        let field = pane.iter().position(|line| line.contains("| nowhere-9")).expect("the field is in sight");
        let problem = pane.iter().skip(field + 1).position(|line| line.contains("error: "));
        assert_eq!(problem, Some(0), "{}", screen.text());
        screen.times(9, "Backspace").press(&["text:us-east-1"]);
        assert!(!screen.words(Pane::Detail).contains("error: "), "{}", screen.text());
    }
}

#[test]
fn point_15_an_invalid_value_may_be_left_and_esc_reverts() {
    let mut screen = drive((80, 24), &["Space", "s", "text:nowhere-9", "Enter"]);
    assert!(screen.model.editing.is_none());
    assert_eq!(screen.model.blueprint.scope.region.as_deref(), Some("nowhere-9"));
    let about = |screen: &Screen| {
        let findings = screen.model.derived.findings.iter();
        findings.filter(|f| f.severity == Severity::Error && f.code != "hole").count()
    };
    assert_eq!(about(&screen), 1, "it shows as a finding");
    let before = screen.model.blueprint.clone();
    screen.press(&["Enter", "Ctrl-u", "text:eu-west-1"]);
    assert_eq!(screen.model.blueprint.scope.region.as_deref(), Some("eu-west-1"), "the documents follow");
    screen.press(&["Esc"]);
    assert!(screen.model.editing.is_none());
    assert_eq!(screen.model.blueprint, before, "Esc reverts");
    assert_eq!(about(&screen), 1);
    let undo = screen.model.history.undo.len();
    screen.press(&["Enter", "Enter"]);
    assert_eq!(screen.model.history.undo.len(), undo, "nothing was changed");
    screen.press(&["Enter", "Ctrl-u", "text:us-west-2", "Enter"]);
    assert_eq!(screen.model.blueprint.scope.region.as_deref(), Some("us-west-2"), "Enter accepts");
}

/// Every letter that does something somewhere.
const LETTERS: &str = "?q/jkhlgGxaAnNfmeyYsuUzoWwOEt!:[]+-1234";

#[test]
fn point_16_letters_are_text_in_a_field() {
    let typed = format!("text:{LETTERS}");
    let mut field = drive((80, 24), &["s", &typed]);
    assert_eq!(text(&field), LETTERS);
    assert!(field.model.overlay.is_none() && !field.model.zoomed && !field.shell.ended);
    field.press(&["Esc"]);
    assert_eq!(field.model.history.undo.len(), 0);

    let mut filter = drive((80, 24), &["/", &typed]);
    assert_eq!(filter.model.checklist.filter.as_ref().unwrap().text, LETTERS);
    filter.press(&["Esc"]);
    assert!(filter.ticked().is_empty());

    for keys in [&["W"][..], &["O"]] {
        let path = drive((80, 24), &[keys, &["Ctrl-u", &typed]].concat());
        let Some(Overlay::Ask(ask)) = &path.model.overlay else { panic!("{keys:?}") };
        assert_eq!(ask.editor.lines(), [LETTERS]);
    }
    let folder = drive((80, 24), &["E", "e", "g", "Enter", "Ctrl-u", &typed]);
    let Some(Overlay::Export(export)) = &folder.model.overlay else { panic!("the export is gone") };
    assert_eq!(export.folder.lines(), [LETTERS]);
    let palette = drive((80, 24), &[":", &typed]);
    let Some(Overlay::Palette(menu)) = &palette.model.overlay else { panic!("the palette is gone") };
    assert_eq!(menu.filter, LETTERS);
}

#[test]
fn point_17_a_paste_is_one_step_without_line_ends_and_controls() {
    let mut screen = drive((80, 24), &["Space", "s", "paste:\n\nus-east\u{1b}-1\u{202e}\r\n"]);
    assert_eq!(text(&screen), "us-east-1");
    assert!(screen.words(Pane::Detail).contains("note: 2 hidden characters were left out"));
    screen.press(&["Ctrl-z"]);
    assert_eq!(text(&screen), "", "one step back in the field");
    screen.press(&["paste:us-east-1", "Enter"]);
    assert_eq!(screen.model.blueprint.scope.region.as_deref(), Some("us-east-1"));
    screen.press(&["u"]);
    assert_eq!(screen.model.blueprint.scope.region, None, "one step back outside");
    assert_eq!(screen.ticked().len(), 1, "and no more than that");

    let mut path = drive((80, 24), &["W", "Ctrl-u", "paste:a\u{7}b.json\n"]);
    let Some(Overlay::Ask(ask)) = &path.model.overlay else { panic!("the question is gone") };
    assert_eq!(ask.editor.lines(), ["ab.json"]);
    path.press(&["Esc", "paste:q"]);
    assert!(!path.shell.ended, "text that is pasted never acts as keys");
    assert!(path.tells("pasted text goes into a field"), "{}", path.text());
}

#[test]
fn point_17_several_values_stay_several() {
    let mut screen = drive((80, 24), &["E"]);
    screen.on_row("Prompt").press(&["2"]);
    for _ in 0..60 {
        let open = screen.press(&["Enter"]).model.editing.as_ref().map(|editing| editing.field.several);
        if open == Some(true) {
            let many: Vec<String> = (0..2000).map(|number| format!("us-east-{number}")).collect();
            screen.press(&["Ctrl-a", "Ctrl-k", &format!("paste:{}", many.join("\r\n")), "Enter"]);
            let tick = screen.model.blueprint.tick("flow-node/prompt").unwrap();
            assert!(tick.instances[0].values.texts("regions").count() >= 2000);
            let before = screen.model.history.undo.len();
            screen.press(&["u"]);
            assert_eq!(screen.model.history.undo.len(), before - 1);
            let tick = screen.model.blueprint.tick("flow-node/prompt").unwrap();
            assert_eq!(tick.instances[0].values.texts("regions").count(), 3, "all of it was one step");
            return;
        }
        screen.press(&["Esc", "2", "j"]);
    }
    panic!("no field takes several values");
}

#[test]
fn a_name_that_another_use_has_is_refused_in_words() {
    let mut screen = drive((120, 40), &["E"]);
    screen.on_row("Prompt").press(&["+", "Esc"]);
    let names = |screen: &Screen| {
        let tick = screen.model.blueprint.tick("flow-node/prompt").unwrap();
        tick.instances.iter().map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    let before = names(&screen);
    assert_eq!(before.len(), 2);
    screen.press(&["2", "G"]);
    while screen.model.editing.is_none() {
        screen.press(&["k", "Enter"]);
    }
    assert_eq!(screen.model.editing.as_ref().unwrap().field.label, "Name of this use");
    screen.press(&["Ctrl-u", &format!("text:{}", before[0]), "Enter"]);
    assert_eq!(names(&screen), before);
    assert!(screen.tells(&format!("another use is called `{}` already", before[0])), "{}", screen.text());
}
