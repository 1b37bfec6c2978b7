//! `bedrock-policy` builds exact IAM policies for Amazon Bedrock from ticks.
//!
//! The way through the crate: a [`blueprint`] says what is wanted, [`compose`] makes the documents,
//! [`lint`] judges them, [`export`] writes them down. [`catalog`] holds everything the program knows,
//! as data. `ARCHITECTURE.md` has the whole picture.

pub mod access;
pub mod app;
pub mod blueprint;
pub mod catalog;
pub mod cli;
pub mod compose;
pub mod export;
pub mod import;
pub mod lint;
pub mod plain;
pub mod policy;
pub mod shell;
pub mod text;
pub mod ui;
