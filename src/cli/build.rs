//! `build`: from a blueprint and ticks to documents, findings and files.

use std::path::Path;

use super::args::Build;
use super::{Exit, Output};
use crate::blueprint::{Blueprint, edit, file};
use crate::catalog::Catalog;
use crate::catalog::messages::Severity;
use crate::compose::runbook::steps;
use crate::compose::{Bundle, compose};
use crate::export;
use crate::lint::{Cause, Finding, lint};
use crate::policy::print::pretty;
use crate::shell::files::{self, Allowed, Disk};
use crate::text::{shown, shown_exact};

/// Runs `build`.
pub(super) fn run(arguments: &Build, output: &mut Output<'_>) -> Exit {
    let catalog = Catalog::builtin();
    let blueprint = match blueprint(arguments, catalog, output) {
        Ok(blueprint) => blueprint,
        Err(exit) => return exit,
    };
    if blueprint.ticks.is_empty() {
        return output.usage(
            "nothing is ticked",
            "give a blueprint, --tick CAPABILITY or --set CAPABILITY.PARAMETER=VALUE; `bedrock-policy list` shows what there is",
        );
    }
    let bundle = compose(catalog, &blueprint);
    let findings = lint(catalog, &blueprint, &bundle);
    let severity = |finding: &Finding| {
        if finding.is_hole() && arguments.allow_holes { Severity::Warning } else { finding.severity }
    };
    let errors = findings.iter().filter(|finding| severity(finding) == Severity::Error).count();
    let exit = if errors > 0 { Exit::Findings } else { Exit::Clean };
    if let Some(path) = &arguments.save
        && let Err(exit) = save(path, arguments, &blueprint, output)
    {
        return exit;
    }
    if arguments.json {
        output.result(&export::json::bundle(catalog, &blueprint, &bundle, &findings, &severity));
        return exit;
    }
    let told = match (&arguments.document, &arguments.out) {
        (Some(name), _) => print_one(name, &bundle, output),
        (None, Some(folder)) if errors == 0 || arguments.allow_errors => {
            write(folder, arguments, (catalog, &blueprint, &bundle), output)
        }
        (None, Some(folder)) => {
            tell(catalog, &findings, &severity, output);
            output.note(&format!(
                "\nerror: nothing was written to `{}`: {errors} of the findings are errors\n  fix: mend them, or add --allow-holes for missing values\n",
                shown(&folder.to_string_lossy())
            ));
            Some(exit)
        }
        (None, None) => {
            let steps = steps(catalog, &blueprint, &bundle);
            output.result(&export::text::bundle(catalog, &bundle, &steps));
            None
        }
    };
    if told.is_none() {
        tell(catalog, &findings, &severity, output);
    }
    told.unwrap_or(exit)
}

/// The blueprint from its file and the arguments.
fn blueprint(arguments: &Build, catalog: &Catalog, output: &mut Output<'_>) -> Result<Blueprint, Exit> {
    let mut blueprint = match &arguments.blueprint {
        Some(path) => read_blueprint(path, catalog, output)?.0,
        None => Blueprint::default(),
    };
    let scope = &mut blueprint.scope;
    for (slot, given) in [
        (&mut scope.partition, &arguments.partition),
        (&mut scope.region, &arguments.region),
        (&mut scope.account, &arguments.account),
    ] {
        if given.is_some() {
            slot.clone_from(given);
        }
    }
    let ticks = arguments.tick.iter().map(|id| (true, id));
    for (is_tick, text) in ticks.chain(arguments.set.iter().map(|text| (false, text))) {
        let edit = if is_tick { edit::tick } else { edit::set };
        edit(&mut blueprint, catalog, text).map_err(|refused| output.usage(&refused.what, &refused.fix))?;
    }
    for path in &arguments.profile_response {
        let text = read(path, output)?;
        let response = crate::import::profile_response(&text).map_err(|why| {
            let path = shown(&path.to_string_lossy());
            output.note(&format!(
                "error: `{path}`: {why}\n  fix: give what `aws bedrock get-inference-profile` prints\n"
            ));
            Exit::Failed
        })?;
        let arn = response.get("inferenceProfileArn").cloned();
        blueprint.profiles.retain(|known| {
            known.get("inferenceProfileArn").map(|n| n.as_str()) != arn.as_ref().map(|n| n.as_str())
        });
        blueprint.profiles.push(response);
    }
    Ok(blueprint)
}

