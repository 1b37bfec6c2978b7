//! The questions of the screen as plain lines: one line in, some lines out.
//!
//! For screen readers, serial lines, dumb terminals and scripts. The rows, fields, proposals, findings
//! and documents are those of [`crate::app`], asked of the same model and changed by the same edits and
//! actions: nothing is listed a second time. Here belongs the order of questions and how an answer is
//! read. Like `app` this is pure: lines come in as text, [`Effect`]s go out, the world answers with
//! [`Msg`]s. Reading and writing belong to `shell::lines` and `cli::plain`.

use crate::app::action::Action;
use crate::app::update::{perform, update};
use crate::app::{Effect, Model, Msg, Overlay};

mod about;
mod documents;
mod files;
mod findings;
mod menu;
mod rows;
mod say;
mod values;
mod words;

use say::Lines;
use words::{Picked, pick};

/// What comes of one line: text to be written, and what the world must do before the next question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// To be written as it is.
    pub text: String,
    /// To be performed after that; the answers go to [`Plain::happened`].
    pub effects: Vec<Effect>,
}

/// What is left when nobody answers any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The blueprint as a file, when it has changes that are not saved.
    pub unsaved: Option<String>,
    /// Those changes in words, the newest last.
    pub changes: Vec<String>,
}

/// A question that stands. Those of files are the overlays of the model.
#[derive(Clone, Debug, PartialEq)]
enum Place {
    Menu,
    Groups,
    Rows(rows::Shown),
    Value(values::Asked),
    Keep(values::Doubt),
    Findings,
    Finding(Box<crate::lint::Finding>),
    Documents,
    Page(crate::app::preview::Tab),
}

/// What works at every question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Common {
    Help,
    Back,
    Menu,
    Undo,
    Redo,
    Save,
    Quit,
}

/// The words that work at every question, and what each does.
const COMMON: &[(&str, Common, &str)] = &[
    ("?", Common::Help, "explains the question, and asks it again in full"),
    ("back", Common::Back, "goes back to the question before; so does an empty line"),
    ("menu", Common::Menu, "goes back to the first menu"),
    ("undo", Common::Undo, "takes the last change back"),
    ("redo", Common::Redo, "does again what was undone"),
    ("save", Common::Save, "saves the blueprint"),
    ("quit", Common::Quit, "ends; asks once when something is not saved"),
];

/// The dialogue.
#[derive(Debug)]
pub struct Plain {
    model: Model,
    places: Vec<Place>,
    out: Lines,
    /// True when the question is to be asked in full.
    fresh: bool,
}

impl Plain {
    /// Begins with a model; its looks and size mean nothing here.
    #[must_use]
    pub fn new(mut model: Model) -> Self {
        update(&mut model, Msg::Resize(200, 60));
        Self { model, places: vec![Place::Menu], out: Lines::default(), fresh: true }
    }

    /// The model that is asked about.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The first lines and the first question.
    pub fn begin(&mut self) -> Turn {
        self.out.say("bedrock-policy: exact IAM policies for Amazon Bedrock, by questions and answers.");
        self.out.say("Answer with a number or a word, one line each. ? explains, quit ends.");
        if let Some(path) = &self.model.filed.path {
            self.out.say(&format!("Opened {}.", path.to_string_lossy()));
        }
        self.turn(Vec::new())
    }

    /// An answer.
    pub fn answer(&mut self, line: &str) -> Turn {
        let effects = self.take(line);
        self.turn(effects)
    }

    /// A line that cannot be an answer, and why.
    pub fn refuse(&mut self, why: &str) -> Turn {
        self.out.say(why);
        self.turn(Vec::new())
    }

    /// What came of the effects.
    pub fn happened(&mut self, answers: Vec<Msg>) -> Turn {
        let mut effects = Vec::new();
        for answer in answers {
            self.fresh |= matches!(answer, Msg::Looked(Ok(_)));
            effects.extend(update(&mut self.model, answer));
        }
        self.fresh |= self.model.overlay.is_some();
        self.turn(effects)
    }

    /// What came of the effects at the very end: no question follows.
    pub fn over(&mut self, answers: Vec<Msg>) -> String {
        for answer in answers {
            update(&mut self.model, answer);
        }
        self.toast();
        self.out.take()
    }

    /// The present question once more, in full.
    pub fn again(&mut self) -> Turn {
        self.fresh = true;
        self.turn(Vec::new())
    }

    /// What is lost when nothing is answered any more.
    #[must_use]
    pub fn left(&self) -> Left {
        let model = &self.model;
        let is_saved = |past: &crate::app::Past| past.blueprint == model.filed.saved;
        let undo = &model.history.undo;
        let from = undo.iter().rposition(is_saved).unwrap_or(0);
        let changes = undo.iter().skip(from).map(|past| past.label.clone()).collect();
        match model.is_modified() {
            true => Left { unsaved: Some(crate::blueprint::file::write(&model.blueprint)), changes },
            false => Left { unsaved: None, changes: Vec::new() },
        }
    }

    fn turn(&mut self, effects: Vec<Effect>) -> Turn {
        self.toast();
        if effects.is_empty() {
            self.ask();
        }
        Turn { text: self.out.take(), effects }
    }

    /// Tells what the model has to say.
    fn toast(&mut self) {
        if let Some(toast) = self.model.toast.take() {
            self.out.say(&format!("{}.", say::sentence(&toast.text)));
        }
    }

    fn place(&self) -> Place {
        self.places.last().cloned().unwrap_or(Place::Menu)
    }

    fn go(&mut self, place: Place) {
        self.places.push(place);
        self.fresh = true;
    }

