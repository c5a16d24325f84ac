use detente_syntax::{TokenClass, highlight};

fn parts(text: &str) -> Vec<(&str, TokenClass)> {
    highlight(text)
        .into_iter()
        .map(|(s, class)| (&text[s.start..s.end], class))
        .collect()
}

#[test]
fn words_are_keywords_where_they_are_used_as_such() {
    use TokenClass::{Citation, Comment, Keyword, Name, Number, Operator, String};
    assert_eq!(
        parts("never option1 >= last [s ¶5 \"q\"] # c"),
        [
            ("never", Keyword),
            ("option1", Name),
            (">=", Operator),
            ("last", Name),
            ("[", Citation),
            ("s", Citation),
            ("¶", Citation),
            ("5", Citation),
            ("\"q\"", String),
            ("]", Citation),
            ("# c", Comment),
        ]
    );
    assert_eq!(
        parts("variant v { A prefers { move first last } }")[4..10],
        [
            ("prefers", Keyword),
            ("{", Operator),
            ("move", Keyword),
            ("first", Name),
            ("last", Keyword),
            ("}", Operator),
        ]
    );
    assert_eq!(
        parts("as of 2019-01-20\nclaim a [s ¶5"),
        [
            ("as", Keyword),
            ("of", Keyword),
            ("2019-01-20", Number),
            ("claim", Keyword),
            ("a", Name),
            ("[", Citation),
            ("s", Citation),
            ("¶", Citation),
            ("5", Citation),
        ]
    );
}
