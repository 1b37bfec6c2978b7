//! The arguments, as clap reads them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  bedrock-policy
  bedrock-policy bot.json --theme mono
  bedrock-policy --plain
  bedrock-policy list
  bedrock-policy build --region us-east-1 --account 123456789012 \\
      --set flow-node/prompt.model=amazon.nova-lite-v1:0
  bedrock-policy explain bedrock:Converse

Exit codes: 0 clean, 1 findings of severity error, 2 wrong usage, 3 input or output failed; with
--plain also when the answers end before the blueprint is saved.";

const BUILD_EXAMPLES: &str = "\
Examples:
  A flow that asks a knowledge base and stores the answer, as files:
    bedrock-policy build --region us-east-1 --account 123456789012 \\
        --set flow-node/knowledge-base.knowledge-base=KB12345678 \\
        --set flow-node/knowledge-base.model=us.amazon.nova-lite-v1:0 \\
        --set flow-node/s3-storage.bucket=my-flow-results \\
        --out policies --save flow.json

  Two prompts on two models: the first parameter again starts a second instance.
    bedrock-policy build --region eu-west-1 --account 123456789012 \\
        --set flow-node/prompt.model=amazon.nova-lite-v1:0 \\
        --set flow-node/prompt.model=amazon.nova-pro-v1:0

  The same blueprint again, with the person who builds the flow:
    bedrock-policy build flow.json --tick people/author-flows \\
        --set author.principal=role/FlowAuthor --save flow.json

  Only the role's permissions, to be piped on:
    bedrock-policy build flow.json --document flow-role";

/// Builds exact, least-privilege IAM policies for Amazon Bedrock, with the reason for every line.
#[derive(Debug, Parser)]
#[command(
    name = "bedrock-policy",
    version,
    after_help = EXAMPLES,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = true,
    max_term_width = 100
)]
pub struct Arguments {
    /// What to do; the screen when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What the screen begins with.
    #[command(flatten)]
    pub screen: Screen,
}

/// Arguments of the screen.
#[derive(Debug, Args)]
pub struct Screen {
    /// A blueprint to open on the screen; one that is called like a command as ./NAME
    #[arg(value_name = "BLUEPRINT")]
    pub blueprint: Option<PathBuf>,
    /// The screen's looks
    #[arg(long, value_name = "THEME", value_enum)]
    pub theme: Option<ThemeName>,
    /// Draw with ASCII signs only
    #[arg(long)]
    pub ascii: bool,
    /// Take the mouse: clicks put focus and caret and tick boxes, the wheel scrolls
    #[arg(long)]
    pub mouse: bool,
    /// Ask by plain lines: for screen readers, terminals without a cursor, pipes
    #[arg(long)]
    pub plain: bool,
}

/// The themes by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeName {
    /// The terminal's own sixteen colours
    Terminal,
    /// No colours
    Mono,
    /// Strong colours
    Contrast,
    /// Safe for eyes that mix up red and green
    BlueOrange,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Keeps a copied text in the desktop's clipboard after the screen has closed
    #[command(name = "hold-clipboard", hide = true)]
    HoldClipboard,
    /// Build the policies that a blueprint or the ticks given here need
    #[command(after_help = BUILD_EXAMPLES)]
    Build(Box<Build>),
    /// List what there is: capabilities, documents, messages, kinds of value, IAM actions
    List(List),
    /// Explain a message's code, a capability or an IAM action
    #[command(
        after_help = "Examples:\n  bedrock-policy explain hole\n  bedrock-policy explain flow-node/agent\n  bedrock-policy explain bedrock:InvokeModel"
    )]
    Explain {
        /// A code such as hole, a capability such as flow-node/agent, or an IAM action
        #[arg(value_name = "CODE|CAPABILITY|IAM-ACTION")]
        what: String,
    },
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  bedrock-policy completions bash > ~/.local/share/bash-completion/completions/bedrock-policy"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a manual page
    #[command(
        after_help = "Examples:\n  bedrock-policy man > bedrock-policy.1\n  bedrock-policy man build > bedrock-policy-build.1"
    )]
    Man {
        /// The command whose page it is to be; the program's own when not given
        #[arg(value_parser = ["build", "list", "explain", "completions", "man"])]
        command: Option<String>,
    },
}

/// Arguments of `build`.
#[derive(Debug, Default, Args)]
pub struct Build {
    /// A blueprint saved before; - reads standard input
    pub blueprint: Option<PathBuf>,
    /// The partition; that of the Region when not given
    #[arg(long, value_name = "P")]
    pub partition: Option<String>,
    /// The Region
    #[arg(long, value_name = "R")]
    pub region: Option<String>,
    /// The account, twelve digits
    #[arg(long, value_name = "A")]
    pub account: Option<String>,
    /// Tick a capability
    #[arg(long, value_name = "CAPABILITY")]
    pub tick: Vec<String>,
    /// Give a value: CAPABILITY.PARAMETER=VALUE, CAPABILITY@NAME.PARAMETER=VALUE, SUBJECT.PARAMETER=VALUE
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// What `aws bedrock get-inference-profile` printed: the Regions a profile routes to
    #[arg(long, value_name = "FILE")]
    pub profile_response: Vec<PathBuf>,
    /// Print this document only
    #[arg(long, value_name = "NAME", conflicts_with_all = ["out", "json"])]
    pub document: Option<String>,
    /// Write the documents and the runbook into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    pub out: Option<PathBuf>,
    /// Overwrite files that differ
    #[arg(long)]
    pub force: bool,
    /// Write through symbolic links to their targets
    #[arg(long)]
    pub follow_links: bool,
    /// Count values that are missing as warnings
    #[arg(long)]
    pub allow_holes: bool,
    /// Write files although there are errors
    #[arg(long)]
    pub allow_errors: bool,
    /// Print everything as JSON
    #[arg(long)]
    pub json: bool,
    /// Save the blueprint
    #[arg(long, value_name = "BLUEPRINT")]
    pub save: Option<PathBuf>,
}

/// Arguments of `list`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  bedrock-policy list\n  bedrock-policy list actions --json")]
pub struct List {
    /// What to list
    #[arg(value_enum, default_value = "capabilities")]
    pub what: Listed,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// What can be ticked
    Capabilities,
    /// The documents that can be composed
    Documents,
    /// The findings that can be raised
    Messages,
    /// The kinds of value
    Kinds,
    /// The IAM actions of the reference
    Actions,
}
