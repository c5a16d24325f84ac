//! Titles of options as what somebody does: `Dismantle Yongbyon` is "you dismantle Yongbyon" and "US dismantles
//! Yongbyon".

/// Verbs with which titles begin, in their plain form. What is not among them is no verb phrase, and is quoted.
const VERBS: &str = "abandon accept accuse acquire admit adopt advance agree allow announce apologise apologize appeal appoint \
     approve arbitrate arm arrest ask assemble attack attend ban begin block boycott break bring build buy call \
     cancel cede close compensate compromise concede confirm consent continue convene cooperate cover create \
     cut declare decline defect defend delay deliver demand deny deploy destroy disarm disband disclose \
     dismantle dismiss dissolve divide divorce donate drop elect end endorse enforce enter escalate establish \
     evacuate exchange exclude execute expand expel explore export extend extradite file fire forgive free \
     freeze fund give go grant guarantee halt hand hide hire hold host import impose include increase inform \
     insist inspect intervene invade invest invite issue join keep kill launch lead lease leave license lift \
     litigate lock lose lower maintain make mediate meet merge mobilise mobilize move nationalise nationalize \
     negotiate nominate obey obtain occupy offer open oppose order overrule patrol pay permit postpone \
     privatise privatize proceed prohibit promise propose prosecute protect protest provide publish pull \
     purchase quit raise ratify reaffirm recall receive recognise recognize recruit reduce refrain refuse \
     reject release relocate remain remove renew renounce reopen repay replace report request rescind resign \
     restore restrict resume retain retaliate retire retract retreat return reveal revoke run sacrifice \
     sanction save seize sell send separate set settle share show shut sign spend stand start stay stop strike \
     submit sue supply support surrender suspend take tax tell terminate test threaten tolerate train transfer \
     trust turn undo uphold use veto vote wait waive walk warn withdraw withhold work yield";

/// Verbs that are as often nouns: they count as verbs at the beginning of a title only.
const NOUNS_TOO: &str = "advance appeal arm attack ban block break call compromise cover cut delay demand divorce end exchange \
     export file fire fund hand hire host import issue launch lead lease license lift lock move offer order \
     patrol permit promise protest purchase quit recall release report request retreat return run sanction set \
     share show sign spend stand start stay stop strike supply support surrender tax test train transfer trust \
     turn use veto vote wait walk work yield";

/// Of these, verbs that a noun often follows: `Release water`, but not `Test ban`.
const MOSTLY_VERBS: &str = "cut end hand lift release return share sign start stop";

/// What follows a verb rather than a noun.
const AFTER_VERBS: &str =
    "a all an any both every from her his its less more no nothing on out the their this to with";

/// What follows a noun rather than a verb: `Release of the prisoners`.
const AFTER_NOUNS: &str = "of in for between";

fn is_in(words: &str, word: &str) -> bool {
    words.split(' ').any(|w| w == word)
}

/// The title as what "you" do, or as what somebody does `to`: `dismantle Yongbyon`; `None` when it is no verb phrase.
pub(super) fn plain(title: &str) -> Option<String> {
    let (first, rest) = title.split_once(' ').unwrap_or((title, ""));
    let first = first.to_lowercase();
    let next = rest.split(' ').next().unwrap_or_default();
    let verb_follows = next.is_empty()
        || is_in(AFTER_VERBS, next)
        || next.starts_with(char::is_uppercase)
        || is_in(MOSTLY_VERBS, &first);
    let noun = is_in(NOUNS_TOO, &first) && (is_in(AFTER_NOUNS, next) || !verb_follows);
    if noun || !is_in(VERBS, &first) || title.ends_with(['.', '?', '!']) {
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
        let sure = out.is_empty() || !is_in(NOUNS_TOO, word) || pairs(word);
        out.push(if joined && sure && is_in(VERBS, word) {
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
            ("Attack", "attacks"),
            ("Attack Seoul", "attacks Seoul"),
            ("Strike from 18 March", "strikes from 18 March"),
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
