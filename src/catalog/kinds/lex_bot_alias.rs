//! A Lex V2 bot alias: BOTID/ALIASID or the ARN (Amazon Lex V2 API reference).

use super::located::{Located, check as check_located};
use super::{Context, Given, Kind, Problem, Text, Texts, is_id, plain, side};

pub(super) const KIND: Kind = Kind {
    name: "lex-bot-alias",
    title: "a Lex bot alias",
    form: "BOTID/ALIASID, both of ten letters and digits, or the alias's ARN",
    example: "BOT1234567/ALIAS12345",
    facets: &[
        ("arn", "the alias's ARN"),
        ("bot", "the bot's id"),
        ("alias", "the alias's id"),
        ("account", "the bot's account"),
        ("region", "the bot's Region"),
        ("side", "`own` for the scope's account, `other` for another"),
    ],
    grants: false,
    check,
    fill,
};

fn is_alias(text: &str) -> bool {
    let fine = |id: &str| id.len() == 10 && is_id(id, None) && !id.contains(['*', '?']);
    text.split_once('/').is_some_and(|(bot, alias)| fine(bot) && fine(alias))
}

fn check(value: &str, context: &Context<'_>) -> Vec<Problem> {
    check_located(&KIND, value, ("lex", "bot-alias/"), is_alias, context)
}

fn fill(facet: &str, given: Given<'_>, context: &Context<'_>, out: &mut Texts) -> bool {
    let it = Located::read(given, "bot-alias/", context);
    let (bot, alias) = match it.id {
        Given::Value(text) => {
            let (bot, alias) = text.split_once('/').unwrap_or((text, ""));
            (Given::Value(bot), Given::Value(alias))
        }
        other => (other, other),
    };
    out.push(match facet {
        "arn" => it.arn("lex", "bot-alias/", ""),
        "bot" => plain(bot),
        "alias" => plain(alias),
        "account" => plain(it.account),
        "region" => plain(it.region),
        "side" => Text::fixed(side(it.account, context)),
        _ => return false,
    });
    true
}
