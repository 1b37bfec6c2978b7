//! Whether a resource of ours is one that an IAM action can be scoped to.

use crate::world::World;

/// The IAM action's resource types that the text can be, or why there is none.
pub(crate) fn fits(world: &World, action: &str, resource: &str) -> Result<(), String> {
    let types = world.types(action);
    if resource == "*" {
        // A resource of * is for IAM actions without resource types; listing prompts has none to name.
        let fine = types.is_empty() || action == "bedrock:ListPrompts";
        return if fine { Ok(()) } else { Err(format!("{action} could name its resource")) };
    }
    let (service, _) = action.split_once(':').expect("an action");
    let resources = &world.service(service)["resources"];
    let exceptions = world.catalog.reference().exceptions();
    // What is excepted for a call is excepted for its streaming form.
    let call = action.trim_end_matches("WithResponseStream");
    let excepted = exceptions.iter().filter(|one| one.action == call).map(|one| one.resource_type.clone());
    for name in types.iter().cloned().chain(excepted) {
        for form in crate::world::strings(&resources[&name]["arns"]) {
            if is_of_form(form, resource) {
                return Ok(());
            }
        }
    }
    Err(format!("{action} does not take {resource}"))
}

/// Field by field; a star in a field stands for anything there. Only the third leg of a global
/// profile has no Region.
fn is_of_form(form: &str, arn: &str) -> bool {
    let (mut forms, mut fields) = (form.splitn(6, ':'), arn.splitn(6, ':'));
    (0..6).all(|at| match (forms.next(), fields.next()) {
        (Some(_), Some("")) if at == 3 && form.contains("foundation-model/") => true,
        (Some(form), Some(field)) => field == "*" || field_fits(&pieces(form), field),
        _ => false,
    })
}

enum Piece {
    Text(String),
    /// What the variable may not hold.
    Variable(&'static [char]),
}

fn pieces(form: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = form;
    while let Some((text, tail)) = rest.split_once("${") {
        out.push(Piece::Text(text.to_owned()));
        let (name, tail) = tail.split_once('}').expect("it is closed");
        out.push(Piece::Variable(match name {
            // A function's ARN may end in its version or alias (UG:flows-permissions, a.2). A model's id (ResourceId) holds colons, a custom model's also a slash.
            "FunctionName" | "ObjectName" | "LogGroupName" | "LogStreamName" | "RoleNameWithPath"
            | "ResourceId" => &[],
            _ => &['/', ':'],
        }));
        rest = tail;
    }
    out.push(Piece::Text(rest.to_owned()));
    out
}

fn field_fits(pieces: &[Piece], field: &str) -> bool {
    match pieces.split_first() {
        None => field.is_empty(),
        Some((Piece::Text(text), rest)) => match field.strip_prefix(&**text) {
            Some(field) => field_fits(rest, field),
            // A star at the end stands for all that is missing.
            None => field.strip_suffix('*').is_some_and(|start| text.starts_with(start)),
        },
        Some((Piece::Variable(without), rest)) => {
            let ends = field.char_indices().map(|(at, c)| at + c.len_utf8());
            for end in ends {
                let (value, tail) = field.split_at(end);
                if value.contains(*without) {
                    return false;
                }
                if field_fits(rest, tail) || (tail.is_empty() && value.ends_with('*')) {
                    return true;
                }
            }
            false
        }
    }
}
