//! Where everything stands on a screen of a given size.
//!
//! Three layouts: side by side from 100 columns, one pane with tabs from 40 columns and 12 rows, and
//! one line below that. Drawing and scrolling both ask here, so they agree.

use ratatui::layout::Rect;

use super::wrap::wrap;
use super::{Model, PANES, Pane};

/// How the screen is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All panes at once.
    Wide,
    /// One pane, with tabs for the others.
    One,
    /// Too small: one line that says so.
    Tiny,
}

/// The smallest screen with panes.
pub const SMALLEST: (u16, u16) = (40, 12);
/// From this width on, panes stand side by side.
pub const WIDE: u16 = 100;

/// The places of everything.
#[derive(Clone, Copy, Debug)]
pub struct Areas {
    /// How it is divided.
    pub kind: Kind,
    /// The title line.
    pub title: Rect,
    /// The tabs of the panes, when one is shown at a time.
    pub tabs: Option<Rect>,
    /// The panes with their borders, in reading order; `None` for those not shown.
    pub panes: [Option<Rect>; 4],
    /// The lines for what just happened, the tip, or the help of a row.
    pub message: Rect,
    /// The footer.
    pub footer: Rect,
    /// Where overlays are drawn.
    pub overlay: Rect,
}

/// The places on a screen of the model's size.
#[must_use]
pub fn areas(model: &Model) -> Areas {
    let (width, height) = model.size;
    let line = |y: u16| Rect::new(0, y.min(height.saturating_sub(1)), width, height.min(1));
    let kind = match (width >= SMALLEST.0 && height >= SMALLEST.1, width >= WIDE) {
        (false, _) => Kind::Tiny,
        (true, true) => Kind::Wide,
        (true, false) => Kind::One,
    };
    let told =
        model.toast.as_ref().filter(|_| kind != Kind::Tiny).map(|toast| wrap(&toast.text, told_width(width)));
    let told = u16::try_from(told.map_or(1, |lines| lines.len())).unwrap_or(1).clamp(1, 3);
    let mut areas = Areas {
        kind,
        title: line(0),
        tabs: None,
        panes: [None; 4],
        message: Rect { height: told.min(height), ..line(height.saturating_sub(1 + told)) },
        footer: line(height.saturating_sub(1)),
        overlay: Rect::new(0, 0, width, height),
    };
    if kind == Kind::Tiny {
        return areas;
    }
    let margin = if width >= WIDE { (width - 84) / 2 } else { 0 };
    areas.overlay = Rect::new(margin, 1, width - 2 * margin, height - 3);
    let body = Rect::new(0, 1, width, height - 2 - told);
    if model.zoomed {
        let whole = if model.focus == Pane::Preview { Rect::new(0, 1, width, height - 2) } else { body };
        set(&mut areas, model.focus, whole);
    } else if kind == Kind::One {
        areas.tabs = Some(line(1));
        set(&mut areas, model.focus, Rect::new(0, 2, width, height - 3 - told));
    } else {
        let left = (width * 42 / 100).clamp(42, 64);
        let detail = (body.height * 45 / 100).clamp(5, 24);
        let findings =
            if model.focus == Pane::Findings { body.height / 2 } else { (body.height / 4).clamp(3, 10) };
        let (x, y) = (body.x + left, body.y);
        let (list, page) = (body.height - detail, body.height - findings);
        areas.panes = [
            Some(Rect::new(0, y, left, list)),
            Some(Rect::new(0, y + list, left, detail)),
            Some(Rect::new(x, y, width - left, page)),
            Some(Rect::new(x, y + page, width - left, findings)),
        ];
    }
    areas
}

/// The columns of the words about what just happened.
#[must_use]
pub fn told_width(width: u16) -> usize {
    usize::from(width).saturating_sub(2)
}

fn set(areas: &mut Areas, pane: Pane, area: Rect) {
    for (slot, (known, _)) in areas.panes.iter_mut().zip(PANES) {
        if known == pane {
            *slot = Some(area);
        }
    }
}

impl Areas {
    /// The area of a pane with its border.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        PANES
            .iter()
            .position(|(known, _)| *known == pane)
            .and_then(|at| self.panes.get(at).copied().flatten())
    }

    /// The inside of a pane: without its border, and for the preview without tabs and size line. For
    /// a pane that is not shown, what it would have on a screen of its own.
    #[must_use]
    pub fn inside(&self, model: &Model, pane: Pane) -> Rect {
        let whole = self.pane(pane).unwrap_or(Rect::new(0, 2, model.size.0, model.size.1.saturating_sub(4)));
        if pane == Pane::Preview && model.zoomed {
            return whole;
        }
        let inner = Rect {
            x: whole.x + 1.min(whole.width),
            y: whole.y + 1.min(whole.height),
            width: whole.width.saturating_sub(2),
            height: whole.height.saturating_sub(2),
        };
        match pane {
            Pane::Preview => Rect { y: inner.y + 1, height: inner.height.saturating_sub(2), ..inner },
            _ => inner,
        }
    }
}
