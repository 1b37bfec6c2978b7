//! The screen without a terminal: keys go in by name, a shell made of paper answers, and out come
//! the text of the screen and its looks, one letter a cell.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use bedrock_policy::app::key::{Code, Key};
use bedrock_policy::app::layout::areas;
use bedrock_policy::app::mouse::{Deed, Spot};
use bedrock_policy::app::update::update;
use bedrock_policy::app::{Effect, FileState, Model, Msg, NotSaved, Over, PANES, Pane, Route, World};
use bedrock_policy::catalog::Catalog;
use bedrock_policy::import::names::names;
use bedrock_policy::ui::pen::spot_at;
use bedrock_policy::ui::{draw, draw_spots};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

/// The folder that the export of every test proposes.
pub(crate) const FOLDER: &str = "bedrock-policies";

/// Files, clipboard and end of the program, as the tests want them.
#[derive(Debug)]
pub(crate) struct Shell {
    /// What is on the disk.
    pub(crate) files: BTreeMap<PathBuf, String>,
    /// Paths that are symbolic links, which nothing is written through.
    pub(crate) links: Vec<PathBuf>,
    /// The way that copied text takes.
    pub(crate) route: Route,
    /// What was copied.
    pub(crate) copied: Vec<String>,
    /// True once the program was to end.
    pub(crate) ended: bool,
    /// Everything that was asked for.
    pub(crate) asked: Vec<Effect>,
}

impl Shell {
    fn state(&self, path: &PathBuf, text: &str) -> FileState {
        match self.files.get(path) {
            _ if self.links.contains(path) => FileState::Link("is a symbolic link".to_owned()),
            None => FileState::New,
            Some(there) if there == text => FileState::Unchanged,
            Some(_) => FileState::Overwrite,
        }
    }

    fn states(&self, folder: &std::path::Path, texts: &[(String, String)]) -> Vec<FileState> {
        texts.iter().map(|(name, text)| self.state(&folder.join(name), text)).collect()
    }

    fn answer(&mut self, effect: Effect) -> Option<Msg> {
        self.asked.push(effect.clone());
        Some(match effect {
            Effect::Quit | Effect::Leave => {
                self.ended = true;
                return None;
            }
            Effect::Suspend | Effect::Forget(_) | Effect::Settings(_) => return None,
            Effect::Copy(what, text) => {
                self.copied.push(text);
                Msg::Copied(what, self.route)
            }
            Effect::Look(folder, texts, _) => Msg::Looked(Ok(self.states(&folder, &texts))),
            Effect::Write(folder, texts, _) => {
                let states = self.states(&folder, &texts);
                if states.iter().any(|state| matches!(state, FileState::Link(_))) {
                    return Some(Msg::Wrote(Err("a file is a symbolic link; remove it".to_owned())));
                }
                self.files.extend(texts.into_iter().map(|(name, text)| (folder.join(name), text)));
                Msg::Wrote(Ok(states))
            }
            Effect::Save(path, text, over, _) => {
                let replace = match &over {
                    Over::Nothing => false,
                    Over::Text(known) => self.files.get(&path) == Some(known),
                    Over::Anything => true,
                };
                let done = match self.state(&path, &text) {
                    FileState::Overwrite if !replace => Err(NotSaved::Differs),
                    FileState::Link(why) => Err(NotSaved::Link(why)),
                    _ => {
                        self.files.insert(path.clone(), text);
                        Ok(())
                    }
                };
                Msg::Saved(path, done)
            }
            Effect::Read(purpose, path) => {
                let text = self.files.get(&path).cloned();
                Msg::Read(purpose, path, text.ok_or_else(|| "there is no such file".to_owned()))
            }
        })
    }
}

/// The model with its shell.
#[derive(Debug)]
pub(crate) struct Screen {
    /// The model.
    pub(crate) model: Model,
    /// The shell.
    pub(crate) shell: Shell,
}

