//! Points 18 to 21: the preview that follows, what wrote what, the findings, the zoom.

use bedrock_policy::app::layout::areas;
use bedrock_policy::app::preview::{Tab, shown};
use bedrock_policy::app::role::Role;
use bedrock_policy::app::rows::Row;
use bedrock_policy::app::{PANES, Pane};
use bedrock_policy::policy::print::pretty;
use bedrock_policy::ui::theme::style;
use ratatui::layout::Position;

use crate::screen::{Screen, drive, number};

/// The signs and looks of the gutter's column for changes.
fn gutter(screen: &Screen) -> Vec<(String, Role)> {
    let (buffer, _) = screen.drawn();
    let inside = areas(&screen.model).inside(&screen.model, Pane::Preview);
    let cells = (inside.top()..inside.bottom()).filter_map(|y| buffer.cell(Position { x: inside.x + 1, y }));
    let role = |color| {
        let roles = [Role::Added, Role::Removed];
        roles
            .into_iter()
            .find(|role| style(screen.model.theme, *role).fg == Some(color))
            .unwrap_or(Role::Text)
    };
    cells.map(|cell| (cell.symbol().to_owned(), role(cell.fg))).collect()
}

#[test]
fn point_18_lines_of_the_last_edit_are_marked() {
    let mut screen = drive((120, 200), &["E"]);
    screen.on_row("Lex").press(&["Space"]);
    screen.on_tab("flow-role");
    let marks = gutter(&screen);
    assert!(marks.contains(&("-".to_owned(), Role::Removed)), "{}", screen.text());
    assert!(!marks.iter().any(|(sign, _)| sign == "+"), "{}", screen.text());
    screen.press(&["Space"]);
    let marks = gutter(&screen);
    assert!(marks.contains(&("+".to_owned(), Role::Added)), "{}", screen.text());
    assert!(!marks.iter().any(|(sign, _)| sign == "-"), "{}", screen.text());
    screen.press(&["Enter"]);
    if screen.model.editing.is_none() {
        screen.press(&["Enter"]);
    }
    screen.press(&["Ctrl-u", "text:OTHERBOT12/ALIAS12345"]);
    let marked = |screen: &Screen| {
        let rows = screen.pane(Pane::Preview);
        rows.iter().any(|row| row.chars().nth(1) == Some('+') && row.contains("/OTHE"))
    };
    assert!(marked(&screen), "while it is typed:\n{}", screen.text());
    screen.press(&["Enter"]);
    assert!(marked(&screen), "and when it is taken:\n{}", screen.text());
}

#[test]
fn point_18_an_edit_elsewhere_leaves_the_preview_where_it_is() {
    let mut screen = drive((120, 40), &["E"]);
    screen.on_row("S3 storage").press(&["Space", "3"]).on_tab("flow-role").press(&["g"]);
    screen.times(60, "j");
    assert!(screen.model.preview.scroll.top > 0);
    let (top, tab) = (screen.model.preview.scroll.top, screen.model.preview.tab.clone());
    let line = |screen: &Screen| screen.model.preview.scroll;
    let before = line(&screen);
    screen.press(&["u", "Ctrl-r"]);
    assert_eq!(screen.model.preview.tab, tab, "the tab stays through undo and redo");
    assert_eq!(screen.model.preview.scroll.top, top, "the place stays through undo and redo");
    assert_eq!(line(&screen), before);
    screen.press(&["s", "Ctrl-u", "text:e"]);
    let page = screen.model.preview.scroll.top;
    for c in "u-west-1".chars() {
        screen.press(&[&format!("text:{c}")]);
        assert_eq!(screen.model.preview.scroll.top, page, "typing moves nothing");
    }
}

/// The rows of the preview that are marked as written by the row under the caret.
fn marked(screen: &Screen) -> Vec<String> {
    let rows = screen.pane(Pane::Preview).into_iter();
    rows.filter(|row| row.chars().nth(7) == Some('▌')).map(|row| row.chars().skip(8).collect()).collect()
}

