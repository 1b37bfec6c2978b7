//! Points 7 to 9: moving in every list, going from pane to pane, ticking and opening.

use bedrock_policy::app::rows::{Row, lines};
use bedrock_policy::app::{Model, Overlay, PANES, Pane};

use crate::screen::{Screen, drive, number};

/// The caret of the list that takes the keys.
fn caret(model: &Model) -> usize {
    match (&model.overlay, model.focus) {
        (Some(Overlay::Help(menu) | Overlay::Palette(menu)), _) => menu.scroll.caret,
        (Some(Overlay::Export(export)), _) => export.scroll.caret,
        (Some(_), _) => 0,
        (None, Pane::Checklist) => model.checklist.scroll.caret,
        (None, Pane::Detail) => model.detail.caret,
        (None, Pane::Preview) => model.preview.scroll.caret,
        (None, Pane::Findings) => model.findings.caret,
    }
}

/// Moves with the keys of each kind; letters only where they are no text.
fn moves(screen: &mut Screen, what: &str, letters: bool) {
    let at = |screen: &mut Screen, keys: &[&str]| {
        screen.press(keys);
        caret(&screen.model)
    };
    assert_eq!(at(screen, &["Home"]), 0, "{what}");
    assert_eq!(at(screen, &["Down", "Down", "Up"]), 1, "{what}");
    let last = at(screen, &["End"]);
    assert!(last > 2, "{what} is too short to tell: {last}");
    let shown = screen.text();
    assert_eq!(at(screen, &["Down"]), last, "{what}");
    let page = at(screen, &["Home", "PgDn"]);
    assert!(page > 1 || last < 4, "{what}: a page is {page}");
    assert_eq!(at(screen, &["PgUp"]), 0, "{what}");
    assert_eq!(at(screen, &["Ctrl-d"]), page, "{what}");
    assert_eq!(at(screen, &["Ctrl-u"]), 0, "{what}");
    if letters {
        assert_eq!(at(screen, &["j", "j", "k"]), 1, "{what}");
        assert_eq!(at(screen, &["G"]), last, "{what}");
        assert_eq!(screen.text(), shown, "{what}: the last line is in sight");
        assert_eq!(at(screen, &["g"]), 0, "{what}");
    }
}

#[test]
fn point_07_the_same_keys_move_in_every_list() {
    for size in [(120, 30), (80, 24), (60, 14)] {
        for (pane, name) in PANES {
            // Everything is ticked and nothing given: many rows, many lines, many findings.
            let mut screen = drive(size, &["a"]);
            screen.on_row("Agent").press(&[&number(pane)]);
            moves(&mut screen, name, true);
        }
        moves(&mut drive(size, &["E", "?"]), "help", true);
        moves(&mut drive(size, &["E", ":"]), "palette", false);
        moves(&mut drive(size, &["E", "e"]), "export", true);
    }
    let mut open = drive((80, 24), &["O", "Down", "Down", "Up", "Enter"]);
    assert!(open.tells("there is no such file"), "a recent one was meant: {}", open.text());
    open.press(&["Esc", "E", "q", "j", "l"]);
    assert!(open.tells("> quit without saving"), "{}", open.text());
}

#[test]
fn point_07_left_and_right_close_and_open() {
    for (left, right) in [("h", "l"), ("Left", "Right")] {
        let mut screen = drive((80, 24), &[]);
        let all = lines(&screen.model).len();
        screen.press(&[left]);
        assert!(matches!(screen.model.checklist.row, Row::Group(_)), "to the parent");
        screen.press(&[left]);
        assert!(lines(&screen.model).len() < all, "closed");
        assert!(screen.tells("▸"), "{}", screen.text());
        screen.press(&[right]);
        assert_eq!(lines(&screen.model).len(), all, "opened");
        screen.press(&[right]);
        assert!(matches!(screen.model.checklist.row, Row::Capability(_)), "to the first child");
    }
}

#[test]
fn point_08_tab_goes_round_and_digits_go_straight() {
    for size in [(120, 40), (80, 24), (60, 20)] {
        let mut screen = drive(size, &["E"]);
        for turn in 1..=5 {
            screen.press(&["Tab"]);
            let (pane, name) = PANES[turn % 4];
            assert_eq!(screen.model.focus, pane);
            assert!(screen.tells(&format!("> {} {name}", number(pane))), "{}", screen.text());
        }
        for turn in [0, 3, 2, 1, 0] {
            screen.press(&["Shift-Tab"]);
            assert_eq!(screen.model.focus, PANES[turn].0);
        }
        for (pane, _) in PANES {
            screen.press(&[&number(pane)]);
            assert_eq!(screen.model.focus, pane);
        }
    }
}

