//! Points 10 to 14: groups, ticking many, the filter, the palette, what a tick brings with it.

use bedrock_policy::app::keys::{BINDINGS, Place};
use bedrock_policy::app::rows::{Mark, Row, lines};
use bedrock_policy::app::{Model, Pane};
use ratatui::style::Modifier;

use crate::looks::style_of;
use crate::screen::{Screen, drive, number};

/// The boxes of a group's rows, by the title of the row.
fn group<'s>(screen: &'s Screen, title: &str) -> (Mark, String, &'s Model) {
    let rows = lines(&screen.model);
    let row = rows.iter().find(|line| line.text == title && line.depth == 0).expect("a group");
    (row.mark, row.note.clone(), &screen.model)
}

#[test]
fn point_10_groups_have_three_states_and_count() {
    let mut screen = drive((80, 24), &["h"]);
    let (mark, count, _) = group(&screen, "Flow nodes");
    let all = count.strip_prefix("0/").expect("none of some").to_owned();
    assert_eq!(mark, Mark::Off);
    assert!(screen.tells("[ ] Flow nodes") && screen.tells(&count), "{}", screen.text());
    screen.press(&["j", "Space", "k"]);
    assert!(screen.tells("[-] Flow nodes") && screen.tells(&format!("1/{all}")), "{}", screen.text());
    screen.press(&["Space"]);
    assert!(screen.tells("[x] Flow nodes") && screen.tells(&format!("{all}/{all}")), "{}", screen.text());
    assert_eq!(screen.ticked().len().to_string(), all);
    screen.press(&["Space"]);
    assert!(screen.tells("[ ] Flow nodes"), "{}", screen.text());
    assert!(screen.ticked().is_empty());
}

#[test]
fn point_10_toggling_a_group_leaves_hidden_rows_alone() {
    let mut screen = drive((80, 24), &[]);
    screen.on_row("Agent").press(&["Space", "/", "text:S3", "Enter", "g"]);
    assert!(matches!(screen.model.checklist.row, Row::Group(_)));
    screen.press(&["Space"]);
    assert_eq!(screen.ticked(), ["flow-node/agent", "flow-node/s3-retrieval", "flow-node/s3-storage"]);
    screen.press(&["Space"]);
    assert_eq!(screen.ticked(), ["flow-node/agent"]);
}

#[test]
fn point_11_all_means_all_that_is_shown() {
    let mut screen = drive((80, 24), &[]);
    screen.on_row("Agent").press(&["Space", "/", "text:s3 ", "Enter", "a"]);
    assert_eq!(screen.ticked(), ["flow-node/agent", "flow-node/s3-retrieval", "flow-node/s3-storage"]);
    assert!(screen.toast().starts_with("ticked 2 rows"), "{}", screen.toast());
    assert!(screen.tells("ticked 2 rows"), "{}", screen.text());
    screen.press(&["A"]);
    assert_eq!(screen.ticked(), ["flow-node/agent"]);
    assert!(screen.toast().starts_with("unticked 2 rows"), "{}", screen.toast());
    let rows = screen.model.catalog.capability_ids().count();
    screen.press(&["Esc", "a"]);
    assert_eq!(screen.ticked().len(), rows);
    assert!(screen.toast().starts_with(&format!("ticked {} rows", rows - 1)), "{}", screen.toast());
    screen.press(&["A"]);
    assert!(screen.ticked().is_empty());
    screen.press(&["A"]);
    assert!(screen.tells("none of them is ticked"), "{}", screen.text());
}

/// The titles of the capabilities that are shown.
fn shown(screen: &Screen) -> Vec<String> {
    let rows = lines(&screen.model).into_iter();
    rows.filter(|line| matches!(line.row, Row::Capability(_))).map(|line| line.text).collect()
}

#[test]
fn point_12_filter_finds_titles_and_actions_as_one_types() {
    let mut screen = drive((80, 24), &["/"]);
    let all = shown(&screen).len();
    screen.press(&["l"]);
    assert!(shown(&screen).len() < all, "it filters with the first letter");
    screen.press(&["text:ex"]);
    assert!(shown(&screen).contains(&"Lex".to_owned()) && !shown(&screen).contains(&"Agent".to_owned()));
    screen.press(&["Ctrl-u", "text:LEX"]);
    assert!(shown(&screen).is_empty(), "capitals count when there are some");
    assert!(screen.tells("nothing has `LEX` in its title or IAM actions; Esc clears"), "{}", screen.text());
    screen.press(&["Ctrl-u", "text:invokeagent"]);
    let has = |title: &str| shown(&screen).iter().any(|row| row == title);
    assert!(has("Agent") && !has("Lex"), "IAM actions are searched too: {:?}", shown(&screen));
    screen.press(&["Ctrl-u", "text:s3"]);
    let (_, modifier) = style_of(&screen.drawn().0, "S3 ret").expect("it is shown");
    assert!(modifier.contains(Modifier::UNDERLINED), "what was found is underlined");
    screen.press(&["Enter"]);
    assert!(screen.tells("Checklist: /s3"), "a filter that holds is told: {}", screen.text());
    screen.press(&["Esc"]);
    assert_eq!(shown(&screen).len(), all, "Esc clears");
}