/// What the AWS CLI listed, for the tests of completion.
const LISTED: &str = r#"{"knowledgeBaseSummaries": [
    {"knowledgeBaseId": "KBSUPPORT1", "name": "support-articles"},
    {"knowledgeBaseId": "KBPRODUCT1", "name": "product-manuals"}]}"#;

fn world() -> World {
    World {
        export_folder: PathBuf::from(FOLDER),
        blueprint_file: PathBuf::from("flow.bedrock.json"),
        recent: vec![PathBuf::from("support-flow.json"), PathBuf::from("orders-flow.json")],
        names: names(LISTED).unwrap_or_default(),
    }
}

/// A screen of a size after some keys.
pub(crate) fn drive(size: (u16, u16), keys: &[&str]) -> Screen {
    let shell = Shell {
        files: BTreeMap::new(),
        links: Vec::new(),
        route: Route::Clipboard,
        copied: Vec::new(),
        ended: false,
        asked: Vec::new(),
    };
    let mut screen = Screen { model: Model::new(Catalog::builtin(), size, world()), shell };
    screen.press(keys);
    screen
}

impl Screen {
    /// Presses keys by their names; `text:…` types, `paste:…` pastes, `size:80x24` resizes.
    pub(crate) fn press(&mut self, keys: &[&str]) -> &mut Self {
        for name in keys {
            if let Some(text) = name.strip_prefix("text:") {
                text.chars().for_each(|c| self.send(Msg::Key(Key::plain(Code::Char(c)))));
            } else if let Some(text) = name.strip_prefix("paste:") {
                self.send(Msg::Paste(text.to_owned()));
            } else if let Some((width, height)) = name.strip_prefix("size:").and_then(|s| s.split_once('x')) {
                let number = |text: &str| text.parse().expect("a size");
                self.send(Msg::Resize(number(width), number(height)));
            } else {
                self.send(Msg::Key(Key::named(name).unwrap_or_else(|| panic!("no key is called {name}"))));
            }
        }
        self
    }

    /// Presses one key many times.
    pub(crate) fn times(&mut self, count: usize, key: &str) -> &mut Self {
        for _ in 0..count {
            self.press(&[key]);
        }
        self
    }

    /// Sends a message, and whatever the shell answers to what comes of it.
    pub(crate) fn send(&mut self, msg: Msg) {
        let mut effects = update(&mut self.model, msg);
        while !effects.is_empty() {
            let answers: Vec<Msg> =
                effects.into_iter().filter_map(|effect| self.shell.answer(effect)).collect();
            effects = answers.into_iter().flat_map(|answer| update(&mut self.model, answer)).collect();
        }
    }

    /// The mouse does something where a text stands on the screen, so many columns further.
    pub(crate) fn mouse(&mut self, deed: Deed, words: &str, further: usize) -> &mut Self {
        let found = self.lines().iter().enumerate().find_map(|(y, line)| {
            line.find(words).map(|at| (line.get(..at).unwrap_or_default().chars().count() + further, y))
        });
        let (x, y) = found.unwrap_or_else(|| panic!("`{words}` is not on the screen:\n{}", self.text()));
        let place = |at: usize| u16::try_from(at).expect("a place on the screen");
        if let Some(spot) = self.spot(place(x), place(y)) {
            self.send(Msg::Mouse(deed, spot));
        }
        self
    }

    /// What the mouse is on at a place.
    pub(crate) fn spot(&self, x: u16, y: u16) -> Option<Spot> {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("no terminal is touched");
        let mut spots = Vec::new();
        terminal
            .draw(|frame| spots = draw_spots(&self.model, &areas(&self.model), frame))
            .expect("nothing is written");
        spot_at(&spots, x, y)
    }

    /// What is drawn, and where the cursor stands if it is shown.
    pub(crate) fn drawn(&self) -> (Buffer, Option<Position>) {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("no terminal is touched");
        let mut cursor = None;
        let frame = terminal.draw(|frame| draw(&self.model, &areas(&self.model), frame));
        let buffer = frame.expect("nothing is written").buffer.clone();
        if terminal.backend().cursor_visible() {
            cursor = Some(terminal.backend().cursor_position());
        }
        (buffer, cursor)
    }

