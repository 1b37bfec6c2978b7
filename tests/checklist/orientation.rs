//! Points 1 to 6: where one is, what one can do, what the thing under the caret is.

use bedrock_policy::app::keys::{BINDINGS, Place, hints, places, refusal};
use bedrock_policy::app::rows::{GROUPS, Row, lines};
use bedrock_policy::app::{PANES, Pane, THEMES};

use crate::screen::{Screen, drive, number};

#[test]
fn point_01_first_screen_is_useful() {
    for size in [(80, 24), (120, 40), (60, 20)] {
        let mut screen = drive(size, &[]);
        assert!(screen.model.overlay.is_none() && screen.model.editing.is_none(), "nothing is asked");
        let rows = lines(&screen.model);
        let caret = &rows[screen.model.checklist.scroll.caret];
        assert!(matches!(caret.row, Row::Capability(_)), "the caret is on the first choice");
        assert!(screen.tells(&format!("> [ ] {}", caret.text)), "{}", screen.text());
        assert!(screen.tells("fills in"), "{}", screen.text());
        screen.press(&["Space"]);
        assert!(!screen.model.derived.bundle.documents.is_empty(), "one key makes a document");
        let mut other = drive(size, &["E"]);
        assert!(other.model.derived.bundle.documents.len() > 1, "one key shows an example");
        assert!(other.press(&["3", "g"]).tells("\"Version\": \"2012-10-17\""), "{}", other.text());
    }
}

/// The first hints of the footer as they are written.
fn written(screen: &Screen, count: usize) -> String {
    let hints: Vec<String> =
        hints(&screen.model).iter().take(count).map(|(key, hint)| format!(" {key} {hint} ")).collect();
    hints.concat().trim_end().to_owned()
}

#[test]
fn point_02_footer_begins_with_help_and_is_cut_at_whole_hints() {
    for (pane, name) in PANES {
        let mut screen = drive((80, 24), &["E", &number(pane)]);
        let count = hints(&screen.model).len();
        for width in 40_u16..=200 {
            screen.press(&[&format!("size:{width}x24")]);
            let footer = screen.footer();
            assert!(footer.trim_start().starts_with("? help"), "{width}: {footer}");
            let whole = (1..=count).find(|count| written(&screen, *count) == footer);
            let whole = whole.unwrap_or_else(|| panic!("{name}, {width}: cut within a hint: {footer}"));
            let more = written(&screen, whole + 1).chars().count();
            assert!(whole == count || more + 1 > usize::from(width), "{width}: more fits: {footer}");
        }
    }
    for (width, height) in (7_u16..40).flat_map(|width| [(width, 1), (width, 2), (width, 24)]) {
        let screen = drive((width, height), &[]);
        assert!(screen.footer().trim_start().starts_with("? help"), "{width}x{height}: {}", screen.footer());
    }
}

#[test]
fn point_02_footer_tells_help_and_quit_then_the_keys_of_the_pane() {
    for (pane, name) in PANES {
        let screen = drive((80, 24), &["E", &number(pane)]);
        let hints = hints(&screen.model);
        assert_eq!(hints[..2], [("?", "help"), ("q", "quit")], "{name}");
        let own = places(&screen.model)[0];
        let near = BINDINGS.iter().filter(|row| row.place == own && !row.hint.is_empty());
        let near: Vec<&str> =
            near.filter(|row| refusal(&screen.model, row.action).is_none()).map(|row| row.hint).collect();
        let shown: Vec<&str> = hints.iter().skip(2).take(near.len()).map(|(_, hint)| *hint).collect();
        assert_eq!(shown, near, "the keys of the pane come before those of everywhere");
        assert!(screen.footer().contains(near[0]), "{}", screen.footer());
    }
}

#[test]
fn point_03_help_tells_every_key_those_that_work_here_first() {
    let mut screen = drive((120, 40), &["?"]);
    let (mut seen, mut headings) = (Vec::new(), Vec::new());
    for _ in 0..BINDINGS.len() {
        for line in screen.window() {
            let line = line.trim_start_matches([' ', '>']).to_owned();
            if BINDINGS.iter().any(|row| row.place.title() == line) && !headings.contains(&line) {
                headings.push(line.clone());
            }
            seen.push(line);
        }
        screen.press(&["Down"]);
    }
    assert_eq!(headings[..3], ["in the checklist", "in every list", "everywhere"], "here, then global");
    for row in BINDINGS.iter().filter(|row| !row.keys.is_empty() && row.place != Place::Overlay) {
        let is_there = seen.iter().any(|line| line.starts_with(row.keys[0]) && line.contains(row.words));
        assert!(is_there, "{:?} {} is not in the help", row.keys, row.words);
    }
}

