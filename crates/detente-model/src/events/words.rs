//! The codes of CAMEO and the types of PLOVER in words.
//!
//! The short words are ours; what a code covers is said by its codebook: P. Schrodt, CAMEO: Conflict and Mediation
//! Event Observations, Event and Actor Codebook (2012), and the PLOVER ontology of the Open Event Data Alliance.

/// What a row says was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// The code with its leading zero, or the type with its mode.
    pub(super) written: String,
    /// The two digits of the CAMEO root, or the type.
    pub(super) root: String,
    /// One word, for the calendar.
    pub(super) kind: &'static str,
    /// A few words.
    pub(super) words: String,
}

impl Code {
    /// Whether coders write such an event down from both sides: consultations.
    pub(super) fn is_mutual(&self) -> bool {
        self.kind == "consult"
    }
}

/// Reads a code; `None` when it is neither of the two ontologies.
pub(super) fn code(text: &str, mode: Option<&str>) -> Option<Code> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return cameo(text);
    }
    let lower = text.to_lowercase();
    let kind = TYPES.iter().find(|t| **t == lower)?;
    let mode = mode.map(str::to_lowercase);
    Some(Code {
        written: match &mode {
            Some(mode) => format!("{}:{mode}", text.to_uppercase()),
            None => text.to_uppercase(),
        },
        root: text.to_uppercase(),
        kind,
        words: match mode {
            Some(mode) => format!("{lower} ({})", mode.replace('_', " ")),
            None => lower,
        },
    })
}

/// A CAMEO code of one to four digits. Spreadsheets drop a leading zero: `36` is `036`, since there is no root 36;
/// `20` stays the root 20.
fn cameo(text: &str) -> Option<Code> {
    if text.is_empty() || text.len() > 4 {
        return None;
    }
    let root = |code: &str| {
        let number: usize = code.get(..2)?.parse().ok()?;
        ROOTS.get(number.checked_sub(1)?)
    };
    let whole = if root(text).is_some() {
        text.to_owned()
    } else {
        format!("0{text}")
    };
    let (kind, words) = *root(&whole)?;
    let digits = whole.get(..3).unwrap_or(&whole);
    let second = SECOND.binary_search_by(|(code, _)| code.cmp(&digits)).ok();
    // `040` says no more than `04`; a code that is not in the codebook is a mistake.
    if digits.len() == 3 && !digits.ends_with('0') && second.is_none() {
        return None;
    }
    let words = second
        .and_then(|at| SECOND.get(at))
        .map_or(words, |(_, words)| words);
    Some(Code {
        root: whole.get(..2)?.to_owned(),
        kind,
        words: words.to_owned(),
        written: whole,
    })
}

/// The types of PLOVER.
const TYPES: [&str; 16] = [
    "agree",
    "consult",
    "support",
    "cooperate",
    "aid",
    "concede",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
];

/// The roots of CAMEO, from 01 on: one word, and a few.
const ROOTS: [(&str, &str); 20] = [
    ("statement", "makes a public statement"),
    ("appeal", "appeals"),
    ("intent", "says that it means to cooperate"),
    ("consult", "consults"),
    ("diplomacy", "cooperates by diplomacy"),
    ("cooperation", "cooperates in deeds"),
    ("aid", "gives aid"),
    ("concession", "yields"),
    ("investigation", "investigates"),
    ("demand", "demands"),
    ("disapproval", "disapproves"),
    ("rejection", "rejects"),
    ("threat", "threatens"),
    ("protest", "protests"),
    ("posture", "shows force"),
    ("reduction", "reduces relations"),
    ("coercion", "coerces"),
    ("attack", "attacks"),
    ("fight", "fights"),
    ("mass_violence", "uses mass violence"),
];

