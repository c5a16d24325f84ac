//! Titles of options as what somebody does: `Dismantle Yongbyon` is "you dismantle Yongbyon" and "US dismantles
//! Yongbyon".

/// Verbs with which titles begin, in their plain form. What is not among them is no verb phrase, and is quoted.
const VERBS: &[&str] = &[
    "abandon",
    "accept",
    "accuse",
    "adopt",
    "agree",
    "allow",
    "announce",
    "apologise",
    "apologize",
    "appeal",
    "appoint",
    "approve",
    "arm",
    "arrest",
    "ask",
    "attack",
    "attend",
    "ban",
    "begin",
    "block",
    "boycott",
    "build",
    "buy",
    "call",
    "cancel",
    "cede",
    "close",
    "concede",
    "continue",
    "convene",
    "cooperate",
    "cut",
    "declare",
    "defect",
    "delay",
    "demand",
    "deploy",
    "destroy",
    "disarm",
    "disclose",
    "dismantle",
    "dismiss",
    "drop",
    "end",
    "enter",
    "escalate",
    "evacuate",
    "exchange",
    "expel",
    "extend",
    "extradite",
    "file",
    "fire",
    "forgive",
    "free",
    "freeze",
    "fund",
    "give",
    "go",
    "grant",
    "guarantee",
    "halt",
    "hand",
    "hire",
    "hold",
    "impose",
    "increase",
    "inspect",
    "invade",
    "invest",
    "invite",
    "join",
    "keep",
    "launch",
    "leave",
    "lift",
    "lower",
    "maintain",
    "make",
    "merge",
    "mobilise",
    "mobilize",
    "move",
    "negotiate",
    "nominate",
    "occupy",
    "offer",
    "open",
    "oppose",
    "pay",
    "permit",
    "postpone",
    "proceed",
    "promise",
    "propose",
    "publish",
    "pull",
    "raise",
    "ratify",
    "reaffirm",
    "recognise",
    "recognize",
    "reduce",
    "refuse",
    "reject",
    "release",
    "remove",
    "reopen",
    "repay",
    "replace",
    "resign",
    "resume",
    "retaliate",
    "retract",
    "return",
    "sanction",
    "seize",
    "sell",
    "send",
    "settle",
    "share",
    "shut",
    "sign",
    "start",
    "stay",
    "stop",
    "submit",
    "sue",
    "suspend",
    "take",
    "tell",
    "threaten",
    "transfer",
    "undo",
    "veto",
    "vote",
    "walk",
    "withdraw",
    "withhold",
    "yield",
];

/// Verbs that are as often nouns: they count as verbs at the beginning of a title only.
const NOUNS_TOO: &[&str] = &[
    "appeal", "arm", "attack", "ban", "block", "call", "cut", "delay", "demand", "end", "exchange",
    "file", "fire", "fund", "hand", "hire", "launch", "lift", "move", "offer", "permit", "promise",
    "release", "return", "sanction", "share", "sign", "start", "stay", "stop", "transfer", "veto",
    "vote", "walk", "yield",
];

/// What follows a noun rather than a verb: `Release of the prisoners`.
const AFTER_NOUNS: &[&str] = &["of", "in", "for", "between"];

/// The title as what "you" do, or as what somebody does `to`: `dismantle Yongbyon`; `None` when it is no verb phrase.
pub(super) fn plain(title: &str) -> Option<String> {
    let (first, rest) = title.split_once(' ').unwrap_or((title, ""));
    let first = first.to_lowercase();
    let next = rest.split(' ').next().unwrap_or_default();
    let noun = NOUNS_TOO.contains(&first.as_str()) && AFTER_NOUNS.contains(&next);
    if noun || !VERBS.contains(&first.as_str()) || title.ends_with(['.', '?', '!']) {
        return None;
    }
    let space = if rest.is_empty() { "" } else { " " };
    Some(format!("{first}{space}{rest}"))
}

/// The title as what one party does: `dismantles Yongbyon`, `declares and hands over the rest`.
pub(super) fn third(title: &str) -> Option<String> {
    let title = plain(title)?;
    let mut out: Vec<String> = Vec::new();
    let mut joined = true;
    for word in title.split(' ') {
        let sure = out.is_empty() || !NOUNS_TOO.contains(&word) || pairs(word);
        out.push(if joined && sure && VERBS.contains(&word) {
            conjugated(word)
        } else {
            word.to_owned()
        });
        joined = word.ends_with(',') || matches!(word, "and" | "or" | "then");
    }
    Some(out.join(" "))
}

/// Verbs that seldom stand after `and` as nouns.
fn pairs(word: &str) -> bool {
    matches!(word, "hand" | "return" | "lift" | "stop")
}

fn conjugated(verb: &str) -> String {
    let consonant_y = verb.ends_with('y')
        && !verb.ends_with("ay")
        && !verb.ends_with("ey")
        && !verb.ends_with("oy")
        && !verb.ends_with("uy");
    if consonant_y {
        return format!("{}ies", verb.trim_end_matches('y'));
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"];
    let end = if hissing.iter().any(|e| verb.ends_with(e)) {
        "es"
    } else {
        "s"
    };
    format!("{verb}{end}")
}

#[cfg(test)]
mod tests {
    use super::{plain, third};

    #[test]
    fn titles_that_say_what_is_done_are_told_as_deeds() {
        let cases = [
            ("Dismantle Yongbyon", "dismantles Yongbyon"),
            (
                "Declare and hand over the rest",
                "declares and hands over the rest",
            ),
            (
                "Declare the war ended, open liaison offices",
                "declares the war ended, opens liaison offices",
            ),
            ("Go to the court", "goes to the court"),
            (
                "Ratify the treaty and the annex",
                "ratifies the treaty and the annex",
            ),
            (
                "Pay wages and offer of rest",
                "pays wages and offer of rest",
            ),
        ];
        for (title, told) in cases {
            assert_eq!(third(title).as_deref(), Some(told));
        }
        assert_eq!(
            plain("Sign a joint text").as_deref(),
            Some("sign a joint text")
        );
    }

    #[test]
    fn other_titles_are_no_deeds() {
        for title in [
            "Spring drills",
            "Release of the prisoners",
            "",
            "É",
            "Nuclear umbrella",
            "Sign?",
        ] {
            assert_eq!((plain(title), third(title)), (None, None), "{title}");
        }
    }
}
