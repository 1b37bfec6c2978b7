//! What the mouse can mean: the things on the screen that it can be on.
//!
//! Drawing notes where each of them stands; what a click on one does is in [`super::update`].

use super::Pane;

/// Something on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A pane, where nothing else of it stands.
    Pane(Pane),
    /// A line of a pane: the row of the checklist, the line of detail or preview, the finding.
    Line(Pane, usize),
    /// The box or the arrow of a row of the checklist.
    Box(usize),
    /// The tab of a document.
    Tab(usize),
    /// The tab of a pane, where one is shown at a time.
    PaneTab(Pane),
    /// A window above the panes, where nothing else of it stands.
    Window,
    /// A line of the window that can be chosen.
    Entry(usize),
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Its first button was pressed.
    Click,
    /// The wheel was turned down.
    WheelDown,
    /// The wheel was turned up.
    WheelUp,
}
