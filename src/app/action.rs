//! What a key asks for. Each [`Action`] has one row or more in [`super::keys`]; what it does is in
//! [`super::update`].

use super::scroll::Move;
use super::{Pane, Theme};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Moves the caret of the list in focus.
    Go(Move),
    /// Closes what is open, or goes to the parent.
    Left,
    /// Opens what is closed, or goes to the first child.
    Right,
    /// Puts a pane in focus.
    Focus(Pane),
    /// The next pane in reading order.
    NextPane,
    /// The pane before.
    PreviousPane,
    /// Lets the focused pane fill the screen, and back.
    Zoom,
    /// Ticks or unticks; steps through a choice.
    Toggle,
    /// Opens what is under the caret.
    Enter,
    /// Ticks all rows that are shown.
    TickAll,
    /// Unticks all rows that are shown.
    UntickAll,
    /// Adds an instance.
    Add,
    /// Takes an instance away, or clears a field.
    Remove,
    /// Begins to filter.
    Filter,
    /// The next row that the filter finds.
    NextMatch,
    /// The row before that the filter finds.
    PreviousMatch,
    /// To the findings about the row under the caret.
    ShowFindings,
    /// To the fields of the scope.
    Scope,
    /// To the next value that is missing.
    NextHole,
    /// Replaces everything by an example.
    Example,
    /// Takes everything away.
    Clear,
    /// Goes back by one change.
    Undo,
    /// Goes forward by one change.
    Redo,
    /// The next tab of the preview.
    NextTab,
    /// The tab before.
    PreviousTab,
    /// Chooses documents to export.
    Export,
    /// Exports everything with the runbook as README.
    ExportAll,
    /// Copies what is shown.
    Copy,
    /// Copies the command for what is shown.
    CopyCommand,
    /// Saves the blueprint.
    Save,
    /// Saves it under another name.
    SaveAs,
    /// Opens a blueprint.
    Open,
    /// Reads names from what the AWS CLI listed.
    ReadNames,
    /// Reads what `get-inference-profile` printed.
    ReadProfile,
    /// The next theme.
    NextTheme,
    /// One theme.
    Theme(Theme),
    /// ASCII instead of line drawing, and back.
    Ascii,
    /// The mouse on, or off.
    Mouse,
    /// The keys.
    Help,
    /// All actions by name.
    Palette,
    /// Back by one level.
    Back,
    /// Takes up work that was left unsaved.
    TakeUp,
    /// Ends the program.
    Quit,
    /// Stops the program until it is continued.
    Suspend,
    /// Puts the tip away.
    DismissTip,
    /// Accepts the field's text.
    Accept,
    /// Accepts the field's text and edits the next field.
    AcceptNext,
    /// A new line in a field of several values.
    NewLine,
    /// The next proposal.
    NextProposal,
    /// The proposal before.
    PreviousProposal,
}
