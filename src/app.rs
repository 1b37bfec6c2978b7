//! The screen's state and how it changes: a pure function of messages.
//!
//! The way: a [`Msg`] comes from the shell, [`update::update`] finds the action in the table of
//! [`keys`], changes the [`Model`], and answers with [`Effect`]s that only the shell performs. After
//! every change of the blueprint everything that follows from it, [`Derived`], is made anew; the one
//! before is kept, since "what the last edit changed" is their difference.
//!
//! Here belongs everything that can be decided without drawing and without touching the world. How
//! things look belongs to `ui`; terminal, files and clipboard belong to `shell`.

use std::path::PathBuf;

use crate::blueprint::{Blueprint, Tick};
use crate::catalog::Catalog;
use crate::catalog::messages::Severity;
use crate::compose::resolve::Resolved;
use crate::compose::{self, Bundle, Step, compose_resolved};
use crate::lint::{Finding, lint_resolved};

pub mod action;
pub mod arn_fill;
pub mod change;
pub mod complete;
pub mod detail;
pub mod editor;
pub mod explain;
pub mod export;
pub mod fields;
pub mod findings;
pub mod key;
pub mod keys;
pub mod layout;
pub mod menu;
pub mod message;
pub mod mouse;
pub mod preview;
pub mod role;
pub mod rows;
pub mod scroll;
pub mod settings;
pub mod update;
pub mod world;
pub mod wrap;
pub mod written;

use editor::Editor;
pub use message::{Effect, FileState, Kept, Left, Msg, NotSaved, Over, Purpose, Route};
use rows::Row;
use scroll::Scroll;
pub use world::{Filed, Others, World};

/// A region of the screen, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// What can be ticked.
    Checklist,
    /// Help and fields of the row under the caret.
    Detail,
    /// The documents.
    Preview,
    /// What is wrong.
    Findings,
}

/// The panes in reading order, with their titles.
pub const PANES: [(Pane, &str); 4] = [
    (Pane::Checklist, "Checklist"),
    (Pane::Detail, "Detail"),
    (Pane::Preview, "Preview"),
    (Pane::Findings, "Findings"),
];

/// A set of looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own sixteen colours.
    #[default]
    Terminal,
    /// No colours.
    Mono,
    /// Strong colours.
    Contrast,
    /// Safe for eyes that mix up red and green.
    BlueOrange,
}

/// The themes with their names.
pub const THEMES: [(Theme, &str); 4] = [
    (Theme::Terminal, "terminal"),
    (Theme::Mono, "mono"),
    (Theme::Contrast, "contrast"),
    (Theme::BlueOrange, "blue-orange"),
];

/// Everything that follows from a blueprint.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// The documents and the runbook.
    pub bundle: Bundle,
    /// What is wrong, worst first.
    pub findings: Vec<Finding>,
}

impl Derived {
    /// Composes and judges.
    #[must_use]
    pub fn new(catalog: &Catalog, blueprint: &Blueprint) -> Self {
        let resolved = Resolved::new(catalog, blueprint);
        let bundle = compose_resolved(&resolved);
        let is_empty = *blueprint == Blueprint::default();
        let findings = if is_empty { Vec::new() } else { lint_resolved(&resolved, &bundle) };
        Self { bundle, findings }
    }

    /// How many values are missing, errors besides, warnings, suggestions.
    #[must_use]
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for finding in &self.findings {
            let [missing, errors, warnings, suggestions] = &mut counts;
            *match finding.severity {
                Severity::Error if finding.is_hole() => missing,
                Severity::Error => errors,
                Severity::Warning => warnings,
                Severity::Suggestion => suggestions,
            } += 1;
        }
        counts
    }
}

/// What the detail pane speaks of: the pane that was last in focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The row under the checklist's caret.
    Row,
    /// The line under the preview's caret.
    Line,
    /// The finding under the caret.
    Finding,
}

/// The checklist's state.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// The row under the caret.
    pub row: Row,
    /// Where it is.
    pub scroll: Scroll,
    /// Groups that are closed.
    pub closed: Vec<String>,
    /// The filter, when there is one.
    pub filter: Option<Filter>,
}

/// A filter of the checklist.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What is looked for.
    pub text: String,
    /// True while it is typed.
    pub typing: bool,
}

/// The preview's state.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The tab shown.
    pub tab: Option<preview::Tab>,
    /// The line under the caret.
    pub scroll: Scroll,
}

/// A field that is being edited.
#[derive(Clone, Debug)]
pub struct Editing {
    /// The field.
    pub field: fields::Field,
    /// Its text.
    pub editor: Editor,
    /// The blueprint before, to go back to.
    pub before: Blueprint,
    /// The proposal chosen.
    pub proposal: Option<usize>,
    /// Something to tell under the field: what a paste left out.
    pub note: Option<String>,
}

