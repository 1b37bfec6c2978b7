//! Points 8 and 32: the mouse, off by default; clicks put focus and caret and tick boxes, the wheel
//! scrolls what is under it, a zoomed preview leaves both to the terminal.

use bedrock_policy::app::mouse::Deed::{Click, WheelDown, WheelUp};
use bedrock_policy::app::mouse::Spot;
use bedrock_policy::app::preview::{Tab, shown};
use bedrock_policy::app::rows::Row;
use bedrock_policy::app::settings::Settings;
use bedrock_policy::app::{Effect, Overlay, Pane};

use crate::screen::drive;

#[test]
fn point_32_the_mouse_is_off_until_it_is_asked_for_and_told_in_the_footer() {
    let mut screen = drive((120, 40), &[]);
    assert!(!screen.model.has_mouse() && !screen.footer().contains("mouse"));
    screen.press(&[":", "text:mouse on or off", "Enter"]);
    assert!(screen.model.has_mouse());
    assert!(screen.footer().starts_with(" ? help  q quit  mouse is on"), "{}", screen.footer());
    let mut settings = Settings::default();
    settings.mouse = Some(true);
    assert_eq!(screen.shell.asked.last(), Some(&Effect::Settings(settings)), "it is so at the next start");
    screen.press(&["E", "3", "z"]);
    assert!(!screen.model.has_mouse(), "a zoomed preview leaves the mouse to the terminal");
    screen.press(&["?"]);
    assert!(screen.model.has_mouse());
    screen.press(&["Esc", "z"]);
    assert!(screen.model.has_mouse());
    screen.press(&[":", "text:mouse on or off", "Enter"]);
    assert!(!screen.model.has_mouse() && !screen.footer().contains("mouse"));
    for size in [(40, 12), (60, 20)] {
        let mut screen = drive(size, &[":", "text:mouse on or off", "Enter"]);
        screen.press(&["j"]);
        assert!(screen.footer().contains("mouse is on"), "{size:?}: {}", screen.footer());
    }
}

#[test]
fn point_32_a_click_on_a_row_puts_the_caret_there_and_one_on_its_box_ticks() {
    let mut screen = drive((120, 40), &[]);
    screen.mouse(Click, "Knowledge base", 2);
    assert_eq!(screen.model.checklist.row, Row::Capability("flow-node/knowledge-base".to_owned()));
    assert!(screen.ticked().is_empty(), "only the box ticks");
    screen.mouse(Click, "[ ] Agent", 1);
    assert_eq!(screen.ticked(), ["flow-node/agent"]);
    screen.mouse(Click, "[x] Agent", 0);
    assert!(screen.ticked().is_empty());
    screen.mouse(Click, "[ ] Flow nodes", 1);
    assert!(screen.ticked().len() > 5, "the box of a group ticks its rows: {:?}", screen.ticked());
    screen.press(&["u"]).mouse(WheelDown, "Flow nodes", 0);
    assert!(screen.ticked().is_empty(), "the wheel ticks nothing");
}

#[test]
fn point_08_a_click_focuses_the_pane_and_a_tab_shows_its_document() {
    let mut screen = drive((120, 40), &["E"]);
    screen.mouse(Click, "4 Findings", 0);
    assert_eq!(screen.model.focus, Pane::Findings);
    screen.mouse(Click, "flow-role-trust", 3);
    assert_eq!(screen.model.preview.tab, Some(Tab::Document("flow-role-trust".to_owned())));
    assert_eq!(screen.model.focus, Pane::Preview);
    screen.mouse(Click, "\"Effect\"", 0);
    let line = screen.model.preview.scroll.caret;
    let page = shown(&screen.model);
    assert!(page.whole(&page.lines[line]).contains("\"Effect\""), "{}", screen.text());
    let mut narrow = drive((60, 20), &["E"]);
    narrow.mouse(Click, "3 Pre", 0);
    assert_eq!(narrow.model.focus, Pane::Preview, "{}", narrow.text());
}

#[test]
fn point_32_a_second_click_on_a_value_edits_it_and_one_elsewhere_takes_it() {
    let mut screen = drive((120, 40), &["s", "Esc", "1"]);
    screen.mouse(Click, "Account  ", 0);
    assert_eq!(screen.model.focus, Pane::Detail);
    assert!(screen.model.editing.is_none(), "the first click only goes there");
    screen.mouse(Click, "Account  ", 0);
    assert_eq!(screen.model.editing.as_ref().map(|editing| editing.field.name.as_str()), Some("account"));
    screen.press(&["text:123456789012"]);
    screen.mouse(Click, "Account:", 0);
    assert!(screen.model.editing.is_some(), "a click into the field leaves it open");
    screen.mouse(Click, "Partition", 0);
    assert!(screen.model.editing.is_none());
    assert_eq!(screen.model.blueprint.scope.account.as_deref(), Some("123456789012"));
    screen.press(&["u"]);
    assert_eq!(screen.model.blueprint.scope.account, None, "it is one step of undo");
}

#[test]
fn point_32_the_wheel_scrolls_what_is_under_it_and_the_focus_stays() {
    let mut screen = drive((120, 30), &["E"]);
    let before = (screen.model.focus, screen.model.checklist.row.clone());
    let top = screen.model.preview.scroll.top;
    screen.mouse(WheelDown, "\"Version\"", 0).mouse(WheelDown, "\"Sid\"", 0);
    assert_eq!(screen.model.preview.scroll.top, top + 6);
    assert_eq!((screen.model.focus, screen.model.checklist.row.clone()), before);
    for _ in 0..200 {
        screen.mouse(WheelDown, "3 Preview", 0);
    }
    assert!(
        screen.pane(Pane::Preview).iter().any(|line| line.trim_end().ends_with('}')),
        "{}",
        screen.text()
    );
    for _ in 0..200 {
        screen.mouse(WheelUp, "3 Preview", 0);
    }
    assert_eq!(screen.model.preview.scroll.top, 0);
    screen.mouse(WheelDown, "1 Checklist", 0);
    assert_eq!(screen.model.checklist.scroll.top, 3, "{}", screen.text());
}

#[test]
fn point_32_windows_take_clicks_and_nothing_below_them_does() {
    let mut screen = drive((120, 40), &["E"]);
    screen.press(&["e"]);
    assert_eq!(screen.spot(0, 5), Some(Spot::Window), "what lies below is out of reach");
    let chosen = |screen: &crate::screen::Screen| match &screen.model.overlay {
        Some(Overlay::Export(export)) => export.chosen().len(),
        _ => panic!("{}", screen.text()),
    };
    let before = chosen(&screen);
    screen.mouse(Click, "README.md", 0);
    assert_eq!(chosen(&screen), before + 1);
    screen.mouse(Click, "[ write 2 files ]", 3).mouse(Click, "[ write 2 files ]", 3);
    assert!(screen.model.overlay.is_none() && screen.tells("wrote into"), "{}", screen.text());
    screen.press(&["q"]).mouse(Click, "quit without saving", 0);
    assert!(!screen.shell.ended, "the first click only goes there");
    screen.mouse(Click, "quit without saving", 0);
    assert!(screen.shell.ended);
    let mut screen = drive((120, 40), &["?"]);
    screen.mouse(WheelDown, "Keys", 0).mouse(Click, "tick or untick the row", 0);
    assert!(screen.model.overlay.is_some() == screen.ticked().is_empty());
    screen.mouse(Click, "tick or untick the row", 0);
    assert_eq!(screen.ticked().len(), 1, "a row of the help is done");
}
