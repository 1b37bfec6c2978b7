//! What the system tells about a process: its processor time and how often it was switched.
#![allow(dead_code, reason = "each user takes its own part")]
#![allow(unreachable_pub, reason = "it is the same file in every user")]
#![allow(clippy::unwrap_used, reason = "a surprise should stop the test")]

use std::fs;
use std::path::Path;
use std::time::Duration;

/// True where processes have files that tell about them.
pub fn is_told() -> bool {
    Path::new("/proc/self/task").exists()
}

/// How often the process's threads were taken off a processor: because they waited, or to make room.
pub fn switches(process: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let count = |text: String| -> u64 {
        let lines = text.lines().filter(|line| line.contains("voluntary_ctxt_switches"));
        lines.filter_map(|line| line.rsplit('\t').next()?.parse::<u64>().ok()).sum()
    };
    threads.map(|thread| count(fs::read_to_string(thread.unwrap().path().join("status")).unwrap())).sum()
}

/// The processor time that a process took until now; none once it is gone.
pub fn time(process: u32) -> Option<Duration> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(") ")?;
    let ticks: u64 = rest.split(' ').skip(11).take(2).filter_map(|part| part.parse::<u64>().ok()).sum();
    // A tick is a hundredth of a second for whoever reads these files.
    Some(Duration::from_millis(ticks * 10))
}
