//! The table of keys: the only place where a key gets its meaning. Dispatch, footer, help, palette
//! and README read it.
//!
//! A row says where its keys work, what they do, and in which words. Whether an action can be done
//! now, and why not, is answered by [`refusal`].

use crate::blueprint::Blueprint;

use super::action::Action::{self, Focus, Go};
use super::key::Key;
use super::preview::Tab;
use super::rows::Row;
use super::scroll::Move;
use super::{Model, Overlay, Pane, Theme, change::Owner};

/// Where a row of the table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// While a field is edited.
    Field,
    /// While an overlay is open.
    Overlay,
    /// In the checklist.
    Checklist,
    /// In the detail pane.
    Detail,
    /// In the preview.
    Preview,
    /// Among the findings.
    Findings,
    /// In every list, overlays included.
    Lists,
    /// In every pane.
    Everywhere,
}

impl Place {
    /// What help calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Field => "in a field",
            Self::Overlay => "in a window above",
            Self::Checklist => "in the checklist",
            Self::Detail => "in the detail",
            Self::Preview => "in the preview",
            Self::Findings => "in the findings",
            Self::Lists => "in every list",
            Self::Everywhere => "everywhere",
        }
    }
}

/// One row: keys, where they work, what they do.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where.
    pub place: Place,
    /// The names of the keys, the most usual first; none for what the palette alone offers.
    pub keys: &'static [&'static str],
    /// What it does.
    pub action: Action,
    /// A few words for help and palette.
    pub words: &'static str,
    /// A word for the footer; empty when it does not stand there.
    pub hint: &'static str,
}

const fn row(
    place: Place,
    keys: &'static [&'static str],
    action: Action,
    hint: &'static str,
    words: &'static str,
) -> Binding {
    Binding { place, keys, action, words, hint }
}

use Place::{Checklist, Detail, Everywhere, Field, Findings, Lists, Overlay as Above, Preview};

