//! What people expect of a terminal program, point by point: each test is named after its point.
//! A point without a test here is held where it belongs: in a pseudo-terminal, in `shell`, in `cli`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "support/looks.rs"]
mod looks;
#[path = "support/screen.rs"]
mod screen;
#[path = "support/states.rs"]
mod states;

#[path = "checklist/choosing.rs"]
mod choosing;
#[path = "checklist/citizen.rs"]
mod citizen;
#[path = "checklist/kept.rs"]
mod kept;
#[path = "checklist/mouse.rs"]
mod mouse;
#[path = "checklist/moving.rs"]
mod moving;
#[path = "checklist/orientation.rs"]
mod orientation;
#[path = "checklist/preview.rs"]
mod preview;
#[path = "checklist/safety.rs"]
mod safety;
#[path = "checklist/sizes.rs"]
mod sizes;
#[path = "checklist/values.rs"]
mod values;