    /// Goes back. Who comes back knows the question: it is asked in one line.
    fn back(&mut self) {
        if self.model.overlay.take().is_none() && self.places.len() > 1 {
            self.places.pop();
        }
    }

    /// Takes questions away whose thing is gone: undo took it.
    fn settle(&mut self) {
        while self.places.len() > 1 {
            let stands = match self.places.last() {
                Some(Place::Value(asked)) => values::field(&self.model, asked).is_some(),
                Some(Place::Finding(finding)) => self.model.derived.findings.contains(finding),
                Some(Place::Page(tab)) => crate::app::preview::tabs(&self.model.derived).contains(tab),
                _ => true,
            };
            if stands {
                return;
            }
            self.places.pop();
        }
    }

    fn ask(&mut self) {
        self.settle();
        let full = std::mem::take(&mut self.fresh);
        self.out.blank();
        let question = match (self.model.overlay.is_some(), self.place()) {
            (true, _) => files::ask(self, full),
            (_, Place::Menu) => menu::ask(self, full),
            (_, Place::Groups) => rows::ask_group(self, full),
            (_, Place::Rows(shown)) => rows::ask(self, &shown, full),
            (_, Place::Value(asked)) => values::ask(self, &asked, full),
            (_, Place::Keep(_)) => values::KEEP.to_owned(),
            (_, Place::Findings) => findings::ask(self, full),
            (_, Place::Finding(finding)) => findings::ask_one(self, &finding, full),
            (_, Place::Documents) => documents::ask(self, full),
            (_, Place::Page(tab)) => documents::ask_page(&tab),
        };
        self.out.prompt(&question);
    }

    /// Reads an answer: as the question's own, or as one of the words that always work.
    fn take(&mut self, line: &str) -> Vec<Effect> {
        let word = line.trim();
        let exact = COMMON.iter().find(|(name, ..)| *name == word).map(|(_, common, _)| *common);
        if self.model.overlay.is_some() {
            return files::answer(self, line, exact);
        }
        match (self.place(), exact) {
            (_, Some(common)) => return self.common(common),
            (Place::Value(asked), _) => {
                values::answer(self, asked, line);
                return Vec::new();
            }
            (Place::Menu, _) if word.is_empty() => self.fresh = true,
            _ if word.is_empty() => self.back(),
            (Place::Menu, _) => return menu::answer(self, word),
            (Place::Groups, _) => rows::answer_group(self, word),
            (Place::Rows(shown), _) => return rows::answer(self, &shown, word),
            (Place::Keep(doubt), _) => values::answer_keep(self, &doubt, word),
            (Place::Findings, _) => findings::answer(self, word),
            (Place::Finding(finding), _) => findings::answer_one(self, &finding, word),
            (Place::Documents, _) => documents::answer(self, word),
            (Place::Page(tab), _) => documents::answer_page(self, &tab, word),
        }
        Vec::new()
    }

    /// An answer that the question itself does not know: perhaps the beginning of a word that always
    /// works, else told.
    fn other(&mut self, word: &str) {
        let names: Vec<&str> = COMMON.iter().map(|(name, ..)| *name).collect();
        if let Picked::One(at) = pick(word, &names)
            && let Some((_, common, _)) = COMMON.get(at)
        {
            // Words that lead out must be meant: they are written in full.
            if matches!(common, Common::Back | Common::Menu | Common::Undo | Common::Redo) {
                self.common(*common);
                return;
            }
        }
        self.out.say(&format!("`{}` is no answer here. ? tells what is.", crate::text::shown(word)));
    }

    /// Several answers begin so.
    fn ambiguous(&mut self, word: &str, found: &[&str]) {
        let found = found.join(", ");
        self.out.say(&format!("`{}` may mean {found}. Write more of it.", crate::text::shown(word)));
    }

    fn common(&mut self, common: Common) -> Vec<Effect> {
        let action = match common {
            Common::Help => {
                self.help();
                return Vec::new();
            }
            Common::Back => {
                if self.places.len() == 1 && self.model.overlay.is_none() {
                    self.out.say("This is the first menu. quit ends.");
                }
                self.back();
                return Vec::new();
            }
            Common::Menu => {
                self.places.truncate(1);
                (self.fresh, self.model.overlay) = (true, None);
                return Vec::new();
            }
            Common::Undo => Action::Undo,
            Common::Redo => Action::Redo,
            Common::Save => Action::Save,
            Common::Quit => Action::Quit,
        };
        self.act(action)
    }

    /// Does what a key of the screen does.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        self.model.overlay = None;
        let effects = perform(&mut self.model, action);
        self.fresh |= self.model.overlay.is_some();
        match &mut self.model.overlay {
            // The folder is asked first; what is there is looked at then.
            Some(Overlay::Export(export)) => {
                export.editing = true;
                Vec::new()
            }
            _ => effects,
        }
    }

    fn help(&mut self) {
        self.fresh = true;
        self.out.blank();
        let help = match (self.model.overlay.is_some(), self.place()) {
            (true, _) => files::help(self),
            (_, Place::Menu) => menu::HELP,
            (_, Place::Groups) => rows::GROUP_HELP,
            (_, Place::Rows(_)) => rows::HELP,
            (_, Place::Value(asked)) => values::help(self, &asked),
            (_, Place::Keep(_)) => values::KEEP_HELP,
            (_, Place::Findings | Place::Finding(_)) => findings::HELP,
            (_, Place::Documents | Place::Page(_)) => documents::HELP,
        };
        for line in help.lines() {
            self.out.say(line);
        }
        self.out.say("At every question:");
        for (name, _, does) in COMMON {
            self.out.say(&format!("  {name} {does}"));
        }
    }
}