/// All keys, in the order of footer and help.
pub static BINDINGS: &[Binding] = &[
    row(Everywhere, &["?"], Action::Help, "help", "show the keys that work here"),
    row(Everywhere, &["q"], Action::Quit, "quit", "quit; asks when something is not saved"),
    row(Field, &["Enter"], Action::Accept, "accept", "take the value, or the proposal chosen"),
    row(
        Field,
        &["Tab"],
        Action::AcceptNext,
        "complete, next",
        "complete; then take the value and edit the next one",
    ),
    row(Field, &["Esc"], Action::Back, "leave as it was", "leave the value as it was"),
    row(Field, &["Ctrl-j", "Alt-Enter"], Action::NewLine, "", "a new line, where several values are taken"),
    row(Field, &["Down", "Ctrl-n"], Action::NextProposal, "proposals", "choose the next proposal"),
    row(Field, &["Up", "Ctrl-p"], Action::PreviousProposal, "", "choose the proposal before"),
    row(Above, &["Esc"], Action::Back, "close", "close the window"),
    row(Above, &["Enter"], Action::Enter, "do it", "do what is under the caret"),
    row(Above, &["Space"], Action::Toggle, "choose", "choose a file, or not"),
    row(
        Checklist,
        &["Space", "x"],
        Action::Toggle,
        "tick",
        "tick or untick the row, or all shown rows of a group",
    ),
    row(Checklist, &["Enter"], Action::Enter, "open", "tick the row and fill in its values"),
    row(Checklist, &["+"], Action::Add, "another", "add another use of the row"),
    row(Checklist, &["-"], Action::Remove, "", "take the use under the caret away"),
    row(Checklist, &["/"], Action::Filter, "filter", "filter by title or IAM action"),
    row(Checklist, &["n"], Action::NextMatch, "", "to the next row"),
    row(Checklist, &["N"], Action::PreviousMatch, "", "to the row before"),
    row(Checklist, &["a"], Action::TickAll, "", "tick every row shown"),
    row(Checklist, &["A"], Action::UntickAll, "", "untick every row shown"),
    row(Checklist, &["f"], Action::ShowFindings, "findings", "to the findings about this row"),
    row(Detail, &["Enter"], Action::Enter, "edit", "edit the value under the caret"),
    row(Detail, &["Space", "x"], Action::Toggle, "", "the next value of a choice"),
    row(Detail, &["Delete", "Backspace"], Action::Remove, "clear", "clear the value under the caret"),
    row(Preview, &["Right", "l", "]"], Action::NextTab, "next tab", "the next document"),
    row(Preview, &["Left", "h", "["], Action::PreviousTab, "", "the document before"),
    row(Preview, &["Enter"], Action::Enter, "to its cause", "to the row and value that wrote this line"),
    row(Findings, &["Enter"], Action::Enter, "to its cause", "to the row and value that caused it"),
    row(Everywhere, &["m"], Action::NextHole, "next gap", "to the next value that is missing, and edit it"),
    row(
        Everywhere,
        &["e"],
        Action::Export,
        "export",
        "export documents: choose which, see what changes, write",
    ),
    row(Everywhere, &["y"], Action::Copy, "copy", "copy what the preview shows"),
    row(
        Everywhere,
        &["Y"],
        Action::CopyCommand,
        "",
        "copy its command; in the runbook, the command of the step",
    ),
    row(Everywhere, &["s"], Action::Scope, "Region", "give Region and account"),
    row(Everywhere, &["u"], Action::Undo, "undo", "undo the last change"),
    row(Everywhere, &["Ctrl-r", "U"], Action::Redo, "", "redo what was undone"),
    row(Everywhere, &["z"], Action::Zoom, "zoom", "let the focused pane fill the screen, and back"),
    row(Everywhere, &[":", "Ctrl-p"], Action::Palette, "all", "all actions by name"),
    row(
        Everywhere,
        &["o"],
        Action::ExportAll,
        "",
        "write everything into a folder, the runbook as its README",
    ),
    row(Everywhere, &["Tab"], Action::NextPane, "", "the next pane"),
    row(Everywhere, &["Shift-Tab"], Action::PreviousPane, "", "the pane before"),
    row(Everywhere, &["1"], Focus(Pane::Checklist), "", "focus the checklist"),
    row(Everywhere, &["2"], Focus(Pane::Detail), "", "focus the detail"),
    row(Everywhere, &["3"], Focus(Pane::Preview), "", "focus the preview"),
    row(Everywhere, &["4"], Focus(Pane::Findings), "", "focus the findings"),
    row(Everywhere, &["]"], Action::NextTab, "", "the next document"),
    row(Everywhere, &["["], Action::PreviousTab, "", "the document before"),
    row(Everywhere, &["Ctrl-s", "w"], Action::Save, "", "save the blueprint"),
    row(Everywhere, &["W"], Action::SaveAs, "", "save the blueprint under another name"),
    row(Everywhere, &["O"], Action::Open, "", "open a blueprint"),
    row(Everywhere, &["E"], Action::Example, "", "show an example: a flow of seven nodes"),
    row(Everywhere, &["/"], Action::Filter, "", "to the checklist, and filter it"),
    row(Everywhere, &["Esc"], Action::Back, "", "back by one level"),
    row(Everywhere, &["Ctrl-c"], Action::Quit, "", "quit; a second time leaves at once"),
    row(Everywhere, &["Ctrl-z"], Action::Suspend, "", "stop the program until it is continued"),
    row(Everywhere, &["t"], Action::NextTheme, "", "the next theme"),
    row(Everywhere, &["!"], Action::DismissTip, "", "put the tip away"),
    row(Everywhere, &[], Action::ReadNames, "", "read names from what the AWS CLI listed, for completion"),
    row(Everywhere, &[], Action::ReadProfile, "", "read what `aws bedrock get-inference-profile` printed"),
    row(Everywhere, &[], Action::TakeUp, "", "take up unsaved work of an earlier run"),
    row(Everywhere, &[], Action::Clear, "", "take everything away and begin anew"),
    row(Everywhere, &[], Action::Theme(Theme::Terminal), "", "theme terminal: its own colours"),
    row(Everywhere, &[], Action::Theme(Theme::Mono), "", "theme mono: no colours"),
    row(Everywhere, &[], Action::Theme(Theme::Contrast), "", "theme contrast: strong colours"),
    row(
        Everywhere,
        &[],
        Action::Theme(Theme::BlueOrange),
        "",
        "theme blue-orange: safe for colour-blind eyes",
    ),
    row(Everywhere, &[], Action::Mouse, "", "mouse on or off; off, the terminal selects text with it"),
    row(Everywhere, &[], Action::Ascii, "", "ASCII borders and ticks, or line drawing"),
    row(Lists, &["Down", "j"], Go(Move::Down), "", "down"),
    row(Lists, &["Up", "k"], Go(Move::Up), "", "up"),
    row(Lists, &["Left", "h"], Action::Left, "", "close, or to the parent"),
    row(Lists, &["Right", "l"], Action::Right, "", "open, or to the first child"),
    row(Lists, &["Home", "g"], Go(Move::First), "", "to the first line"),
    row(Lists, &["End", "G"], Go(Move::Last), "", "to the last line"),
    row(Lists, &["PgDn", "Ctrl-d"], Go(Move::PageDown), "", "half a pane down"),
    row(Lists, &["PgUp", "Ctrl-u"], Go(Move::PageUp), "", "half a pane up"),
];

