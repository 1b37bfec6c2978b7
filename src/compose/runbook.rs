//! The runbook: the steps that put the documents in place, in the order in which AWS needs them.
//!
//! Here belong steps and their commands by parts. Quoting and writing them is `export::shell`'s
//! work, so that no value ever becomes a command by being pasted into one.

use super::fill::{Frame, fill, plain};
use super::resolve::{Owner, Resolved};
use super::size::{Attachment, Entity};
use super::statement::{It, find_it};
use super::{Bundle, Document};
use crate::blueprint::Blueprint;
use crate::catalog::Catalog;
use crate::catalog::document::{CommandSpec, Phase, StepSpec};
use crate::catalog::template::Template;
use crate::policy::tree::{Node, Text};

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its place in the order.
    pub phase: Phase,
    /// What is done.
    pub title: String,
    /// How, in the console.
    pub console: String,
    /// How, on the command line; none for a step that is only looked at.
    pub command: Command,
    /// The document it puts in place.
    pub document: Option<String>,
}

/// A command by its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Nothing to run.
    None,
    /// Commands one after the other.
    Run(Vec<Vec<String>>),
    /// Reads the policy that is there, adds ours by Sid, shows the difference, puts it back.
    AddToPolicy {
        /// Prints the present policy.
        read: Vec<String>,
        /// The error that says there is none yet.
        absent: Option<String>,
        /// Puts a policy; the file's argument comes last.
        write: Vec<String>,
        /// Our file, with the statements to add.
        file: String,
        /// The name for the files made on the way.
        name: String,
    },
    /// Puts an inline policy, unless one of that name is there.
    PutInline {
        /// Role, user or group.
        entity: Entity,
        /// Its name.
        name: String,
        /// The policy's name.
        policy: String,
        /// Our file.
        file: String,
    },
    /// Creates a managed policy, which AWS refuses when one of that name is there, and attaches it.
    AttachManaged {
        /// Role, user or group.
        entity: Entity,
        /// Its name.
        name: String,
        /// The policy's name.
        policy: String,
        /// Its ARN once it is created.
        arn: String,
        /// Our file; none for a policy of AWS's own.
        file: Option<String>,
    },
    /// Adds statements to a function's policy, one command each.
    LambdaPermissions {
        /// The function's Region.
        region: String,
        /// Its name.
        function: String,
        /// The statements.
        statements: Vec<Node>,
    },
    /// Adds statements to a bot alias's policy, one command each.
    LexStatements {
        /// The bot's Region.
        region: String,
        /// The alias's ARN.
        resource: String,
        /// The statements.
        statements: Vec<Node>,
    },
}

/// What is different for a policy that is too large to be inline.
const TOO_LARGE: &str = " It is too large to be inline with the others: create it as a managed policy and attach \
                         that. If an inline policy of this name is there from before, delete it afterwards.";

/// The steps that put a blueprint's bundle in place, in order.
#[must_use]
pub fn steps(catalog: &Catalog, blueprint: &Blueprint, bundle: &Bundle) -> Vec<Step> {
    let resolved = &Resolved::new(catalog, blueprint);
    let mut out = Vec::new();
    before(resolved, &mut out);
    for one in &bundle.documents {
        let Some(spec) = catalog.document_at(one.spec) else { continue };
        let it = one.of.as_ref().and_then(|(at, parameter)| find_it(resolved, &It { at: *at, parameter }));
        let names = [("name", one.name.as_str()), ("file", one.file.as_str())];
        let frame = Frame { it, names: &names, ..Frame::default() };
        for step in &spec.steps {
            out.extend(self::step(resolved, step, &frame, None, Some(one)));
        }
    }
    let mut shown: Vec<&str> = Vec::new();
    for one in &resolved.uses {
        if shown.contains(&one.capability.id.as_str()) {
            continue;
        }
        shown.push(&one.capability.id);
        let frame = Frame { own: Some(&one.owner), ..Frame::default() };
        for step in &one.capability.steps {
            out.extend(self::step(resolved, step, &frame, Some(&one.owner), None));
        }
        for attachment in &one.capability.attaches {
            out.extend(aws_policy(resolved, &attachment.policy, &attachment.to));
        }
    }
    out.sort_by_key(|step| step.phase);
    out
}

/// What must exist before anything else, each thing once.
fn before(resolved: &Resolved<'_>, out: &mut Vec<Step>) {
    let mut things: Vec<&str> = Vec::new();
    for thing in resolved.uses.iter().flat_map(|one| &one.capability.before) {
        if !things.contains(&thing.as_str()) {
            things.push(thing);
        }
    }
    if !things.is_empty() {
        out.push(Step {
            phase: Phase::Prepare,
            title: "Before you begin, have these ready".into(),
            console: things.iter().map(|thing| format!("- {thing}")).collect::<Vec<_>>().join("\n"),
            command: Command::None,
            document: None,
        });
    }
}