    /// The lines of the screen, without spaces at their ends.
    pub(crate) fn lines(&self) -> Vec<String> {
        let buffer = self.drawn().0;
        (0..buffer.area.height).map(|y| row(&buffer, y, buffer.area).trim_end().to_owned()).collect()
    }

    /// The whole text of the screen.
    pub(crate) fn text(&self) -> String {
        self.lines().join("\n")
    }

    /// The inside of a pane, line by line.
    pub(crate) fn pane(&self, pane: Pane) -> Vec<String> {
        let buffer = self.drawn().0;
        let inside = areas(&self.model).inside(&self.model, pane);
        (inside.top()..inside.bottom()).map(|y| row(&buffer, y, inside).trim_end().to_owned()).collect()
    }

    /// The words of a pane in one line: for texts that are wrapped.
    pub(crate) fn words(&self, pane: Pane) -> String {
        let lines = self.pane(pane);
        lines.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")
    }

    /// The inside of the window that lists, line by line.
    pub(crate) fn window(&self) -> Vec<String> {
        let (buffer, area) = (self.drawn().0, areas(&self.model).overlay);
        let inside = Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 };
        (inside.top()..inside.bottom()).map(|y| row(&buffer, y, inside).trim_end().to_owned()).collect()
    }

    /// True when the words stand on the screen, however they are wrapped there.
    pub(crate) fn tells(&self, words: &str) -> bool {
        let plain = |c: char| if "│┃┏┓┗┛┌┐└┘━─".contains(c) { ' ' } else { c };
        let text: String = self.text().chars().map(plain).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
    }

    /// The first line of the screen, the last, and that above it.
    pub(crate) fn title(&self) -> String {
        self.lines().first().cloned().unwrap_or_default()
    }

    /// The keys at the bottom.
    pub(crate) fn footer(&self) -> String {
        self.lines().last().cloned().unwrap_or_default()
    }

    /// What just happened.
    pub(crate) fn toast(&self) -> &str {
        self.model.toast.as_ref().map_or("", |toast| &toast.text)
    }

    /// The titles of what is ticked, in the order of the blueprint.
    pub(crate) fn ticked(&self) -> Vec<&str> {
        self.model.blueprint.ticks.iter().map(|tick| tick.capability.as_str()).collect()
    }

    /// Turns to the preview's tab of a document.
    pub(crate) fn on_tab(&mut self, name: &str) -> &mut Self {
        let tabs = bedrock_policy::app::preview::tabs(&self.model.derived);
        let tab = tabs.into_iter().find(|tab| tab.title() == name).expect("a tab of that name");
        while self.model.preview.tab.as_ref() != Some(&tab) {
            self.press(&["]"]);
        }
        self
    }

    /// Moves the checklist's caret down to the row with these words.
    pub(crate) fn on_row(&mut self, words: &str) -> &mut Self {
        self.press(&["1", "g"]);
        for _ in 0..200 {
            let rows = bedrock_policy::app::rows::lines(&self.model);
            let at = self.model.checklist.scroll.caret;
            if rows.get(at).is_some_and(|line| line.text == words) {
                return self;
            }
            self.press(&["j"]);
        }
        panic!("no row is called {words}");
    }
}

/// The key that puts a pane in focus.
pub(crate) fn number(pane: Pane) -> String {
    let at = PANES.iter().position(|(known, _)| *known == pane);
    at.map_or_else(String::new, |at| (at + 1).to_string())
}

/// The text of a part of a line of the buffer.
pub(crate) fn row(buffer: &Buffer, y: u16, area: Rect) -> String {
    let mut out = String::new();
    let mut x = area.left();
    while x < area.right() {
        let symbol = buffer.cell(Position { x, y }).map_or(" ", Cell::symbol);
        out.push_str(symbol);
        x += u16::try_from(symbol.width()).unwrap_or(1).max(1);
    }
    out
}