#[test]
fn point_03_help_filters_runs_and_says_why_not() {
    let mut found = drive((80, 24), &["?", "text:undo"]);
    assert!(found.tells("not now: nothing was changed yet"), "{}", found.text());
    assert!(!found.tells("export documents"));
    found.press(&["Enter"]);
    assert!(found.model.overlay.is_some(), "a disabled row does not run");
    assert!(found.toast().contains("nothing was changed yet"), "{}", found.toast());
    let mut small = drive((80, 24), &["?", "/", "text:missing"]);
    assert!(
        small.press(&[]).tells("not now: no value is missing"),
        "the reason is cut off:\n{}",
        small.text()
    );
    let mut zoom = drive((120, 40), &["?", "/", "text:fill the screen", "Enter"]);
    assert!(zoom.model.zoomed && zoom.model.overlay.is_none(), "Enter runs the row");
    zoom.press(&["?"]);
    assert!(zoom.model.overlay.is_some());
    zoom.press(&["?"]);
    assert!(zoom.model.overlay.is_none(), "? closes");
    zoom.press(&["?", "Esc"]);
    assert!(zoom.model.overlay.is_none(), "Esc closes");
}

#[test]
fn point_04_focus_is_seen_without_colour() {
    for (theme, ascii) in THEMES.iter().flat_map(|(theme, _)| [(*theme, false), (*theme, true)]) {
        let mut screen = drive((120, 40), &["Space", "j", "Space"]);
        (screen.model.theme, screen.model.ascii) = (theme, ascii);
        let (heavy, light) = if ascii { ("# >", "+") } else { ("┏ >", "┌") };
        for (pane, name) in PANES {
            screen.press(&[&number(pane)]);
            let text = screen.text();
            for (other, title) in PANES {
                let corner = if other == pane { heavy } else { light };
                let head = format!("{corner} {} {title}", number(other));
                assert!(text.contains(&head), "{name}: no `{head}` in\n{text}");
            }
            let sides = if ascii { ["=", "#"] } else { ["━", "┃"] };
            assert!(sides.iter().all(|side| text.contains(side)), "{text}");
            let caret = screen.pane(pane).iter().any(|line| line.starts_with('>'));
            assert!(caret, "{name} has no caret in\n{text}");
            let row = screen.pane(Pane::Checklist).iter().any(|line| line.starts_with('>'));
            assert!(row, "the row that the rest is about stays marked\n{text}");
        }
    }
}

#[test]
fn point_05_title_says_what_is_built_and_how_it_stands() {
    let mut screen = drive((80, 24), &[]);
    assert!(screen.title().contains("new blueprint"), "{}", screen.title());
    assert!(screen.title().contains("0 ticks | 0 missing | 0 errors | 0 warnings"), "{}", screen.title());
    assert!(!screen.title().contains("modified"));
    screen.on_row("Agent").press(&["Space", "s", "text:nowhere-9", "Enter"]);
    let [missing, errors, ..] = screen.model.derived.counts();
    assert!(missing > 1 && errors == 1, "{missing} {errors}");
    for part in ["modified", "1 tick ", &format!("{missing} missing"), "1 error "] {
        assert!(screen.title().contains(part), "{part}: {}", screen.title());
    }
    screen.press(&["w", "Enter"]);
    assert!(screen.title().contains("flow.bedroc"), "{}", screen.title());
    assert!(!screen.title().contains("modified"), "{}", screen.title());
    screen.on_row("Lex").press(&["Space"]);
    for width in 40..=200 {
        screen.press(&[&format!("size:{width}x24")]);
        let last = screen.title().trim_end().rsplit("| ").next().unwrap_or_default().to_owned();
        let is_whole =
            ["missing", "error", "errors", "warning", "warnings"].iter().any(|w| last.ends_with(w));
        assert!(is_whole, "{width}: cut within a word: {}", screen.title());
        let [missing, errors, warnings, _] = screen.model.derived.counts();
        let mut parts = vec!["modified".to_owned(), "ticks".to_owned(), format!("{missing} missing")];
        parts.push(format!("{errors} error"));
        parts.extend((warnings > 0).then(|| format!("{warnings} warning")));
        for part in parts {
            assert!(screen.title().contains(&part), "{width}: {part}: {}", screen.title());
        }
    }
}

#[test]
fn point_06_every_row_tells_its_help() {
    let mut wide = drive((120, 50), &["E", "!", "g"]);
    let mut narrow = drive((80, 24), &["E", "!", "g"]);
    for line in lines(&wide.model) {
        let help = match &line.row {
            Row::Capability(id) | Row::Instance(id, _) => &wide.model.catalog.capability(id).unwrap().help,
            Row::Subject(id) => &wide.model.catalog.subject(id).unwrap().help,
            Row::Group(id) => GROUPS.iter().find(|(known, ..)| known == id).unwrap().2,
            Row::Scope => "Where everything is, unless a value says otherwise.",
        };
        assert!(help.len() > 20, "{}: {help}", line.text);
        assert!(wide.words(Pane::Detail).contains(help), "{}: {}", line.text, wide.text());
        let start: String = help.chars().take(50).collect();
        assert!(narrow.tells(start.trim()), "{}: {}", line.text, narrow.text());
        wide.press(&["j"]);
        narrow.press(&["j"]);
    }
    assert!(wide.model.overlay.is_none(), "and no window was opened for it");
}
