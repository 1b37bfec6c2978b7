//! Keeps unsaved work on disk while it is done, so that a kill or a power cut takes nothing.
//!
//! Each running program has a name in the folder of its state, and up to three files there: a locked
//! one that tells that it runs, one that says which blueprint's file it has open and what is in it, and
//! the unsaved blueprint itself. A name whose lock nobody holds belongs to a program that was ended
//! from outside; its blueprint is offered to the next one. All of that happens in a thread of its own:
//! a slow disk delays no key.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use super::files::{self, Disk, FileError};
use super::input::Outside;
use crate::app::{Filed, Kept, Left, Model, Msg};
use crate::blueprint::{Blueprint, file};

/// How long the end of the program waits for what is still to be written.
const PATIENCE: Duration = Duration::from_millis(1500);

/// What the thread is to do.
enum Order {
    /// Keep this state; nothing of the blueprint when it is saved.
    Keep(Box<(Option<Blueprint>, Filed)>),
    /// Drop work that another program left.
    Forget(String),
    /// Do what is still to be done, then tell; `true` drops what was kept.
    End(bool, Sender<()>),
}

/// The thread's other end.
#[derive(Debug)]
pub(super) struct Keeper {
    to: Sender<Order>,
    changes: u64,
}

impl Keeper {
    /// Begins; what was left by others is told on the channel, as everything that goes wrong.
    pub(super) fn begin(folder: Option<PathBuf>, model: &Model, tell: Sender<Outside>) -> Self {
        let (to, orders) = channel();
        let filed = model.filed.clone();
        thread::spawn(move || {
            let Some(folder) = folder else { return };
            let _watched = super::input::Watched(tell.clone());
            Home::new(folder, Some(tell)).serve(&filed, &orders);
        });
        Self { to, changes: model.changes }
    }

    /// Keeps the model's work when it changed.
    pub(super) fn note(&mut self, model: &Model) {
        if self.changes == model.changes {
            return;
        }
        self.changes = model.changes;
        let unsaved = model.is_modified().then(|| model.blueprint.clone());
        let _ = self.to.send(Order::Keep(Box::new((unsaved, model.filed.clone()))));
    }

    /// Drops work that was left, once the model's own is kept.
    pub(super) fn forget(&mut self, model: &Model, id: String) {
        self.note(model);
        let _ = self.to.send(Order::Forget(id));
    }

    /// Ends; what was kept stays, or is dropped because nobody needs it any more.
    pub(super) fn end(self, drop_it: bool) {
        let (done, wait) = channel();
        if self.to.send(Order::End(drop_it, done)).is_ok() {
            let _ = wait.recv_timeout(PATIENCE);
        }
    }
}

/// Leaves unsaved work for the next start to offer; the path of its text, or why not, in words.
pub fn leave_behind(filed: &Filed, text: &str) -> Result<PathBuf, String> {
    let folder = super::folders::unsaved_folder().ok_or("there is no home folder")?;
    let mut home = Home::new(folder, None);
    let path = home.at(&home.id, "json");
    home.take_name()
        .and_then(|()| home.write_file_note(filed))
        .and_then(|()| files::write_state(Disk::OWN, &path, text))
        .map_err(|why| format!("`{}` {}", crate::text::shown(&why.path.to_string_lossy()), why.what))?;
    Ok(path)
}

/// This program's place in the folder.
struct Home {
    folder: PathBuf,
    id: String,
    /// Held as long as the program runs.
    lock: Option<File>,
    /// The locks of names whose work was offered: while they are held nobody else offers it.
    offered: Vec<File>,
    tell: Option<Sender<Outside>>,
    failed: bool,
    /// Paths of which the person was told already.
    shared: Option<PathBuf>,
    changed: Option<String>,
}

