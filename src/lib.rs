//! `bedrock-policy` builds exact IAM policies for Amazon Bedrock from ticks.
//!
//! The way through the crate: a [`blueprint`] says what is wanted, [`compose`] makes the documents,
//! [`lint`] judges them, [`export`] writes them down. [`catalog`] holds everything the program knows,
//! as data. `ARCHITECTURE.md` has the whole picture.

pub mod blueprint;
pub mod catalog;
pub mod compose;
pub mod policy;
pub mod text;
