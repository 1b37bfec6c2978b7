//! What clicks and the wheel do.
//!
//! A click puts focus and caret where it is; on a box it ticks. Where Enter only opens or leads
//! somewhere, a second click on the same line does what Enter does.

use crate::app::detail;
use crate::app::key::{Code, Key};
use crate::app::layout::areas;
use crate::app::mouse::{Deed, Spot};
use crate::app::preview::{shown, tabs};
use crate::app::rows::{Row, lines};
use crate::app::scroll::{Move, Scroll};
use crate::app::{Effect, Model, Overlay, Pane};

use super::{moves, overlays, ticks, values};

/// Lines that one turn of the wheel moves.
const LINES: usize = 3;

pub(super) fn did(model: &mut Model, deed: Deed, spot: Spot) -> Vec<Effect> {
    match (deed, model.overlay.is_some()) {
        (Deed::Click, true) => return click_window(model, spot),
        (Deed::Click, false) => click(model, spot),
        (wheel, true) => return turn_window(model, wheel == Deed::WheelDown),
        (wheel, false) => {
            if let Spot::Pane(pane) | Spot::Line(pane, _) = spot {
                roll(model, pane, wheel == Deed::WheelDown);
            } else if let Spot::Box(_) = spot {
                roll(model, Pane::Checklist, wheel == Deed::WheelDown);
            }
        }
    }
    Vec::new()
}

fn click(model: &mut Model, spot: Spot) {
    let field = match spot {
        Spot::Line(Pane::Detail, at) => detail::shown(model).get(at).and_then(|line| line.field),
        _ => None,
    };
    if let Some(editing) = &model.editing {
        let fields = detail::shown_fields(model);
        let on = field.and_then(|at| fields.get(at));
        if on.is_some_and(|on| on.owner == editing.field.owner && on.name == editing.field.name) {
            return;
        }
        // Whoever goes on elsewhere has done with the field.
        values::take(model);
    }
    if let Some(filter) = &mut model.checklist.filter {
        filter.typing = false;
    }
    match spot {
        Spot::Pane(pane) | Spot::PaneTab(pane) => moves::focus(model, pane),
        Spot::Line(Pane::Checklist, at) => on_row(model, at),
        Spot::Box(at) => {
            on_row(model, at);
            match &model.checklist.row {
                Row::Group(_) | Row::Capability(_) => ticks::toggle(model),
                _ => {}
            }
        }
        Spot::Line(Pane::Detail, at) => {
            let before = detail::field_under_caret(model).map(|(line, _)| line);
            let was_there = std::mem::replace(&mut model.focus, Pane::Detail) == Pane::Detail;
            match field {
                Some(field) => moves::show_field(model, field),
                None => model.detail.caret = at,
            }
            let now = detail::field_under_caret(model).map(|(line, _)| line);
            if was_there && now.is_some() && now == before {
                values::enter(model);
            }
        }
        Spot::Line(Pane::Preview, at) => {
            moves::focus(model, Pane::Preview);
            model.preview.scroll.caret = at;
        }
        Spot::Line(Pane::Findings, at) => {
            let again = model.focus == Pane::Findings && model.findings.caret == at;
            model.findings.caret = at;
            moves::focus(model, Pane::Findings);
            if again {
                values::enter(model);
            }
        }
        Spot::Tab(at) => {
            model.preview.tab = tabs(&model.derived).get(at).cloned();
            model.preview.scroll = Scroll::default();
            moves::focus(model, Pane::Preview);
        }
        Spot::Window | Spot::Entry(_) => {}
    }
}

/// Puts focus and caret on a row of the checklist.
fn on_row(model: &mut Model, at: usize) {
    moves::focus(model, Pane::Checklist);
    if let Some(line) = lines(model).get(at) {
        model.checklist.row = line.row.clone();
        moves::row_changed(model);
    }
}

/// A click while a window is open: its line is chosen, and done when it was chosen already.
fn click_window(model: &mut Model, spot: Spot) -> Vec<Effect> {
    let Spot::Entry(at) = spot else { return Vec::new() };
    let again = match &mut model.overlay {
        Some(Overlay::Help(menu) | Overlay::Palette(menu)) => {
            std::mem::replace(&mut menu.scroll.caret, at) == at
        }
        Some(Overlay::Export(export)) => {
            export.editing &= at == 0;
            // Files are ticked by one click, as rows are.
            std::mem::replace(&mut export.scroll.caret, at) == at || (1..=export.files.len()).contains(&at)
        }
        Some(Overlay::Question(question)) => std::mem::replace(&mut question.at, at) == at,
        Some(Overlay::Ask(ask)) => ask.recent.replace(at) == Some(at),
        None => false,
    };
    if again { overlays::key(model, Key::plain(Code::Enter)) } else { Vec::new() }
}

/// The wheel while a window is open: its caret moves.
fn turn_window(model: &mut Model, down: bool) -> Vec<Effect> {
    overlays::key(model, Key::plain(if down { Code::Down } else { Code::Up }))
}

/// Moves what a pane shows; the caret stays where it is as long as that is in sight.
fn roll(model: &mut Model, pane: Pane, down: bool) {
    let areas = areas(model);
    let inside = areas.inside(model, pane);
    let (width, height) = (usize::from(inside.width), usize::from(inside.height));
    match pane {
        Pane::Checklist => {
            let rows = lines(model);
            model.checklist.scroll.roll(LINES, down, rows.len(), height);
            let row = rows.get(model.checklist.scroll.caret).map(|line| line.row.clone());
            if let Some(row) = row.filter(|row| *row != model.checklist.row) {
                let (scroll, focus) = (model.checklist.scroll, model.focus);
                model.checklist.row = row;
                if focus == Pane::Checklist {
                    moves::row_changed(model);
                }
                model.checklist.scroll = scroll;
            }
        }
        Pane::Detail => {
            let length = detail::lines(model, width).len();
            model.detail.roll(LINES, down, length, height);
        }
        Pane::Preview => {
            let length = shown(model).lines.len();
            model.preview.scroll.roll(LINES, down, length, height);
        }
        Pane::Findings => {
            // A finding takes several lines, so one is enough.
            let length = model.derived.findings.len();
            model.findings.go(if down { Move::Down } else { Move::Up }, length, height);
        }
    }
}