impl Home {
    /// A name in the folder, which is not taken yet.
    fn new(folder: PathBuf, tell: Option<Sender<Outside>>) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
        let id = format!("{now}-{}", std::process::id());
        Self { folder, id, lock: None, offered: Vec::new(), tell, failed: false, shared: None, changed: None }
    }

    /// Makes the locked file. It is locked before it gets its name, so that nobody finds it unlocked.
    fn take_name(&mut self) -> Result<(), FileError> {
        let path = self.at(&self.id, "lock");
        let failed = |why: std::io::Error| {
            files::error(&path, files::words(&why), "check the folder, its permissions and the space left")
        };
        files::write_state(Disk::OWN, &self.at(&self.id, "new"), "")?;
        let file = File::open(self.at(&self.id, "new")).map_err(failed)?;
        // Where files cannot be locked the work is kept all the same.
        let _ = file.try_lock();
        fs::rename(self.at(&self.id, "new"), &path).map_err(failed)?;
        self.lock = Some(file);
        Ok(())
    }

    fn at(&self, id: &str, what: &str) -> PathBuf {
        self.folder.join(format!("{id}.{what}"))
    }

    fn say(&self, msg: Msg) {
        if let Some(tell) = &self.tell {
            let _ = tell.send(Outside::Msg(msg));
        }
    }

    /// Tells once why work cannot be kept.
    fn fail(&mut self, why: &FileError) {
        if !std::mem::replace(&mut self.failed, true) {
            let place = crate::text::shown(&why.path.to_string_lossy());
            self.say(Msg::Kept(Kept::Failed(format!("`{place}` {}", why.what))));
        }
    }

    fn serve(mut self, filed: &Filed, orders: &Receiver<Order>) {
        if let Err(why) = self.take_name() {
            self.fail(&why);
        }
        let left = self.left_by_others();
        if !left.is_empty() {
            self.say(Msg::Left(left));
        }
        self.keep(None, filed);
        // Several changes in a row are one: only the last is written.
        let mut next = None;
        while let Some(order) = next.take().or_else(|| orders.recv().ok()) {
            match order {
                Order::Keep(state) => {
                    next = orders.try_recv().ok();
                    if !matches!(next, Some(Order::Keep(_))) {
                        self.keep(state.0.as_ref(), &state.1);
                    }
                }
                // What took it up must be on the disk first.
                Order::Forget(id) if !self.failed => self.remove(&id),
                Order::Forget(_) => {}
                Order::End(drop_it, done) => {
                    if drop_it {
                        self.lock = None;
                        self.remove(&self.id);
                    }
                    let _ = done.send(());
                    return;
                }
            }
        }
    }

    /// Writes what is unsaved, or takes it away when everything is saved.
    fn keep(&mut self, unsaved: Option<&Blueprint>, filed: &Filed) {
        let text = self.at(&self.id, "json");
        let written = self.write_file_note(filed).and_then(|()| match unsaved {
            Some(blueprint) => files::write_state(Disk::OWN, &text, &file::write(blueprint)),
            None => {
                let _ = fs::remove_file(&text);
                Ok(())
            }
        });
        match written {
            Ok(()) => self.failed = false,
            Err(why) => self.fail(&why),
        }
        self.look_around(filed);
    }

    /// Notes which file is open and what is known to be in it: the path in the first line, then the text.
    fn write_file_note(&self, filed: &Filed) -> Result<(), FileError> {
        let note = self.at(&self.id, "of");
        let path = filed.path.as_deref().and_then(|path| std::path::absolute(path).ok());
        match path.as_deref().and_then(Path::to_str).filter(|path| !path.contains('\n')) {
            Some(path) => {
                let text = format!("{path}\n{}", filed.text.as_deref().unwrap_or_default());
                if fs::read_to_string(&note).is_ok_and(|old| old == text) {
                    return Ok(());
                }
                files::write_state(Disk::OWN, &note, &text)
            }
            None => {
                let _ = fs::remove_file(&note);
                Ok(())
            }
        }
    }

    /// Whether the file that is open was changed by others, or is open in another window.
    fn look_around(&mut self, filed: &Filed) {
        let Some(path) = &filed.path else { return };
        let now = files::read_text(path).ok();
        match (now, &filed.text) {
            (Some(now), Some(known)) if now != *known => {
                if self.changed.as_ref() != Some(&now) {
                    self.say(Msg::Kept(Kept::Changed(path.clone(), now.clone())));
                    self.changed = Some(now);
                }
            }
            _ => self.changed = None,
        }
        if self.shared.as_ref() == Some(path) {
            return;
        }
        let others = self.names().into_iter().filter(|id| *id != self.id);
        let is_open = |id: &String| {
            self.note_of(id).is_some_and(|(other, _)| files::is_same(&other, path)) && self.take(id).is_err()
        };
        if others.into_iter().any(|id| is_open(&id)) {
            self.say(Msg::Kept(Kept::AlsoOpen(path.clone())));
            self.shared = Some(path.clone());
        }
    }

    /// The names in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".lock").map(str::to_owned))
            .collect();
        names.sort_unstable_by(|a, b| b.cmp(a));
        names
    }

    /// Takes the lock of a name that nobody holds.
    fn take(&self, id: &str) -> Result<File, TryLockError> {
        let file = File::open(self.at(id, "lock")).map_err(TryLockError::Error)?;
        file.try_lock().map(|()| file)
    }

    /// The file that a program had open, and the text that was known to be in it.
    fn note_of(&self, id: &str) -> Option<(PathBuf, Option<String>)> {
        let text = files::read_text(&self.at(id, "of")).ok()?;
        let (path, known) = text.split_once('\n')?;
        Some((PathBuf::from(path), Some(known.to_owned()).filter(|known| !known.is_empty())))
    }

    /// The work of programs that do not run any more, the newest first. Names without work go.
    fn left_by_others(&mut self) -> Vec<Left> {
        let mut left = Vec::new();
        for id in self.names() {
            if id == self.id {
                continue;
            }
            let Ok(lock) = self.take(&id) else { continue };
            let text = match files::read_text(&self.at(&id, "json")) {
                Ok(text) => text,
                // Nothing was unsaved. Work that is there and cannot be read is never taken away.
                Err(_) if matches!(self.at(&id, "json").try_exists(), Ok(false)) => {
                    self.remove(&id);
                    continue;
                }
                Err(_) => continue,
            };
            let when = fs::metadata(self.at(&id, "json")).and_then(|found| found.modified());
            let when = when.ok().and_then(|then| SystemTime::now().duration_since(then).ok());
            let (path, known) = self.note_of(&id).map_or((None, None), |(path, known)| (Some(path), known));
            left.push(Left { path, known, when: ago(when.unwrap_or_default()), text, id });
            self.offered.push(lock);
        }
        left
    }

    /// Takes everything of a name away. The lock goes last: without it nobody looks for the rest.
    fn remove(&self, id: &str) {
        for what in ["json", "of", "lock"] {
            let _ = fs::remove_file(self.at(id, what));
        }
    }
}

/// A stretch of time in words.
fn ago(time: Duration) -> String {
    let count = |number: u64, one: &str| match number {
        1 => format!("1 {one} ago"),
        _ => format!("{number} {one}s ago"),
    };
    match time.as_secs() / 60 {
        0 => "just now".to_owned(),
        minutes @ 1..60 => count(minutes, "minute"),
        minutes @ 60..1440 => count(minutes / 60, "hour"),
        minutes => count(minutes / 1440, "day"),
    }
}
