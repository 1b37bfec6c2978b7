//! Writing files so that each is the old one or the new one at any moment.
//!
//! A text goes to a temporary file in the same folder, is synced, gets its name by a rename, and the
//! folder is synced. Each of these steps is announced to the [`Disk`] before it is taken, so that a
//! test can let any of them fail.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::{FileError, error, words};

/// One step of writing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The folder is made.
    MakeFolder,
    /// What is at the path is looked at.
    Look,
    /// The temporary file is made.
    Create,
    /// The text is written into it.
    Write,
    /// It is synced.
    Sync,
    /// It gets its name.
    Rename,
    /// The folder is synced.
    SyncFolder,
}

/// The disk that is written to.
#[derive(Clone, Copy)]
pub struct Disk<'a> {
    before: Option<&'a dyn Fn(Step) -> io::Result<()>>,
}

impl std::fmt::Debug for Disk<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Disk").field("is_faulty", &self.before.is_some()).finish()
    }
}

impl<'a> Disk<'a> {
    /// The machine's own.
    pub const OWN: Self = Self { before: None };

    /// A disk that fails where `before` says so.
    pub fn faulty(before: &'a dyn Fn(Step) -> io::Result<()>) -> Self {
        Self { before: Some(before) }
    }

    fn before(self, step: Step) -> io::Result<()> {
        self.before.map_or(Ok(()), |before| before(step))
    }
}

/// What a write may do to what is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Replace another text.
    pub replace: bool,
    /// Write through a symbolic link to its target.
    pub follow: bool,
}

impl Allowed {
    /// Replacing, but through no link.
    pub const REPLACE: Self = Self { replace: true, follow: false };
}

/// What writing a file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was not there before.
    New,
    /// It replaced another text.
    Overwritten,
    /// It was there already, the same.
    Unchanged,
}

