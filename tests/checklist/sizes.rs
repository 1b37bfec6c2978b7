//! Point 29: every size has its layout, and none breaks anything.

use bedrock_policy::app::keys::BINDINGS;
use bedrock_policy::app::layout::{Kind, areas};
use bedrock_policy::app::{Overlay, PANES};
use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};
use proptest::sample::select;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::screen::{Screen, drive, number};

#[test]
fn point_29_wide_screens_show_all_panes() {
    for (width, height) in [(100, 12), (100, 24), (120, 40), (200, 80)] {
        let screen = drive((width, height), &["E"]);
        for (pane, name) in PANES {
            assert!(screen.tells(&format!("{} {name}", number(pane))), "{}", screen.text());
        }
        assert_eq!(areas(&screen.model).panes.iter().flatten().count(), 4);
    }
}

#[test]
fn point_29_narrower_screens_show_one_pane_and_reach_all() {
    for (width, height) in [(40, 12), (60, 20), (80, 24), (99, 80)] {
        let mut screen = drive((width, height), &["E"]);
        for (pane, name) in PANES {
            screen.press(&[&number(pane)]);
            assert_eq!(areas(&screen.model).panes.iter().flatten().count(), 1);
            assert!(
                screen.tells(&format!("┏ > {} {name}", number(pane)))
                    || screen.tells(&format!("> {} {name}", number(pane)))
            );
            let tabs = &screen.lines()[1];
            assert!(PANES.iter().all(|(one, _)| tabs.contains(&number(*one))), "{tabs}");
            assert!(tabs.contains(&format!(">{} {name}", number(pane))), "{tabs}");
        }
    }
}

#[test]
fn point_29_tiny_screens_say_what_they_need() {
    for (width, height) in [(39, 24), (200, 11), (30, 5), (30, 2), (60, 1)] {
        let mut screen = drive((80, 24), &["E", &format!("size:{width}x{height}")]);
        assert_eq!(areas(&screen.model).kind, Kind::Tiny);
        assert!(screen.tells(&format!("needs 40x12, is {width}x{height}")), "{}", screen.text());
        assert!(screen.tells("? help q quit"), "{}", screen.text());
        screen.press(&["?"]);
        assert!(matches!(screen.model.overlay, Some(Overlay::Help(_))), "? is alive");
        screen.press(&["Esc", "x", "a", "q"]);
        assert_eq!(screen.ticked().len(), 7, "nothing is changed that cannot be seen");
        assert!(matches!(screen.model.overlay, Some(Overlay::Question(_))), "q is alive");
        screen.press(&["Right", "Right", "Enter"]);
        assert!(screen.shell.ended);
    }
}

#[test]
fn point_29_a_resize_is_drawn_at_once_and_loses_nothing() {
    let mut screen = drive((120, 40), &["E", "3", "Ctrl-d"]);
    let before = screen.text();
    for size in ["size:80x24", "size:20x5", "size:0x0", "size:200x80", "size:120x40"] {
        screen.press(&[size]);
        let (buffer, _) = screen.drawn();
        assert_eq!((buffer.area.width, buffer.area.height), screen.model.size);
    }
    assert_eq!(
        screen.model.preview.scroll.caret,
        drive((120, 40), &["E", "3", "Ctrl-d"]).model.preview.scroll.caret
    );
    assert_eq!(screen.text(), before);
}

/// What is wrong with a border, if something is.
fn broken(buffer: &Buffer, area: Rect) -> Option<String> {
    if area.width < 2 || area.height < 2 {
        return None;
    }
    let sign = |x: u16, y: u16| buffer.cell(Position { x, y }).map_or("", |cell| cell.symbol());
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    let down = (top + 1..bottom).flat_map(|y| [(left, y), (right, y)]);
    let torn = down.clone().find(|(x, y)| !["│", "┃", "|", "#"].contains(&sign(*x, *y)));
    let corners =
        [(left, top, "┌┏+#"), (right, top, "┐┓+#"), (left, bottom, "└┗+#"), (right, bottom, "┘┛+#")];
    let corner = corners.into_iter().find(|(x, y, signs)| {
        let sign = sign(*x, *y);
        sign.is_empty() || !signs.contains(sign)
    });
    torn.map(|at| format!("side at {at:?}")).or(corner.map(|(x, y, _)| format!("corner at {x},{y}")))
}