#[test]
fn point_12_n_goes_round_what_was_found() {
    let mut screen = drive((80, 24), &["/", "text:s3 ", "Enter"]);
    let mut at = |key: &str| {
        screen.press(&[key]);
        match &screen.model.checklist.row {
            Row::Capability(id) => id.clone(),
            other => panic!("{other:?}"),
        }
    };
    let rows = [at("n"), at("n"), at("n"), at("N"), at("N")];
    let [storage, retrieval] = ["flow-node/s3-storage", "flow-node/s3-retrieval"];
    assert_eq!(rows, [storage, retrieval, storage, retrieval, storage]);
}

#[test]
fn point_13_palette_has_every_action_with_its_key() {
    for (pane, place) in [
        (Pane::Checklist, Place::Checklist),
        (Pane::Detail, Place::Detail),
        (Pane::Preview, Place::Preview),
        (Pane::Findings, Place::Findings),
    ] {
        let mut screen = drive((120, 40), &["E", &number(pane), ":"]);
        let mut seen = String::new();
        for _ in 0..BINDINGS.len() {
            seen.push_str(&screen.window().join("\n"));
            screen.press(&["Down"]);
        }
        let meant =
            |row: &&bedrock_policy::app::keys::Binding| [place, Place::Everywhere].contains(&row.place);
        for row in BINDINGS.iter().filter(meant) {
            let first = BINDINGS.iter().find(|one| one.action == row.action && meant(one)).unwrap();
            let line = seen.lines().find(|line| line.contains(first.words));
            let line = line.unwrap_or_else(|| panic!("{} is not in the palette", first.words));
            assert!(first.keys.iter().all(|key| line.contains(key)), "{:?}: {line}", first.keys);
        }
    }
}

#[test]
fn point_13_palette_is_fuzzy_and_runs() {
    for key in [":", "Ctrl-p"] {
        let mut screen = drive((80, 24), &[key, "text:exdoc"]);
        assert!(screen.tells("export documents"), "{}", screen.text());
        screen.press(&["Ctrl-u"]);
        screen.times(10, "Backspace").press(&["text:blue-or", "Enter"]);
        assert_eq!(screen.model.theme, bedrock_policy::app::Theme::BlueOrange);
        assert!(screen.model.overlay.is_none());
        screen.press(&[key, "text:zzz"]);
        assert!(screen.tells("nothing is called that; Esc clears"), "{}", screen.text());
        screen.press(&["Esc", "Esc"]);
        assert!(screen.model.overlay.is_none());
    }
}

#[test]
fn point_14_what_a_row_needs_is_told_before_it_is_ticked() {
    let mut told = 0;
    let mut screen = drive((120, 60), &["g"]);
    for line in lines(&screen.model) {
        if let Row::Capability(id) = &line.row {
            let capability = screen.model.catalog.capability(id).unwrap();
            screen.press(&["2", "G"]);
            let mut words = screen.words(Pane::Detail);
            screen.press(&["g"]);
            words = screen.words(Pane::Detail) + " " + &words;
            let others = capability.grants.iter().flat_map(|grant| [&grant.while_ticked, &grant.for_each]);
            for other in others.flatten() {
                let title = &screen.model.catalog.capability(other).unwrap().title;
                assert!(words.contains(&format!("- {title} (")), "{id} does not tell of {title}: {words}");
                told += 1;
            }
            for before in &capability.before {
                let start: String = before.chars().take(30).collect();
                assert!(words.contains(start.trim()), "{id} does not tell `{before}`: {words}");
                told += 1;
            }
            screen.press(&["1"]);
        }
        screen.press(&["j"]);
    }
    assert!(told > 10, "{told}");
}

/// The documents and AWS policies of a model.
fn documents(model: &Model) -> Vec<String> {
    let bundle = &model.derived.bundle;
    let own = bundle.documents.iter().map(|document| document.name.clone());
    own.chain(bundle.managed.iter().map(|managed| managed.policy.clone())).collect()
}

#[test]
fn point_14_a_tick_names_everything_that_comes_with_it() {
    let rows = lines(&drive((80, 24), &[]).model);
    for line in rows.iter().filter(|line| matches!(line.row, Row::Capability(_))) {
        let mut screen = drive((80, 24), &["!"]);
        screen.on_row(&line.text).press(&["Space"]);
        assert!(screen.tells(&format!("ticked {}", line.text)), "{}", screen.text());
        for name in documents(&screen.model) {
            assert!(screen.toast().contains(&name), "{}: {name}: {}", line.text, screen.toast());
            assert!(screen.tells(&name), "{}: {name} is cut off:\n{}", line.text, screen.text());
        }
    }
}