impl Written {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Overwritten => "overwritten",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What is at a path before a text is written there. A different file is refused unless it may be
/// replaced, a symbolic link unless it may be followed, what is no file always.
pub fn look(path: &Path, text: &str, allowed: Allowed) -> Result<Written, FileError> {
    look_on(Disk::OWN, path, text, allowed).map(|(written, _)| written)
}

/// [`look`], with the path that would be written to: the target of a link that is followed.
fn look_on(
    disk: Disk<'_>,
    path: &Path,
    text: &str,
    allowed: Allowed,
) -> Result<(Written, PathBuf), FileError> {
    let failed = |why: &io::Error| error(path, words(why), "check the path and its permissions");
    disk.before(Step::Look).map_err(|why| failed(&why))?;
    let target = match fs::symlink_metadata(path) {
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok((Written::New, path.to_owned())),
        Err(why) => return Err(failed(&why)),
        Ok(found) if found.is_symlink() => behind(path, allowed)?,
        Ok(_) => path.to_owned(),
    };
    let found = fs::metadata(&target).map_err(|why| failed(&why))?;
    if !found.is_file() {
        return Err(error(path, "is there and no file", "choose another name"));
    }
    let same = found.len() == text.len() as u64 && fs::read(&target).is_ok_and(|old| old == text.as_bytes());
    match (same, allowed.replace) {
        (true, _) => Ok((Written::Unchanged, target)),
        (false, true) => Ok((Written::Overwritten, target)),
        (false, false) => Err(error(
            path,
            "is there already and differs",
            "add --force to overwrite it, or choose another place",
        )),
    }
}

/// The file behind a symbolic link, where it may be written to.
fn behind(path: &Path, allowed: Allowed) -> Result<PathBuf, FileError> {
    let target = fs::canonicalize(path);
    let named = fs::read_link(path).unwrap_or_default();
    let named = crate::text::shown(&named.to_string_lossy());
    match target {
        Err(_) => Err(error(
            path,
            format!("is a symbolic link to `{named}`, which cannot be reached"),
            "mend the link, or choose another name",
        )),
        Ok(target) if allowed.follow => Ok(target),
        Ok(_) => Err(FileError {
            is_link: true,
            ..error(
                path,
                format!("is a symbolic link to `{named}`, which is not followed"),
                "add --follow-links to write to its target, or choose another name",
            )
        }),
    }
}

/// Writes a text so that the path holds the old text or the new one at any moment. The mode of a file
/// that is there is kept.
pub fn write_text(disk: Disk<'_>, path: &Path, text: &str, allowed: Allowed) -> Result<Written, FileError> {
    let (found, target) = look_on(disk, path, text, allowed)?;
    if found != Written::Unchanged {
        let staged = stage(disk, &target, text, Mode::Kept)?;
        put(disk, staged, &target)?;
        sync_folder(disk, folder_of(&target))?;
    }
    Ok(found)
}

/// Writes a file of the program's own, which nobody else may read, into a folder that is made for it.
pub fn write_state(disk: Disk<'_>, path: &Path, text: &str) -> Result<(), FileError> {
    let folder = folder_of(path);
    make_folder(disk, folder, Some(0o700))?;
    let staged = stage(disk, path, text, Mode::Own)?;
    put(disk, staged, path)?;
    sync_folder(disk, folder)
}

/// Writes several files into a folder, which is made if it is not there: all of them are looked at
/// and written under temporary names before the first gets its own.
pub fn write_folder(
    disk: Disk<'_>,
    folder: &Path,
    files: &[(String, String)],
    allowed: Allowed,
) -> Result<Vec<Written>, FileError> {
    make_folder(disk, folder, None)?;
    let mut found = Vec::with_capacity(files.len());
    for (name, text) in files {
        found.push(look_on(disk, &folder.join(name), text, allowed)?);
    }
    let mut staged = Vec::new();
    for ((_, text), (written, target)) in files.iter().zip(&found) {
        if *written != Written::Unchanged {
            staged.push((stage(disk, target, text, Mode::Kept)?, target));
        }
    }
    let is_any = !staged.is_empty();
    for (file, target) in staged {
        put(disk, file, target)?;
    }
    if is_any {
        sync_folder(disk, folder)?;
    }
    Ok(found.into_iter().map(|(written, _)| written).collect())
}

fn make_folder(disk: Disk<'_>, folder: &Path, mode: Option<u32>) -> Result<(), FileError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if let Some(mode) = mode {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    disk.before(Step::MakeFolder)
        .and_then(|()| builder.create(folder))
        .map_err(|why| error(folder, words(&why), "choose a folder that can be written to"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Who may use a file that is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// As it is with the file that is there; for a new one as with any text.
    Kept,
    /// Its owner alone.
    Own,
}

/// A synced temporary file beside the path.
fn stage(disk: Disk<'_>, path: &Path, text: &str, mode: Mode) -> Result<tempfile::NamedTempFile, FileError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".bedrock-policy-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let new = if mode == Mode::Own { 0o600 } else { 0o644 };
        builder.permissions(fs::Permissions::from_mode(new));
    }
    let write = || {
        disk.before(Step::Create)?;
        let mut file = builder.tempfile_in(folder_of(path))?;
        // Given once more: what the umask takes from a new file it must not take from an old one.
        if let (Mode::Kept, Ok(old)) = (mode, fs::metadata(path)) {
            file.as_file().set_permissions(old.permissions())?;
        }
        let (half, rest) = text.as_bytes().split_at(text.len() / 2);
        file.write_all(half)?;
        disk.before(Step::Write)?;
        file.write_all(rest)?;
        disk.before(Step::Sync)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    write().map_err(|why: io::Error| {
        error(path, words(&why), "check the folder, its permissions and the space left")
    })
}

fn put(disk: Disk<'_>, file: tempfile::NamedTempFile, path: &Path) -> Result<(), FileError> {
    disk.before(Step::Rename)
        .and_then(|()| file.persist(path).map(drop).map_err(|why| why.error))
        .map_err(|why| error(path, words(&why), "check the folder and its permissions"))
}

/// Makes the renames last. A system that cannot sync folders is no reason to fail.
fn sync_folder(disk: Disk<'_>, folder: &Path) -> Result<(), FileError> {
    let sync = || {
        disk.before(Step::SyncFolder)?;
        match File::open(folder) {
            Ok(handle) => handle.sync_all(),
            Err(_) => Ok(()),
        }
    };
    match sync() {
        Err(why) if !matches!(why.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => Err(error(
            folder,
            format!("what was written is there, but may not outlast a power cut: {}", words(&why)),
            "write it once more, or to another disk",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: Allowed = Allowed { replace: false, follow: false };

    #[test]
    fn a_file_is_new_unchanged_refused_or_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let write = |text, allowed| write_text(Disk::OWN, &path, text, allowed);
        assert_eq!(write("one", NEVER), Ok(Written::New));
        assert_eq!(write("one", NEVER), Ok(Written::Unchanged));
        assert!(write("two", NEVER).unwrap_err().fix.contains("--force"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(write("two", Allowed::REPLACE), Ok(Written::Overwritten));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a temporary file is left");
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "other").unwrap();
        let files = [("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())];
        assert!(write_folder(Disk::OWN, folder.path(), &files, NEVER).is_err());
        assert!(!folder.path().join("a").exists());
        assert_eq!(
            write_folder(Disk::OWN, folder.path(), &files, Allowed::REPLACE),
            Ok(vec![Written::New, Written::Overwritten])
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_when_told_and_modes_are_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "x").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o666)).unwrap();
        symlink(&target, &link).unwrap();
        let write = |path: &Path, allowed| write_text(Disk::OWN, path, "y", allowed);
        assert!(write(&link, Allowed::REPLACE).unwrap_err().what.contains("symbolic link"));
        assert_eq!(fs::read_to_string(&target).unwrap(), "x");
        assert!(write(folder.path(), Allowed::REPLACE).is_err());
        let follow = Allowed { replace: true, follow: true };
        assert_eq!(write(&link, follow), Ok(Written::Overwritten));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "the link itself stays");
        assert_eq!((fs::read_to_string(&target).unwrap().as_str(), mode(&target)), ("y", 0o666));
        fs::remove_file(&target).unwrap();
        assert!(write(&link, follow).unwrap_err().what.contains("cannot be reached"));
        let state = folder.path().join("state/draft");
        write_state(Disk::OWN, &state, "z").unwrap();
        assert_eq!((mode(&state), mode(state.parent().unwrap())), (0o600, 0o700));
    }
}