/// Common codes of the second level, ascending.
const SECOND: &[(&str, &str)] = &[
    ("011", "does not comment"),
    ("012", "is pessimistic"),
    ("013", "is optimistic"),
    ("014", "considers a policy"),
    ("015", "admits that it did it"),
    ("016", "denies that it did it"),
    ("017", "makes a gesture"),
    ("018", "shows sympathy"),
    ("019", "agrees in words"),
    ("021", "asks for cooperation in deeds"),
    ("022", "asks for diplomatic cooperation"),
    ("023", "asks for aid"),
    ("024", "asks for reform"),
    ("025", "asks for a concession"),
    ("026", "asks others to meet or to negotiate"),
    ("027", "asks others to settle"),
    ("028", "asks others to accept a mediator"),
    ("031", "means to cooperate in deeds"),
    ("032", "means to cooperate by diplomacy"),
    ("033", "means to give aid"),
    ("034", "means to reform"),
    ("035", "means to yield"),
    ("036", "means to meet or to negotiate"),
    ("037", "means to settle"),
    ("038", "means to accept a mediator"),
    ("039", "means to mediate"),
    ("041", "speaks by telephone"),
    ("042", "makes a visit"),
    ("043", "receives a visit"),
    ("044", "meets in a third place"),
    ("045", "mediates"),
    ("046", "negotiates"),
    ("051", "praises"),
    ("052", "defends in words"),
    ("053", "gathers support for it"),
    ("054", "recognises"),
    ("055", "apologises"),
    ("056", "forgives"),
    ("057", "signs an agreement"),
    ("061", "cooperates in trade"),
    ("062", "cooperates between armed forces"),
    ("063", "cooperates between courts"),
    ("064", "shares intelligence"),
    ("071", "gives economic aid"),
    ("072", "gives military aid"),
    ("073", "gives humanitarian aid"),
    ("074", "gives protection or peacekeepers"),
    ("075", "grants asylum"),
    ("081", "eases administrative sanctions"),
    ("082", "lets dissent be"),
    ("083", "grants reform"),
    ("084", "returns or releases"),
    ("085", "eases sanctions, a boycott or an embargo"),
    ("086", "lets outsiders take part"),
    ("087", "scales military action down"),
    ("091", "investigates a crime"),
    ("092", "investigates abuses of human rights"),
    ("093", "investigates military action"),
    ("094", "investigates war crimes"),
    ("101", "demands cooperation in deeds"),
    ("102", "demands diplomatic cooperation"),
    ("103", "demands aid"),
    ("104", "demands reform"),
    ("105", "demands a concession"),
    ("106", "demands a meeting or negotiations"),
    ("107", "demands a settlement"),
    ("108", "demands a mediator"),
    ("111", "criticises"),
    ("112", "accuses"),
    ("113", "gathers opposition against it"),
    ("114", "complains officially"),
    ("115", "goes to court"),
    ("116", "finds guilty"),
    ("121", "refuses cooperation in deeds"),
    ("122", "refuses aid or asylum"),
    ("123", "refuses reform"),
    ("124", "refuses to yield"),
    ("125", "refuses to meet or to negotiate"),
    ("126", "refuses a mediator"),
    ("127", "refuses a plan to settle"),
    ("128", "defies the law"),
    ("129", "vetoes"),
    ("131", "threatens without force"),
    ("132", "threatens administrative sanctions"),
    ("133", "threatens unrest"),
    ("134", "threatens to end negotiations"),
    ("135", "threatens to end mediation"),
    ("136", "threatens to shut outsiders out"),
    ("137", "threatens repression"),
    ("138", "threatens military force"),
    ("139", "gives an ultimatum"),
    ("141", "demonstrates"),
    ("142", "goes on hunger strike"),
    ("143", "strikes or boycotts"),
    ("144", "blocks a way or a place"),
    ("145", "riots"),
    ("151", "puts the police on alert"),
    ("152", "puts the armed forces on alert"),
    ("153", "moves police"),
    ("154", "moves armed forces"),
    ("155", "raises its readiness in networks"),
    ("161", "reduces or breaks diplomatic relations"),
    ("162", "reduces or stops aid"),
    ("163", "imposes sanctions, a boycott or an embargo"),
    ("164", "ends negotiations"),
    ("165", "ends mediation"),
    ("166", "expels or withdraws"),
    ("171", "takes or damages property"),
    ("172", "imposes administrative sanctions"),
    ("173", "arrests"),
    ("174", "expels persons"),
    ("175", "represses"),
    ("176", "attacks networks"),
    ("181", "abducts"),
    ("182", "assaults persons"),
    ("183", "bombs without an army"),
    ("184", "uses persons as shields"),
    ("185", "tries to assassinate"),
    ("186", "assassinates"),
    ("191", "blockades"),
    ("192", "occupies"),
    ("193", "fights with small arms"),
    ("194", "fights with artillery and tanks"),
    ("195", "attacks from the air"),
    ("196", "breaks a ceasefire"),
    ("201", "expels a people"),
    ("202", "kills many"),
    ("203", "cleanses a people from a land"),
    ("204", "uses weapons of mass destruction"),
];

#[cfg(test)]
mod tests {
    use super::{SECOND, code};

    #[test]
    fn codes_of_the_second_level_ascend() {
        assert!(SECOND.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn zeros_that_spreadsheets_drop_come_back() {
        let read = |text: &str| code(text, None).map(|c| (c.written, c.root));
        let some = |code: &str, root: &str| Some((code.to_owned(), root.to_owned()));
        assert_eq!(read("36"), some("036", "03"));
        assert_eq!(read("036"), some("036", "03"));
        assert_eq!(read("4"), some("04", "04"));
        assert_eq!(read("20"), some("20", "20"));
        assert_eq!(read("190"), some("190", "19"));
        assert_eq!(read("231"), some("0231", "02"));
        assert_eq!(read("1056"), some("1056", "10"));
        for wrong in ["", "0", "00", "999", "099", "12345", "---", "consulting"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