fn read(path: &Path, output: &mut Output<'_>) -> Result<String, Exit> {
    files::read_text(path).map_err(|why| {
        output.note(&format!("error: {why}\n"));
        Exit::Failed
    })
}

/// Reads a blueprint; its file's text comes along.
pub(super) fn read_blueprint(
    path: &Path,
    catalog: &Catalog,
    output: &mut Output<'_>,
) -> Result<(Blueprint, String), Exit> {
    let text = read(path, output)?;
    let blueprint = file::read(&text).map_err(|faults| {
        let path = shown(&path.to_string_lossy());
        for fault in faults {
            let details =
                [("what", fault.what), ("line", fault.at.0.to_string()), ("column", fault.at.1.to_string())];
            let finding = Finding {
                code: fault.code,
                severity: Severity::Error,
                document: None,
                location: None,
                cause: Cause::default(),
                details: details.into(),
            };
            let place = format!("  --> `{path}`, line {}, column {}\n", fault.at.0, fault.at.1);
            let text = export::text::finding(catalog, &finding, "error");
            let why = text.find("  why: ").unwrap_or(text.len());
            let (title, rest) = text.split_at_checked(why).unwrap_or((&text, ""));
            output.note(&format!("{title}{place}{rest}"));
        }
        output.note("error: the blueprint was not used and not changed\n");
        Exit::Failed
    })?;
    Ok((blueprint, text))
}

/// Saves the blueprint. The file it was read from may be overwritten, another one only by force.
fn save(path: &Path, arguments: &Build, blueprint: &Blueprint, output: &mut Output<'_>) -> Result<(), Exit> {
    let own = arguments.blueprint.as_deref().is_some_and(|read| files::is_same(read, path));
    let allowed = Allowed { replace: own || arguments.force, follow: arguments.follow_links };
    match files::write_text(Disk::OWN, path, &file::write(blueprint), allowed) {
        Ok(written) => {
            output.note(&format!("saved `{}` ({})\n", shown(&path.to_string_lossy()), written.word()));
            Ok(())
        }
        Err(why) => {
            output.note(&format!("error: {why}\n"));
            Err(Exit::Failed)
        }
    }
}

fn print_one(name: &str, bundle: &Bundle, output: &mut Output<'_>) -> Option<Exit> {
    if let Some(document) = bundle.document(name) {
        output.result(&pretty(&document.root));
        return None;
    }
    let names: Vec<&str> = bundle.documents.iter().map(|document| document.name.as_str()).collect();
    let what = format!("this bundle has no document `{}`", shown_exact(name));
    let fix = if names.is_empty() {
        "leave --document out: what is ticked writes no document of ours".to_owned()
    } else {
        format!("it has {}", names.join(", "))
    };
    Some(output.usage(&what, &fix))
}

fn write(
    folder: &Path,
    arguments: &Build,
    (catalog, blueprint, bundle): (&Catalog, &Blueprint, &Bundle),
    output: &mut Output<'_>,
) -> Option<Exit> {
    let mut files: Vec<(String, String)> =
        bundle.documents.iter().map(|document| (document.file.clone(), pretty(&document.root))).collect();
    files.push((
        "README.md".into(),
        export::runbook::readme(catalog, bundle, &steps(catalog, blueprint, bundle)),
    ));
    let allowed = Allowed { replace: arguments.force, follow: arguments.follow_links };
    match files::write_folder(Disk::OWN, folder, &files, allowed) {
        Ok(written) => {
            for ((name, _), written) in files.iter().zip(written) {
                let path = shown(&folder.join(name).to_string_lossy());
                output.result(&format!("{:<11} {path}\n", written.word()));
            }
            None
        }
        Err(why) => {
            output.note(&format!("error: {why}\n"));
            Some(Exit::Failed)
        }
    }
}

/// The findings in words, and how many there are.
fn tell(
    catalog: &Catalog,
    findings: &[Finding],
    severity: &dyn Fn(&Finding) -> Severity,
    output: &mut Output<'_>,
) {
    let mut counts = [0; 3];
    for finding in findings {
        let severity = severity(finding);
        output.note(&format!("\n{}", export::text::finding(catalog, finding, severity.word())));
        if let Some(count) = counts.get_mut(severity as usize) {
            *count += 1;
        }
    }
    if !findings.is_empty() {
        output.note(&format!("\n{}\n", export::text::summary(counts)));
    }
}
