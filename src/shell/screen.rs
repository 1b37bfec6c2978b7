//! The loop of the screen: waits on one channel, lets the model change, performs effects, draws.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::clipboard::{Copier, Surroundings};
use super::files::{self, Allowed, Disk, Written};
use super::folders;
use super::input::{Outside, is_overdue, listen, listen_to_signals};
use super::keeper::Keeper;
use super::terminal::{Session, restore};
use crate::app::layout::areas;
use crate::app::role::Role;
use crate::app::update::update;
use crate::app::{Effect, FileState, Model, Msg, NotSaved, Over};
use crate::ui::draw_spots;
use crate::ui::pen::{Spots, spot_at};

/// How the screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person quit; nothing is to be kept.
    Quit,
    /// The person left at once; what is not saved is kept for the next start.
    Left,
    /// By a signal.
    Signal(i32),
    /// A part of the program failed, and told why.
    Failed,
}

/// How long an error of the terminal waits for its reason.
const MOMENT: Duration = Duration::from_millis(100);

/// What the loop works with.
struct Hands {
    session: Session,
    copier: Copier,
    keeper: Keeper,
    spots: Spots,
}

/// What a step of the loop leads to.
enum Next {
    Draw,
    Repaint,
    End(Ended),
}

/// Runs the screen until it ends. The error is that of the terminal.
pub fn run(mut model: Model) -> io::Result<Ended> {
    let (to, from) = channel();
    listen_to_signals(&to);
    let mut session = Session::begin()?;
    let spots = paint(&mut model, &mut session)?;
    listen(&to);
    let recent = model.world.recent.clone();
    let keeper = Keeper::begin(folders::unsaved_folder(), &model, to);
    let mut hands = Hands { session, copier: Copier::default(), keeper, spots };
    let ended = turn(&mut model, &mut hands, &from);
    let ended = ended.or_else(|why| end_behind(&from).ok_or(why));
    let Hands { session, mut copier, keeper, .. } = hands;
    drop(session);
    keeper.end(matches!(ended, Ok(Ended::Quit)));
    if model.world.recent != recent {
        folders::note_recent(&model.world.recent);
    }
    copier.hand_over();
    ended
}

fn turn(model: &mut Model, hands: &mut Hands, from: &Receiver<Outside>) -> io::Result<Ended> {
    while let Ok(first) = from.recv() {
        let mut next = happened(model, first, hands);
        while let (Next::Draw | Next::Repaint, Ok(more)) = (&next, from.try_recv()) {
            if is_overdue() && !is_end(&more) {
                continue;
            }
            if let (Next::Draw, Outside::Mouse(..)) = (&next, &more) {
                // What a click is on is told by the screen as it is now, not by the one before.
                hands.spots = paint(model, &mut hands.session)?;
            }
            next = match (next, happened(model, more, hands)) {
                // What repaints is not undone by a key behind it.
                (Next::Repaint, Next::Draw) => Next::Repaint,
                (_, next) => next,
            };
        }
        // Before anything is drawn: that may take as long as the terminal likes, or fail.
        hands.keeper.note(model);
        match next {
            Next::Draw => hands.spots = paint(model, &mut hands.session)?,
            Next::Repaint => {
                hands.session.enter()?;
                hands.spots = paint(model, &mut hands.session)?;
            }
            Next::End(ended) => return Ok(ended),
        }
    }
    Ok(Ended::Left)
}

fn is_end(outside: &Outside) -> bool {
    matches!(outside, Outside::End(_) | Outside::Gone | Outside::Failed)
}

/// The end that was asked for, when the terminal failed because of it: what says so may come a moment
/// later than the error.
fn end_behind(from: &Receiver<Outside>) -> Option<Ended> {
    loop {
        match from.recv_timeout(MOMENT).ok()? {
            Outside::End(signal) => return Some(Ended::Signal(signal)),
            Outside::Gone => return Some(Ended::Signal(1)),
            _ => {}
        }
    }
}

/// Draws on the terminal as large as it is now: of a change in the moment of a key, and while the
/// program was stopped, no message comes.
fn paint(model: &mut Model, session: &mut Session) -> io::Result<Spots> {
    let size = session.screen.size()?;
    if model.size != (size.width, size.height) {
        update(model, Msg::Resize(size.width, size.height));
    }
    session.set_mouse(model.has_mouse())?;
    let mut spots = Spots::new();
    session.screen.draw(|frame| spots = draw_spots(model, &areas(model), frame))?;
    Ok(spots)
}

fn happened(model: &mut Model, outside: Outside, hands: &mut Hands) -> Next {
    match outside {
        Outside::Msg(msg) => step(model, msg, hands),
        // Some terminals tell of the mouse unasked, or of what it did before it was left to them.
        Outside::Mouse(..) if !model.has_mouse() => Next::Draw,
        Outside::Mouse(deed, x, y) => match spot_at(&hands.spots, x, y) {
            Some(spot) => step(model, Msg::Mouse(deed, spot), hands),
            None => Next::Draw,
        },
        Outside::End(signal) => Next::End(Ended::Signal(signal)),
        Outside::Gone => Next::End(Ended::Signal(1)),
        Outside::Failed => Next::End(Ended::Failed),
        Outside::Stop => stop(),
        Outside::Continued => Next::Repaint,
    }
}