/// Something drawn above the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys.
    Help(menu::Menu),
    /// All actions.
    Palette(menu::Menu),
    /// Files to write.
    Export(export::Export),
    /// A question with answers.
    Question(menu::Question),
    /// A path is asked for.
    Ask(menu::Ask),
}

/// A line that tells what happened, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// How it looks.
    pub role: role::Role,
    /// Its words.
    pub text: String,
}

/// The blueprints before and after.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// To go back to, the newest last.
    pub undo: Vec<Past>,
    /// To go forward to, the nearest last.
    pub redo: Vec<Past>,
}

/// A blueprint to go back or forward to.
#[derive(Clone, Debug)]
pub struct Past {
    /// The change between it and the one beside it.
    pub label: String,
    /// The blueprint.
    pub blueprint: Blueprint,
    /// Its file, where the change was to take another one up.
    pub file: Option<Filed>,
}

/// Everything the screen shows.
#[derive(Clone, Debug)]
pub struct Model {
    /// What is known.
    pub catalog: &'static Catalog,
    /// What is wanted.
    pub blueprint: Blueprint,
    /// What follows from it.
    pub derived: Derived,
    /// What followed before the last change.
    pub before: Derived,
    /// What can be undone.
    pub history: History,
    /// Ticks taken away, with their values.
    pub stash: Vec<Tick>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The pane in focus.
    pub focus: Pane,
    /// True while it fills the screen.
    pub zoomed: bool,
    /// What the detail speaks of.
    pub about: About,
    /// The checklist.
    pub checklist: Checklist,
    /// The detail's lines.
    pub detail: Scroll,
    /// The preview.
    pub preview: Preview,
    /// The findings' lines: one caret per finding.
    pub findings: Scroll,
    /// The field being edited.
    pub editing: Option<Editing>,
    /// What is drawn above.
    pub overlay: Option<Overlay>,
    /// What just happened.
    pub toast: Option<Toast>,
    /// True while the first tip is shown.
    pub tip: bool,
    /// The file that the blueprint stands in.
    pub filed: Filed,
    /// Counts the changes of blueprint and file: what is kept for a crash goes by it.
    pub changes: u64,
    /// Symbolic links that the person said may be written through.
    pub followed: Vec<PathBuf>,
    /// Work of earlier runs that was left unsaved.
    pub left: Vec<Left>,
    /// The looks.
    pub theme: Theme,
    /// True for ASCII borders and ticks.
    pub ascii: bool,
    /// True while the program has the mouse.
    pub mouse: bool,
    /// What the person chose to be so at each start.
    pub settings: settings::Settings,
    /// What is known of the world.
    pub world: World,
}

impl Model {
    /// A model at its start: nothing ticked, the caret on the first choice.
    #[must_use]
    pub fn new(catalog: &'static Catalog, size: (u16, u16), world: World) -> Self {
        let first = catalog.capability_ids().next().unwrap_or_default();
        let mut model = Self {
            catalog,
            blueprint: Blueprint::default(),
            derived: Derived::default(),
            before: Derived::default(),
            history: History::default(),
            stash: Vec::new(),
            size,
            focus: Pane::Checklist,
            zoomed: false,
            about: About::Row,
            checklist: Checklist {
                row: Row::Capability(first.to_owned()),
                scroll: Scroll::default(),
                closed: Vec::new(),
                filter: None,
            },
            detail: Scroll::default(),
            preview: Preview::default(),
            findings: Scroll::default(),
            editing: None,
            overlay: None,
            toast: None,
            tip: true,
            filed: Filed::default(),
            changes: 0,
            followed: Vec::new(),
            left: Vec::new(),
            theme: Theme::default(),
            ascii: false,
            mouse: false,
            settings: settings::Settings::default(),
            world,
        };
        model.settle();
        model
    }

    /// The model with a blueprint that was read from a file.
    #[must_use]
    pub fn with_blueprint(mut self, blueprint: Blueprint, filed: Filed) -> Self {
        self.derived = Derived::new(self.catalog, &blueprint);
        self.before = self.derived.clone();
        self.blueprint = blueprint;
        self.filed = filed;
        self.settle();
        self
    }

    /// True while clicks and wheel are the program's: a zoomed preview leaves them to the terminal, so
    /// that it selects and copies clean text.
    #[must_use]
    pub fn has_mouse(&self) -> bool {
        let is_bare = self.zoomed && self.focus == Pane::Preview && self.overlay.is_none();
        self.mouse && !is_bare
    }

    /// The steps that put everything in place.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        compose::runbook::steps(self.catalog, &self.blueprint, &self.derived.bundle)
    }

    /// True when something would be lost by leaving.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.blueprint != self.filed.saved
    }
}
