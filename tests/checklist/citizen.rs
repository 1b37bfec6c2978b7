//! Points 30, 31, 33 and 35: looks without colour, ASCII, keys, nothing that moves by itself.

use bedrock_policy::app::action::Action;
use bedrock_policy::app::key::{Code, Key};
use bedrock_policy::app::keys::{BINDINGS, lookup};
use bedrock_policy::app::role::ROLES;
use bedrock_policy::app::{Pane, THEMES, Theme};
use bedrock_policy::catalog::messages::Severity;
use bedrock_policy::ui::theme::style;
use ratatui::style::{Color, Modifier};

use crate::screen::{Screen, drive};
use crate::states::STATES;

const SIZES: &[(u16, u16)] = &[(120, 40), (80, 24), (60, 20), (40, 12), (30, 8), (20, 1)];

fn each(mut hold: impl FnMut(&mut Screen, &str)) {
    for keys in STATES {
        for size in SIZES {
            let mut screen = drive(*size, keys);
            hold(&mut screen, &format!("{size:?} after {keys:?}"));
        }
    }
}

#[test]
fn point_30_no_theme_changes_what_is_written() {
    each(|screen, state| {
        let text = screen.text();
        for (theme, name) in THEMES {
            screen.model.theme = theme;
            assert_eq!(screen.text(), text, "{name}, {state}");
        }
    });
}

#[test]
fn point_30_mono_has_no_colour() {
    each(|screen, state| {
        screen.model.theme = Theme::Mono;
        for cell in screen.drawn().0.content() {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{state}: {cell:?}");
        }
    });
    for (theme, name) in THEMES {
        let colours = ROLES.iter().filter_map(|role| style(theme, *role).fg).count();
        assert_eq!(colours == 0, theme == Theme::Mono, "{name}");
        assert!(ROLES.iter().all(|role| style(theme, *role).bg.is_none()), "{name} paints a background");
    }
    let sixteen = |colour: &Color| !matches!(colour, Color::Rgb(..) | Color::Indexed(_));
    assert!(ROLES.iter().filter_map(|role| style(Theme::Terminal, *role).fg).all(|c| sixteen(&c)));
}

#[test]
fn point_30_every_state_has_a_sign_or_word() {
    let mut screen = drive((120, 40), &["!", "t"]);
    assert_eq!(screen.model.theme, Theme::Mono);
    screen.on_row("Lex").press(&["Space"]);
    let rows = screen.lines();
    for (sign, meaning) in [
        ("[x] Lex", "ticked"),
        ("[ ] Agent", "not ticked"),
        ("[-] Flow nodes", "in part"),
        ("1 missing", "a value is missing"),
        ("not given", "what is missing, at the field"),
        ("▌", "what the row writes"),
        ("missing: ", "an error"),
        ("┏ > 1 Checklist", "the focus"),
    ] {
        assert!(rows.iter().any(|row| row.contains(sign)), "{meaning}: no `{sign}` in\n{}", screen.text());
    }
    assert!(screen.tells("1 tick |") && screen.tells("modified"), "{}", screen.text());
    screen.on_row("Agent").press(&["Space"]);
    screen.on_tab("flow-role");
    let added = screen.pane(Pane::Preview).iter().any(|row| row.chars().nth(1) == Some('+'));
    assert!(added, "what was added\n{}", screen.text());
    let hole = screen.text().contains('<');
    assert!(hole, "a hole in a document stands between < and >\n{}", screen.text());
}

#[test]
fn point_30_a_row_with_something_wrong_says_so() {
    each(|screen, state| {
        for line in bedrock_policy::app::rows::lines(&screen.model) {
            let words: &[&str] = match line.severity {
                Some(Severity::Error) => &["error", "missing", "not given", "not known"],
                Some(Severity::Warning) => &["warning"],
                _ => continue,
            };
            let says = words.iter().any(|word| line.note.contains(word));
            assert!(says, "`{}` is wrong by colour alone: `{}`, {state}", line.text, line.note);
        }
    });
}

#[test]
fn point_31_ascii_means_all_of_it() {
    each(|screen, state| {
        screen.model.ascii = true;
        let text = screen.text();
        let other: String = text.chars().filter(|c| !c.is_ascii()).collect();
        assert!(other.is_empty(), "`{other}` in {state}\n{text}");
    });
    let mut screen = drive((80, 24), &["h", "h"]);
    assert!(screen.text().contains('▸') && screen.text().contains('┏'), "{}", screen.text());
    screen.press(&[":", "text:ascii", "Enter"]);
    assert!(screen.model.ascii && screen.text().is_ascii(), "the palette switches it on\n{}", screen.text());
    assert!(screen.text().contains("> [ ] Flow nodes"), "{}", screen.text());
    screen.press(&["l"]);
    assert!(screen.text().contains("v [ ] Flow nodes"), "open and closed differ\n{}", screen.text());
}

#[test]
fn point_31_no_signs_of_icon_fonts() {
    each(|screen, state| {
        let is_private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c) || c >= '\u{1f000}';
        assert!(!screen.text().contains(is_private), "{state}");
    });
}

#[test]
fn point_33_shift_is_part_of_a_character() {
    for row in BINDINGS {
        for name in row.keys {
            let key = Key::named(name).unwrap();
            assert!(!(key.shift && matches!(key.code, Code::Char(_))), "{name} would never come");
        }
    }
    let screen = drive((80, 24), &[]);
    let key = |name| lookup(&screen.model, Key::named(name).unwrap());
    assert_eq!((key("a"), key("A")), (Some(Action::TickAll), Some(Action::UntickAll)));
    assert_eq!((key("u"), key("U")), (Some(Action::Undo), Some(Action::Redo)));
    assert_eq!(key("Shift-Tab"), Some(Action::PreviousPane));
    let shifted = Key { shift: true, ..Key::named("a").unwrap() };
    assert_eq!(lookup(&screen.model, shifted), None, "the boundary alone takes Shift away");
}

#[test]
fn point_35_nothing_moves_by_itself() {
    for (theme, name) in THEMES {
        for role in ROLES {
            let blinks = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
            assert!(!style(theme, *role).add_modifier.intersects(blinks), "{name}: {role:?} blinks");
        }
    }
    each(|screen, state| assert_eq!(screen.drawn(), screen.drawn(), "{state}"));
}