fn step<'a>(
    resolved: &Resolved<'a>,
    spec: &'a StepSpec,
    frame: &Frame<'_, 'a>,
    own: Option<&Owner<'a>>,
    built: Option<&Document>,
) -> Option<Step> {
    let excluded = |id: &String| resolved.uses.iter().any(|one| one.capability.id == *id);
    if spec.unless.as_ref().is_some_and(excluded) || !resolved.when(&spec.when, own, None) {
        return None;
    }
    let mut command = command(resolved, &spec.command, frame, built)?;
    if let (Command::Run(lines), Some(id)) = (&mut command, &spec.id)
        && let Some(line) = lines.first_mut()
    {
        line.extend(added_arguments(resolved, id));
    }
    let mut console = plain(resolved, &spec.console, frame)?.into_owned();
    let attachment = built.and_then(|built| built.attachment.as_ref());
    if spec.attaches && attachment.is_some_and(|attachment| !attachment.inline) {
        console.push_str(TOO_LARGE);
    }
    Some(Step {
        phase: spec.phase,
        title: plain(resolved, &spec.title, frame)?.into_owned(),
        console,
        command,
        document: built.filter(|_| spec.attaches).map(|built| built.name.clone()),
    })
}

/// The arguments that ticked capabilities add to a step.
fn added_arguments(resolved: &Resolved<'_>, step: &str) -> Vec<String> {
    let mut out = Vec::new();
    for one in &resolved.uses {
        let frame = Frame { own: Some(&one.owner), ..Frame::default() };
        for arguments in one.capability.arguments.iter().filter(|arguments| arguments.step == step) {
            out.extend(argv(resolved, &arguments.add, &frame));
        }
    }
    out
}

fn argv<'a>(resolved: &Resolved<'a>, templates: &'a [Template], frame: &Frame<'_, 'a>) -> Vec<String> {
    let mut out = Vec::with_capacity(templates.len());
    for template in templates {
        match template.plain() {
            Some(text) => out.push(text.to_owned()),
            None => out
                .extend(fill(resolved, template, frame).into_iter().map(|filled| filled.text.into_string())),
        }
    }
    out.retain(|text| !text.is_empty());
    out
}

fn command<'a>(
    resolved: &Resolved<'a>,
    spec: &'a CommandSpec,
    frame: &Frame<'_, 'a>,
    built: Option<&Document>,
) -> Option<Command> {
    let args = |templates: &'a [Template]| argv(resolved, templates, frame);
    let it = |facet: &str| {
        let (owner, parameter, given) = frame.it?;
        resolved.facet(owner, parameter, [given], Some(facet)).into_iter().next().map(Text::into_string)
    };
    let statements = || {
        let root = built.map(|built| &built.root)?;
        Some(root.get("Statement")?.items().to_vec())
    };
    Some(match spec {
        CommandSpec::Run(templates) => Command::Run(vec![args(templates)]),
        CommandSpec::Runs(lines) => Command::Run(lines.iter().map(|line| args(line)).collect()),
        CommandSpec::AddToPolicy { read, absent, write } => {
            let document = built?;
            Command::AddToPolicy {
                read: args(read),
                absent: absent.clone(),
                write: args(write),
                file: document.file.clone(),
                name: document.name.clone(),
            }
        }
        CommandSpec::AttachIdentity => attach(resolved, built?),
        CommandSpec::LambdaPermissions => Command::LambdaPermissions {
            region: it("region")?,
            function: it("name")?,
            statements: statements()?,
        },
        CommandSpec::LexStatements => {
            Command::LexStatements { region: it("region")?, resource: it("arn")?, statements: statements()? }
        }
    })
}

fn attach(resolved: &Resolved<'_>, built: &Document) -> Command {
    let document = built;
    let Some(Attachment { entity, name, inline, .. }) = document.attachment.clone() else {
        return Command::None;
    };
    let (policy, file) = (document.name.clone(), document.file.clone());
    if inline {
        return Command::PutInline { entity, name, policy, file };
    }
    let context = resolved.context();
    // Managed policies share one name space in the account, so the name says whose it is.
    let policy: String = format!("{name}-{policy}").chars().take(128).collect();
    let arn = format!(
        "arn:{}:iam::{}:policy/{policy}",
        context.partition.text().as_str(),
        context.account.text().as_str()
    );
    Command::AttachManaged { entity, name, policy, arn, file: Some(file) }
}

/// The step that attaches one of AWS's own policies.
fn aws_policy(resolved: &Resolved<'_>, policy: &str, subject: &str) -> Option<Step> {
    let found = resolved.catalog.reference().managed_policy(policy)?;
    let owner = resolved.subject(subject)?;
    let first = owner.parameters.first()?;
    let (parameter, state) = owner.find(first.name)?;
    let facet = |facet| {
        let givens = Resolved::givens(state, parameter, false);
        resolved.facet(owner, parameter, givens, Some(facet)).into_iter().next().map(Text::into_string)
    };
    let (kind, name) = (facet("kind")?, facet("name")?);
    let entity = match kind.as_str() {
        "user" => Entity::User,
        "group" => Entity::Group,
        _ => Entity::Role,
    };
    let partition = resolved.context().partition.text();
    Some(Step {
        phase: Phase::People,
        title: format!("Attach AWS's own policy {policy} to the {kind} {name}"),
        console: format!(
            "IAM, the {kind} {name}, Add permissions, Attach policies directly: {policy} (here as of {}, {}; AWS can change it at any time).",
            found.version, found.date
        ),
        command: Command::AttachManaged {
            entity,
            name,
            policy: policy.to_owned(),
            arn: found.arn.replacen("arn:aws:", &format!("arn:{}:", partition.as_str()), 1),
            file: None,
        },
        document: None,
    })
}
