//! Keys, pastes and sizes into the screen, and drawing it.
//!
//! The first two bytes are the size. Each other byte is a key, but for four: 0xfc is the mouse (what it
//! does, column and row follow), 0xfd begins a paste (its length follows), 0xfe a change of size (two
//! bytes), 0xff lets the shell refuse the next thing asked. Sizes are held small, so that many inputs can
//! be tried; large ones are drawn by `tests/sizes.rs`.
//! Files that are read have the text behind the first 0x00 0x00.

use bedrock_policy::app::key::{Code, Key};
use bedrock_policy::app::layout::areas;
use bedrock_policy::app::mouse::Deed;
use bedrock_policy::app::update::update;
use bedrock_policy::app::{Effect, FileState, Model, Msg, NotSaved, Route, World};
use bedrock_policy::catalog::Catalog;
use bedrock_policy::text::visible;
use bedrock_policy::ui::draw_spots;
use bedrock_policy::ui::pen::{Spots, spot_at};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// More keys than this are not pressed: a long way to a fault is found by a short one too.
const MOST: usize = 10;

/// The largest columns and rows.
const LARGEST: (u16, u16) = (130, 44);

const NAMED: [Code; 14] = [
    Code::Enter,
    Code::Esc,
    Code::Tab,
    Code::Backspace,
    Code::Delete,
    Code::Up,
    Code::Down,
    Code::Left,
    Code::Right,
    Code::Home,
    Code::End,
    Code::PageUp,
    Code::PageDown,
    Code::Other,
];

struct Shell<'d> {
    refuses: bool,
    file: &'d [u8],
}

/// Takes any bytes; panics when something that must hold does not.
pub(crate) fn run(data: &[u8]) {
    let (keys, file) = match data.windows(2).position(|pair| pair == [0, 0]) {
        Some(at) => (&data[..at], &data[at + 2..]),
        None => (data, &[][..]),
    };
    let mut bytes = keys.iter().copied();
    let size = |bytes: &mut dyn Iterator<Item = u8>| {
        let mut side = |usual: u8, most: u16| u16::from(bytes.next().unwrap_or(usual)) % (most + 1);
        (side(80, LARGEST.0), side(24, LARGEST.1))
    };
    let start = size(&mut bytes);
    let mut model = Model::new(Catalog::builtin(), start, World::default());
    let mut shell = Shell { refuses: false, file };
    for _ in 0..MOST {
        let Some(byte) = bytes.next() else { break };
        let msg = match byte {
            0xfd => {
                let length = usize::from(bytes.next().unwrap_or(0));
                let text: Vec<u8> = bytes.by_ref().take(length).collect();
                Msg::Paste(String::from_utf8_lossy(&text).into_owned())
            }
            0xfe => {
                let (width, height) = size(&mut bytes);
                Msg::Resize(width, height)
            }
            0xfc => {
                let deeds = [Deed::Click, Deed::WheelDown, Deed::WheelUp];
                let deed = deeds[usize::from(bytes.next().unwrap_or(0)) % deeds.len()];
                let (x, y) = size(&mut bytes);
                match spot_at(&drawn(&model), x, y) {
                    Some(spot) => Msg::Mouse(deed, spot),
                    None => continue,
                }
            }
            0xff => {
                shell.refuses = true;
                continue;
            }
            byte => Msg::Key(key(byte)),
        };
        let resized = matches!(msg, Msg::Resize(..));
        if !send(&mut model, &mut shell, msg) {
            break;
        }
        if resized {
            drop(drawn(&model));
        }
    }
    drop(drawn(&model));
}

/// ASCII is typed, with control keys where it has them; the rest are named keys, and a few letters from
/// afar.
fn key(byte: u8) -> Key {
    let plain = |code| Key { code, ctrl: false, alt: false, shift: false };
    match byte {
        0x20..=0x7e => plain(Code::Char(char::from(byte))),
        0x00..=0x1a => Key { ctrl: true, ..plain(Code::Char(char::from(byte.max(1) + 0x60))) },
        0x80..=0x8d => plain(NAMED[usize::from(byte - 0x80)]),
        0x90..=0x9d => Key { shift: true, ..plain(NAMED[usize::from(byte - 0x90)]) },
        0xa0..=0xad => Key { alt: true, ..plain(NAMED[usize::from(byte - 0xa0)]) },
        0xb0..=0xbd => Key { ctrl: true, ..plain(NAMED[usize::from(byte - 0xb0)]) },
        0xc0 => plain(Code::Char('\u{202e}')),
        0xc1 => plain(Code::Char('\u{301}')),
        0xc2 => plain(Code::Char('日')),
        0xc3 => plain(Code::Char('\u{9b}')),
        0xc4 => plain(Code::Char('а')),
        byte => plain(Code::Char(char::from(byte))),
    }
}

/// Sends a message and the shell's answers; false when the program ends.
fn send(model: &mut Model, shell: &mut Shell<'_>, msg: Msg) -> bool {
    let mut effects = update(model, msg);
    for _ in 0..8 {
        let mut answers = Vec::new();
        for effect in std::mem::take(&mut effects) {
            if matches!(effect, Effect::Quit | Effect::Leave) {
                return false;
            }
            answers.extend(answer(shell, effect));
        }
        effects = answers.into_iter().flat_map(|answer| update(model, answer)).collect();
        if effects.is_empty() {
            return true;
        }
    }
    panic!("the screen and the shell talk without end");
}

fn answer(shell: &mut Shell<'_>, effect: Effect) -> Option<Msg> {
    let refuses = std::mem::take(&mut shell.refuses);
    let why = || "the disk\u{1b}[31m says no".to_owned();
    let states = |count: usize| if refuses { Err(why()) } else { Ok(vec![FileState::New; count]) };
    Some(match effect {
        Effect::Quit | Effect::Leave | Effect::Suspend | Effect::Settings(_) | Effect::Forget(_) => {
            return None;
        }
        Effect::Copy(what, _) => Msg::Copied(what, if refuses { Route::Nowhere } else { Route::Clipboard }),
        Effect::Look(_, files, _) => Msg::Looked(states(files.len())),
        Effect::Write(_, files, _) => Msg::Wrote(states(files.len())),
        Effect::Save(path, ..) => Msg::Saved(path, if refuses { Err(NotSaved::Differs) } else { Ok(()) }),
        Effect::Read(purpose, path) => {
            let text = String::from_utf8_lossy(shell.file).into_owned();
            Msg::Read(purpose, path, if refuses { Err(why()) } else { Ok(text) })
        }
    })
}

/// Draws, and holds that no cell has anything hidden.
fn drawn(model: &Model) -> Spots {
    let (width, height) = model.size;
    let backend = TestBackend::new(width, height);
    let mut terminal = Terminal::new(backend).unwrap_or_else(|never| match never {});
    let mut spots = Spots::new();
    let frame = terminal.draw(|frame| spots = draw_spots(model, &areas(model), frame));
    let buffer = frame.unwrap_or_else(|never| match never {}).buffer;
    for cell in buffer.content() {
        assert_eq!(visible(cell.symbol()), cell.symbol(), "something hidden is drawn");
    }
    spots
}