#[test]
fn point_09_ticking_never_moves_the_caret() {
    for key in ["Space", "x"] {
        let mut screen = drive((80, 24), &["g"]);
        let shown = |screen: &Screen| screen.pane(Pane::Checklist).iter().any(|line| line.starts_with('>'));
        for _ in 0..lines(&screen.model).len() {
            let (row, before) = (screen.model.checklist.row.clone(), screen.model.blueprint.clone());
            screen.press(&[key]);
            assert_eq!(screen.model.checklist.row, row);
            assert_eq!(screen.model.focus, Pane::Checklist);
            let ticks = match &row {
                Row::Capability(_) => true,
                Row::Group(id) => id != bedrock_policy::app::rows::ASKED_ONCE,
                _ => false,
            };
            assert_eq!(screen.model.blueprint != before, ticks, "{row:?}");
            assert!(shown(&screen), "the caret is out of sight, {row:?} being ticked");
            screen.press(&[key]);
            assert_eq!(screen.model.checklist.row, row);
            assert!(shown(&screen), "the caret is out of sight, {row:?} being unticked");
            screen.press(&["j"]);
        }
    }
}

#[test]
fn point_09_enter_opens_what_is_under_the_caret() {
    let mut screen = drive((80, 24), &[]);
    screen.on_row("Agent").press(&["Enter"]);
    assert_eq!(screen.ticked(), ["flow-node/agent"]);
    let field = screen.model.editing.as_ref().expect("its first value is edited");
    assert_eq!(field.field.name, "agent-alias");
    screen.press(&["Esc", "1", "h", "Enter"]);
    assert!(!screen.model.checklist.closed.is_empty(), "a group closes");
    let mut finding = drive((80, 24), &["Space", "4", "Enter"]);
    assert_eq!(finding.model.focus, Pane::Detail, "a finding leads to its value");
    if finding.model.editing.is_none() {
        finding.press(&["Enter"]);
    }
    assert!(finding.model.editing.is_some(), "{}", finding.text());
    let run = drive((80, 24), &[":", "text:example", "Enter"]);
    assert_eq!(run.ticked().len(), 7, "an action of the palette runs");
}

#[test]
fn point_24_escape_goes_back_by_exactly_one_level() {
    let mut screen = drive((120, 40), &["E", "/", "text:region and", "Enter", "2", "z"]);
    let before = screen.model.blueprint.clone();
    screen.press(&["Enter"]);
    let field = screen.model.editing.as_ref().map(|editing| editing.field.name.clone());
    assert!(field.is_some(), "{}", screen.text());
    screen.press(&["Ctrl-u", "text:us-", "Down"]);
    let is_chosen = screen.model.editing.as_ref().is_some_and(|editing| editing.proposal.is_some());
    assert!(is_chosen, "{}", screen.text());
    // What is open, by the names of its levels, the outermost last.
    let levels = |screen: &Screen| {
        let model = &screen.model;
        let editing = model.editing.as_ref();
        [
            ("proposal", editing.is_some_and(|editing| editing.proposal.is_some())),
            ("field", editing.is_some()),
            ("window", model.overlay.is_some()),
            ("zoom", model.zoomed),
            ("pane", model.focus != Pane::Checklist),
            ("filter", model.checklist.filter.is_some()),
        ]
        .iter()
        .filter(|(_, is_open)| *is_open)
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
    };
    assert_eq!(levels(&screen), ["proposal", "field", "zoom", "pane", "filter"]);
    screen.press(&["Esc"]);
    assert_eq!(levels(&screen), ["field", "zoom", "pane", "filter"], "only the proposal is left");
    screen.press(&["Esc"]);
    assert_eq!(levels(&screen), ["zoom", "pane", "filter"], "the value is as it was");
    assert_eq!(screen.model.blueprint, before);
    screen.press(&["?"]);
    assert_eq!(levels(&screen), ["window", "zoom", "pane", "filter"]);
    screen.press(&["Esc"]);
    assert_eq!(levels(&screen), ["zoom", "pane", "filter"]);
    screen.press(&["Esc"]);
    assert_eq!(levels(&screen), ["pane", "filter"]);
    screen.press(&["Esc"]);
    assert_eq!(levels(&screen), ["filter"]);
    screen.press(&["Esc"]);
    assert_eq!(levels(&screen), [""; 0]);
    screen.press(&["Esc"]);
    assert_eq!(levels(&screen), [""; 0], "at the top it does nothing");
    assert!(screen.tells("q quits"), "and says how to quit: {}", screen.text());
}
