//! `explain`: a code, a capability or an IAM action in words.

use std::fmt::Write as _;

use super::list::documents_of;
use super::{Exit, Output};
use crate::catalog::Catalog;
use crate::catalog::api_names::meant_by;
use crate::catalog::capability::{Capability, Certainty};
use crate::catalog::messages::Message;
use crate::catalog::reference::{Action, Service};
use crate::catalog::template::Piece;
use crate::text::{nearest, shown_exact, wrapped_lines};

/// Runs `explain`.
pub(super) fn run(what: &str, output: &mut Output<'_>) -> Exit {
    let catalog = Catalog::builtin();
    if let Some(message) = catalog.message(what) {
        output.result(&code(message));
    } else if let Some(found) = catalog.capability(what) {
        output.result(&capability(catalog, found));
    } else if let Some((service, name, found)) = catalog.reference().action(what) {
        output.result(&action(catalog, service, name, found));
    } else if let Some(meant) = meant_by(what) {
        let found = catalog.reference().action(&meant);
        let rest =
            found.map(|(service, name, found)| action(catalog, service, name, found)).unwrap_or_default();
        output.result(&format!(
            "{} is no IAM action. {meant} authorises the call.\n\n{rest}",
            shown_exact(what)
        ));
    } else {
        return unknown(catalog, what, output);
    }
    Exit::Clean
}

fn unknown(catalog: &Catalog, what: &str, output: &mut Output<'_>) -> Exit {
    let problem = format!("`{}` is no code, capability or IAM action that is known here", shown_exact(what));
    if let Some((prefix, name)) = what.split_once(':') {
        let like = catalog.reference().service(prefix).and_then(|service| {
            nearest(name, service.action_names())
                .map(|like| format!("did you mean {}:{like}?", service.prefix))
        });
        let known: Vec<&str> = catalog.reference().services().map(|service| service.prefix).collect();
        let fix = like.unwrap_or_else(|| format!("the reference here has the services {}", known.join(", ")));
        return output.usage(&problem, &fix);
    }
    let codes = catalog.messages().map(|message| message.code.as_str());
    let ids = catalog.capabilities().map(|capability| capability.id.as_str());
    let like = nearest(what, codes.chain(ids));
    let fix = like
        .map_or("`bedrock-policy list` shows capabilities, `list messages` codes".to_owned(), |like| {
            format!("did you mean {like}?")
        });
    output.usage(&problem, &fix)
}

fn code(message: &Message) -> String {
    // Where a finding puts a detail, the explanation names it.
    let named = |words: &str| words.replace('{', "<").replace('}', ">");
    let mut out = format!(
        "{} ({})\n\n{}\n\nWhy: {}\nFix: {}\n",
        message.code,
        message.severity.word(),
        named(&message.title),
        message.why,
        named(&message.fix)
    );
    if let Some(analyzer) = &message.analyzer {
        let _ = writeln!(out, "IAM Access Analyzer calls it {analyzer}.");
    }
    out = wrapped_lines(&out);
    for (title, example) in [("Raised by", &message.bad), ("Not raised by", &message.good)] {
        let root = crate::policy::parse::parse(example.get()).root;
        let laid_out = root.map(|root| crate::policy::print::pretty(&root)).unwrap_or_default();
        let _ = write!(out, "\n{title}:\n{laid_out}");
    }
    out
}

fn capability(catalog: &Catalog, capability: &Capability) -> String {
    let mut out =
        format!("{}: {}\n{}\n\n{}\n", capability.id, capability.title, capability.help, capability.teach);
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = write!(
                out,
                "\n{title}\n{}",
                lines.iter().flat_map(|line| ["- ", line, "\n"]).collect::<String>()
            );
        }
    };
    section("Must be there before:", capability.before.clone());
    let parameters = capability.parameters.iter().map(|parameter| {
        let mark = parameter.need();
        format!(
            "{} ({mark}, {}): {}. {}",
            parameter.name,
            parameter.kind_in_words(),
            parameter.label,
            parameter.help
        )
    });
    section("Parameters:", parameters.collect());
    section("Writes to:", documents_of(capability));
    let actions = capability.grants.iter().map(|grant| match &grant.uses {
        Some(reference) => format!("what calling {{{}}} needs, by its form", reference.name),
        None => {
            let names: Vec<String> = grant.actions.iter().map(|action| plain(&action.pieces)).collect();
            let likely = if grant.certainty == Certainty::Likely { " (likely)" } else { "" };
            format!("{}{likely}", names.join(", "))
        }
    });
    let mut unique: Vec<String> = Vec::new();
    for line in actions {
        if !unique.contains(&line) {
            unique.push(line);
        }
    }
    section("IAM actions:", unique);
    for attachment in &capability.attaches {
        section(&format!("{} allows:", attachment.policy), attachment.allows.clone());
        section(&format!("{} does not allow:", attachment.policy), attachment.lacks.clone());
    }
    let notes = capability.notes.iter().map(|note| match note.certainty {
        Certainty::Likely => format!("(likely) {}", note.text),
        Certainty::Certain => note.text.clone(),
    });
    section("Notes:", notes.collect());
    section("Sources:", capability.sources.clone());
    let _ = writeln!(out, "\nFacts as of {}.", catalog.reference().source().date);
    wrapped_lines(&out)
}

fn plain(pieces: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone().into_owned(),
        Piece::Reference(reference) => format!("{{{}}}", reference.name),
        Piece::Optional(inner) => plain(inner),
    };
    pieces.iter().map(text).collect()
}

fn action(catalog: &Catalog, service: &Service, name: &str, action: &Action) -> String {
    let full = format!("{}:{name}", service.prefix);
    let mut out = format!("{full}: {}\n\nAccess level: {}\n", service.name, action.levels.join(", "));
    if action.resources.is_empty() {
        out.push_str("Resources: none. It matches only a Resource of \"*\".\n");
    } else {
        out.push_str("Resources:\n");
        for kind in action.resource_types() {
            let arns = service.resource_type(kind).map(|found| found.arns.join(" or ")).unwrap_or_default();
            let _ = writeln!(out, "- {kind}: {arns}");
        }
    }
    for exception in catalog.reference().exceptions().iter().filter(|exception| exception.action == full) {
        let _ = writeln!(out, "- {} (not in the reference): {}", exception.resource_type, exception.note);
    }
    for (title, list) in [("Condition keys", &action.keys), ("Needs besides", &action.dependent)] {
        if !list.is_empty() {
            let _ = writeln!(out, "{title}: {}", list.join(", "));
        }
    }
    let granted = catalog.capabilities().filter(|capability| {
        let own = capability
            .grants
            .iter()
            .flat_map(|grant| &grant.actions)
            .any(|template| template.plain() == Some(&full));
        let model =
            capability.grants.iter().any(|grant| grant.uses.is_some()) && full == "bedrock:InvokeModel";
        own || model
    });
    let granted: Vec<&str> = granted.map(|capability| capability.id.as_str()).collect();
    if !granted.is_empty() {
        let _ = writeln!(out, "Granted by: {}", granted.join(", "));
    }
    let source = catalog.reference().source();
    let _ = writeln!(out, "\nService Authorization Reference as of {}.", source.date);
    wrapped_lines(&out)
}