/// The borders are whole: of the panes, or of the window that covers them.
fn whole(screen: &Screen) {
    let (buffer, _) = screen.drawn();
    let areas = areas(&screen.model);
    let (width, height) = screen.model.size;
    assert_eq!((buffer.area.width, buffer.area.height), (width, height));
    if areas.kind == Kind::Tiny {
        return;
    }
    let bare = |pane| screen.model.zoomed && pane == bedrock_policy::app::Pane::Preview;
    let shown: Vec<Rect> = match &screen.model.overlay {
        Some(Overlay::Help(_) | Overlay::Palette(_)) => vec![areas.overlay],
        Some(_) => Vec::new(),
        None => {
            let panes = PANES.iter().zip(areas.panes);
            panes.filter(|((pane, _), _)| !bare(*pane)).filter_map(|(_, area)| area).collect()
        }
    };
    for area in shown {
        assert!(area.right() <= width && area.bottom() <= height, "{area:?} leaves {width}x{height}");
        assert_eq!(broken(&buffer, area), None, "{area:?} in\n{}", screen.text());
    }
}

/// Keys of the table, letters, text from outside, sizes.
fn keys() -> impl Strategy<Value = Vec<String>> {
    let names: Vec<String> =
        BINDINGS.iter().flat_map(|row| row.keys).map(|name| (*name).to_owned()).collect();
    let texts = [
        "Z",
        "é",
        "text:us-east-1",
        "text:日本語",
        "paste:\u{1b}[31m\u{202e}x\ny",
        "paste:日本語日本語日本語",
    ];
    let other = select(texts.map(str::to_owned).to_vec());
    let resize = (0u16..=200, 0u16..=80).prop_map(|(width, height)| format!("size:{width}x{height}"));
    let one = proptest::prop_oneof![12 => select(names), 3 => other, 2 => resize];
    prop::collection::vec(one, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn point_29_no_size_and_no_key_breaks_the_screen(
        width in 0u16..=200, height in 0u16..=80, ascii: bool, first in keys(), second in keys()
    ) {
        let mut screen = drive((width, height), &[]);
        screen.model.ascii = ascii;
        for key in first.iter().chain(&second) {
            screen.press(&[key]);
            whole(&screen);
        }
    }
}

#[test]
fn point_29_every_size_is_drawn() {
    let mut screen = drive((120, 40), &["E"]);
    for keys in [&[][..], &["?"], &["Esc", "3"], &["4"], &["2", "Enter"]] {
        screen.press(keys);
        for (width, height) in (0..=200).step_by(3).flat_map(|w| (0..=80).step_by(4).map(move |h| (w, h))) {
            screen.press(&[&format!("size:{width}x{height}")]);
            whole(&screen);
        }
        screen.press(&["size:120x40"]);
    }
}

#[test]
fn point_29_a_question_on_the_smallest_screen_shows_its_answers_and_export_its_states() {
    for size in [(20, 5), (40, 12), (20, 3)] {
        let screen = drive(size, &["size:80x24", "Space", &format!("size:{}x{}", size.0, size.1), "q"]);
        for answer in ["stay", "save and quit", "quit without s"] {
            assert!(screen.text().contains(answer), "{size:?}: {answer} in\n{}", screen.text());
        }
    }
    let screen = drive((40, 12), &["E", "o"]);
    assert!(screen.text().lines().any(|line| line.contains("README.md") && line.contains("new")));
}