#[test]
fn point_19_the_preview_shows_what_the_row_writes() {
    let mut screen = drive((120, 40), &["E"]);
    for (row, sign) in [
        ("Prompt", "bedrock:InvokeModel"),
        ("Knowledge base", "bedrock:Retrieve"),
        ("Agent", "bedrock:InvokeAgent"),
        ("Lambda function", "lambda:InvokeFunction"),
        ("Lex", "lex:RecognizeUtterance"),
        ("S3 retrieval", "s3:GetObject"),
        ("S3 storage", "s3:PutObject"),
        ("Region and account", "us-east-1"),
    ] {
        screen.on_row(row);
        let marked = marked(&screen);
        let shows = marked.iter().any(|line| line.contains(sign));
        assert!(shows, "{row}: no marked line has {sign}:\n{}", screen.text());
    }
    screen.on_row("Lex").press(&["3"]);
    screen.press(&["Enter"]);
    let row = Row::Capability("flow-node/lex".to_owned());
    assert_eq!(screen.model.checklist.row, row, "and the way back:\n{}", screen.text());
}

#[test]
fn point_19_a_new_tick_shows_its_own_statement() {
    for (row, value, sign) in [
        ("Lambda function", "look-up-order", "lambda:InvokeFunction"),
        ("Knowledge base", "KB12345678", "bedrock:Retrieve"),
        ("S3 retrieval", "example-questions", "s3:GetObject"),
    ] {
        let mut screen =
            drive((120, 40), &["s", "text:us-east-1", "Enter", "j", "Enter", "text:123456789012", "Enter"]);
        screen.on_row(row).press(&["Enter", &format!("text:{value}"), "Enter"]);
        let shows = marked(&screen).iter().any(|line| line.contains(sign));
        assert!(shows, "{row}: no marked line has {sign}:\n{}", screen.text());
    }
    let mut filtered = drive((120, 40), &["E", "/", "text:lex", "Enter"]);
    assert!(filtered.press(&[]).tells("lex:RecognizeUtterance"), "{}", filtered.text());
    filtered.press(&["Space"]);
    let tab = Some(Tab::Document("flow-role".to_owned()));
    assert_eq!(filtered.model.preview.tab, tab, "what went is shown where it was");
}

#[test]
fn point_19_a_finding_points_to_the_line_and_to_the_choice() {
    let mut screen = drive((120, 40), &["E"]);
    screen.on_row("Knowledge base").press(&["3"]);
    screen.press(&["1", "j", "j"]).on_row("S3 storage").press(&["Enter"]);
    if screen.model.editing.is_none() {
        screen.press(&["Enter"]);
    }
    screen.press(&["Ctrl-u", "text:*", "Enter", "4", "g"]);
    let findings = screen.model.derived.findings.clone();
    assert!(!findings.is_empty(), "{}", screen.text());
    for finding in &findings {
        if let (Some(name), Some(at)) = (&finding.document, &finding.location) {
            assert_eq!(screen.model.preview.tab, Some(Tab::Document(name.clone())));
            let page = shown(&screen.model);
            let line = &page.lines[screen.model.preview.scroll.caret];
            assert_eq!(line.number, at.line, "{}", finding.code);
            let text = page.text.get(line.whole.clone()).unwrap_or_default().trim();
            let shown = screen.pane(Pane::Preview).iter().any(|row| row.contains(text) && !text.is_empty());
            assert!(shown || text.len() > 50, "{text} is not in sight:\n{}", screen.text());
        }
        if let Some(id) = &finding.cause.capability {
            screen.press(&["Enter"]);
            let row = screen.model.checklist.row.clone();
            let is_cause = matches!(&row, Row::Capability(found) | Row::Instance(found, _) if found == id);
            assert!(is_cause, "{} leads to {row:?}", finding.code);
            screen.press(&["4"]);
        }
        screen.press(&["j"]);
    }
}

