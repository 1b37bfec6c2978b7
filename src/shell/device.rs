//! The terminal as a file: written to with patience, but not for ever.
//!
//! A terminal may stop taking what is written: a connection that hangs, somebody who holds the output. A
//! plain write would then keep the program from ending, whatever signal comes. So the device is opened
//! for itself and does not block: who writes waits until there is room, or until the end is overdue.

use std::fs::File;
use std::io::{self, Write};

/// The terminal itself, whatever standard output is.
#[derive(Debug)]
pub struct Device(File);

#[cfg(unix)]
impl Device {
    /// Opens it.
    pub(super) fn open() -> io::Result<Self> {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        Ok(Self(open("/dev/tty", flags, Mode::empty())?.into()))
    }

    /// True when keys come one by one. While the program was stopped from outside, somebody else may
    /// have changed that.
    pub(super) fn is_raw(&self) -> bool {
        let modes = rustix::termios::tcgetattr(&self.0);
        modes.is_ok_and(|modes| !modes.local_modes.contains(rustix::termios::LocalModes::ICANON))
    }

    /// Writes at last: what the terminal did not take by now is dropped.
    pub(super) fn write_last(&mut self, bytes: &[u8]) {
        if self.write_all(bytes).is_err() {
            let _ = rustix::termios::tcflush(&self.0, rustix::termios::QueueSelector::OFlush);
            let _ = self.write_all(bytes);
        }
    }

    /// Waits until there is room.
    fn wait(&self) -> io::Result<()> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let moment = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };
        let mut watched = [PollFd::new(&self.0, PollFlags::OUT)];
        match poll(&mut watched, Some(&moment)) {
            Ok(0) | Err(rustix::io::Errno::INTR) if super::input::is_overdue() => {
                Err(io::Error::new(io::ErrorKind::TimedOut, "the terminal takes nothing any more"))
            }
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(why) => Err(why.into()),
        }
    }
}

#[cfg(not(unix))]
impl Device {
    /// Opens it.
    pub(super) fn open() -> io::Result<Self> {
        File::options().read(true).write(true).open("CONOUT$").map(Self)
    }

    /// True when keys come one by one.
    pub(super) fn is_raw(&self) -> bool {
        true
    }

    /// Writes at last.
    pub(super) fn write_last(&mut self, bytes: &[u8]) {
        let _ = self.write_all(bytes);
    }

    fn wait(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Device {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.0.write(bytes) {
                Err(why) if why.kind() == io::ErrorKind::WouldBlock => self.wait()?,
                done => return done,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