/// The places whose rows hold now, the nearest first.
#[must_use]
pub fn places(model: &Model) -> &'static [Place] {
    if model.editing.is_some() {
        return &[Field];
    }
    if model.overlay.is_some() {
        return &[Above, Lists];
    }
    match model.focus {
        Pane::Checklist => &[Checklist, Lists, Everywhere],
        Pane::Detail => &[Detail, Lists, Everywhere],
        Pane::Preview => &[Preview, Lists, Everywhere],
        Pane::Findings => &[Findings, Lists, Everywhere],
    }
}

/// What a key does now.
#[must_use]
pub fn lookup(model: &Model, key: Key) -> Option<Action> {
    let name = key.to_string();
    places(model).iter().find_map(|place| {
        let row = BINDINGS.iter().find(|row| row.place == *place && row.keys.contains(&name.as_str()));
        row.map(|row| row.action)
    })
}

/// The rows that hold now, the nearest place first.
pub fn here(model: &Model) -> impl Iterator<Item = &'static Binding> {
    places(model).iter().flat_map(|place| BINDINGS.iter().filter(move |row| row.place == *place))
}

/// Why an action cannot be done now; `None` when it can.
#[must_use]
pub fn refusal(model: &Model, action: Action) -> Option<&'static str> {
    let no = |refused: bool, why: &'static str| refused.then_some(why);
    let nothing = model.derived.bundle.documents.is_empty() && model.derived.bundle.managed.is_empty();
    match action {
        Action::Undo => no(model.history.undo.is_empty(), "nothing was changed yet"),
        Action::Redo => no(model.history.redo.is_empty(), "nothing was undone"),
        Action::Export | Action::ExportAll | Action::Copy => {
            no(nothing, "there is no document yet: tick a row")
        }
        Action::CopyCommand => match &model.preview.tab {
            None => Some("there is no document yet: tick a row"),
            Some(Tab::Managed(_)) => Some("AWS's own policy is attached by a step of the runbook"),
            Some(_) => None,
        },
        Action::NextTab | Action::PreviousTab => no(nothing, "there is no document yet: tick a row"),
        Action::NextHole => {
            no(!model.derived.findings.iter().any(crate::lint::Finding::is_hole), "no value is missing")
        }
        Action::Clear => no(model.blueprint == Blueprint::default(), "nothing is ticked or given"),
        Action::TakeUp => no(model.left.is_empty(), "no work was left unsaved"),
        Action::DismissTip => no(!model.tip, "there is no tip"),
        Action::Add => match super::rows::owner(model, &model.checklist.row) {
            Some(Owner::Instance(id, _)) => {
                no(model.catalog.capability(&id).is_none_or(|c| c.single), "this row can be used once only")
            }
            _ => no(!matches!(model.checklist.row, Row::Capability(_)), "no capability is under the caret"),
        },
        Action::ShowFindings => no(model.derived.findings.is_empty(), "there are no findings"),
        Action::Save => {
            no(model.filed.path.is_some() && !model.is_modified(), "nothing changed since it was saved")
        }
        _ => None,
    }
}

/// The hints of the footer, in order: key and word. The first is always the help.
#[must_use]
pub fn hints(model: &Model) -> Vec<(&'static str, &'static str)> {
    if matches!(model.overlay, Some(Overlay::Question(_))) {
        return vec![("Enter", "choose"), ("Down", "other answer"), ("Esc", "stay")];
    }
    let everywhere = |row: &&Binding| row.place == Everywhere;
    let is_export = matches!(model.overlay, Some(Overlay::Export(_)));
    let fits = |row: &Binding| row.place != Above || row.action != Action::Toggle || is_export;
    let shown =
        |row: &&'static Binding| !row.hint.is_empty() && fits(row) && refusal(model, row.action).is_none();
    let first = here(model).filter(shown).filter(|row| matches!(row.action, Action::Help | Action::Quit));
    let near = here(model).filter(shown).filter(|row| !everywhere(row));
    let far = here(model).filter(shown).filter(everywhere);
    let far = far.filter(|row| !matches!(row.action, Action::Help | Action::Quit));
    first.chain(near).chain(far).filter_map(|row| row.keys.first().map(|key| (*key, row.hint))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_name_and_no_two_rows_of_a_place_share_one() {
        for (at, row) in BINDINGS.iter().enumerate() {
            for name in row.keys {
                assert_eq!(Key::named(name).unwrap().to_string(), *name);
                let clash = BINDINGS
                    .iter()
                    .skip(at + 1)
                    .find(|other| other.place == row.place && other.keys.contains(name));
                assert!(clash.is_none(), "{name} is taken twice {}", row.place.title());
            }
        }
    }

    #[test]
    fn words_are_short_and_no_sentence() {
        for row in BINDINGS {
            assert!(row.words.len() <= 58 && !row.words.ends_with('.'), "{}", row.words);
            assert!(row.words.starts_with(|c: char| c.is_lowercase() || c == 'A'), "{}", row.words);
        }
    }
}