/// Something wrong of each severity.
fn faulty(size: (u16, u16)) -> Screen {
    let mut screen = drive(size, &["E", "s", "Ctrl-u", "text:nowhere-9", "Enter", "1"]);
    screen.on_row("S3 storage").press(&["Enter"]);
    if screen.model.editing.is_none() {
        screen.press(&["Enter"]);
    }
    screen.press(&["Ctrl-u", "text:*", "Enter", "4", "g"]);
    screen
}

#[test]
fn point_20_findings_say_how_bad_which_what_and_what_to_do() {
    for size in [(120, 60), (80, 40), (60, 30)] {
        let mut screen = faulty(size);
        let findings = screen.model.derived.findings.clone();
        assert!(findings.len() > 1, "{}", screen.text());
        assert!(findings.is_sorted_by_key(|finding| finding.severity), "the worst first");
        for finding in &findings {
            let words = screen.words(Pane::Findings);
            let head = format!(
                "{} {}: {}",
                finding.severity.word(),
                finding.code,
                finding.title(screen.model.catalog)
            );
            assert!(words.contains(&head), "{head} is not in\n{}", screen.text());
            let fix = format!("fix: {}", bedrock_policy::app::findings::fix(&screen.model, finding));
            assert!(words.contains(&fix), "{fix} is not in\n{}", screen.text());
            screen.press(&["j"]);
        }
        screen.press(&["u", "Ctrl-r"]);
        assert_eq!(screen.model.derived.findings, findings, "always in the same order");
    }
}

#[test]
fn point_20_the_fix_of_a_missing_value_is_true() {
    let mut screen = drive((80, 24), &[]);
    screen.on_row("Lambda function").press(&["Space", "4", "g"]);
    assert!(screen.tells("fix: press Enter here and type it"), "{}", screen.text());
    screen.press(&["Enter", "text:look-up-order", "Enter"]);
    let tick = screen.model.blueprint.tick("flow-node/lambda-function").expect("it stays ticked");
    let given: Vec<&str> = tick.instances[0]
        .values
        .entries()
        .flat_map(|(name, _)| tick.instances[0].values.texts(name))
        .collect();
    assert_eq!(given, ["look-up-order"], "{}", screen.text());
}

#[test]
fn point_20_errors_decide_whether_export_asks() {
    let mut good = drive((80, 24), &["E"]);
    assert_eq!(good.model.derived.counts()[..2], [0, 0]);
    good.press(&["e", "Enter"]);
    assert!(!good.shell.files.is_empty(), "nothing to ask: {}", good.text());
    let mut bad = faulty((80, 24));
    assert!(bad.model.derived.counts()[1] > 0);
    bad.press(&["e", "Enter"]);
    assert!(bad.shell.files.is_empty(), "it asks first: {}", bad.text());
    bad.press(&["Enter"]);
    assert!(!bad.shell.files.is_empty(), "and once only: {}", bad.text());
}

#[test]
fn point_21_zoom_shows_one_pane_alone() {
    for (pane, name) in PANES {
        let mut screen = drive((120, 40), &["E", &number(pane), "z"]);
        let shown = areas(&screen.model).panes.iter().flatten().count();
        assert_eq!(shown, 1, "{name}");
        assert_eq!(areas(&screen.model).pane(pane).unwrap().width, 120);
        screen.press(&["z"]);
        assert_eq!(areas(&screen.model).panes.iter().flatten().count(), 4);
        screen.press(&["z", "Esc"]);
        assert!(!screen.model.zoomed && screen.model.focus == pane, "Esc goes back by one level");
    }
}

#[test]
fn point_21_zoomed_preview_is_clean_json() {
    let screen = drive((160, 50), &["E", "3", "z", "g"]);
    let Some(Tab::Document(name)) = screen.model.preview.tab.clone() else { panic!("a document is shown") };
    let text = pretty(&screen.model.derived.bundle.document(&name).unwrap().root);
    let lines = screen.lines();
    let body = &lines[1..lines.len() - 1];
    let wanted: Vec<&str> = text.lines().take(body.len()).collect();
    assert_eq!(body.iter().map(String::as_str).take(wanted.len()).collect::<Vec<_>>(), wanted);
    assert!(wanted.len() > 30);
}