/// Gives the terminal back and stops; goes on when the program is continued.
fn stop() -> Next {
    restore();
    #[cfg(unix)]
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
    Next::Repaint
}

/// Lets the model change, then performs what it asks for; the answers change it again.
fn step(model: &mut Model, msg: Msg, hands: &mut Hands) -> Next {
    let mut next = Next::Draw;
    let mut effects = update(model, msg);
    while !effects.is_empty() {
        let mut answers = Vec::new();
        for effect in effects {
            match effect {
                Effect::Quit => {
                    let failed = answers.iter().any(|answer| matches!(answer, Msg::Saved(_, Err(_))));
                    if !failed {
                        return Next::End(Ended::Quit);
                    }
                }
                Effect::Settings(settings) => {
                    if let Err(why) = folders::note_settings(&settings) {
                        model.say(Role::Warning, format!("the settings are not kept: {why}"));
                    }
                }
                Effect::Leave => return Next::End(Ended::Left),
                Effect::Forget(id) => hands.keeper.forget(model, id),
                Effect::Suspend => next = stop(),
                Effect::Copy(what, text) => {
                    let route = hands.copier.copy(&text, Surroundings::now(), hands.session.out());
                    answers.push(Msg::Copied(what, route));
                }
                other => answers.extend(perform(other)),
            }
        }
        effects = answers.into_iter().flat_map(|answer| update(model, answer)).collect();
    }
    next
}

/// Performs an effect on files; what belongs to the terminal is left to the loop.
pub(crate) fn perform(effect: Effect) -> Option<Msg> {
    Some(match effect {
        Effect::Look(folder, files, follow) => Msg::Looked(look(&folder, &files, follow)),
        Effect::Write(folder, files, follow) => Msg::Wrote(write(&folder, &files, follow)),
        Effect::Save(path, text, over, follow) => {
            let path = expanded(path);
            Msg::Saved(path.clone(), save(&path, &text, &over, follow))
        }
        Effect::Read(purpose, path) => {
            let path = expanded(path);
            let text = files::read_text(&path).map_err(|why| words(&why));
            Msg::Read(purpose, path, text)
        }
        Effect::Quit
        | Effect::Leave
        | Effect::Forget(_)
        | Effect::Settings(_)
        | Effect::Suspend
        | Effect::Copy(..) => return None,
    })
}

/// Saves the blueprint's text where that is allowed.
fn save(path: &Path, text: &str, over: &Over, follow: bool) -> Result<(), NotSaved> {
    if let (false, Ok(target)) = (follow, std::fs::read_link(path)) {
        return Err(NotSaved::Link(target.to_string_lossy().into_owned()));
    }
    let replace = match over {
        Over::Nothing => false,
        Over::Text(known) => files::read_text(path).is_ok_and(|there| there == *known),
        Over::Anything => true,
    };
    let found = files::look(path, text, Allowed { replace: true, follow });
    if !replace && matches!(found, Ok(Written::Overwritten)) {
        return Err(NotSaved::Differs);
    }
    let done = files::write_text(Disk::OWN, path, text, Allowed { replace, follow });
    done.map(drop).map_err(|why| NotSaved::Failed(words(&why)))
}

/// A path that begins with `~/`, in the person's home.
fn expanded(path: PathBuf) -> PathBuf {
    let rest = path.strip_prefix("~").map(Path::to_path_buf);
    match (rest, directories::UserDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => path,
    }
}

fn words(why: &files::FileError) -> String {
    format!("`{}` {}; {}", crate::text::shown(&why.path.to_string_lossy()), why.what, why.fix)
}

/// What to say when the folder was emptied.
const NO_FOLDER: &str = "no folder is given: Enter on the first line gives one";

fn look(folder: &Path, texts: &[(String, String)], follow: bool) -> Result<Vec<FileState>, String> {
    if folder.as_os_str().is_empty() {
        return Err(NO_FOLDER.to_owned());
    }
    let folder = expanded(folder.to_owned());
    let state = |(name, text): &(String, String)| match files::look(
        &folder.join(name),
        text,
        Allowed { replace: true, follow },
    ) {
        Ok(Written::New) => FileState::New,
        Ok(Written::Overwritten) => FileState::Overwrite,
        Ok(Written::Unchanged) => FileState::Unchanged,
        Err(why) if why.is_link => FileState::Link(why.what),
        Err(why) => FileState::Refused(why.what),
    };
    Ok(texts.iter().map(state).collect())
}

fn write(folder: &Path, texts: &[(String, String)], follow: bool) -> Result<Vec<FileState>, String> {
    let written = files::write_folder(
        Disk::OWN,
        &expanded(folder.to_owned()),
        texts,
        Allowed { replace: true, follow },
    )
    .map_err(|why| words(&why))?;
    let state = |written: Written| match written {
        Written::New => FileState::New,
        Written::Overwritten => FileState::Overwrite,
        Written::Unchanged => FileState::Unchanged,
    };
    Ok(written.into_iter().map(state).collect())
}
