//! The conditions as which GMCR+ stores "if" and "if and only if".

/// An option by its number in the file, and whether it is taken.
pub(crate) type Literal = (usize, bool);

fn not((option, taken): Literal) -> Literal {
    (option, !taken)
}

/// The two literals of a condition over two options, that of `first` first.
fn pair(member: &[Literal], first: usize) -> Option<(Literal, Literal)> {
    match member {
        [a, b] if a.0 == first => Some((*a, *b)),
        [a, b] if b.0 == first => Some((*b, *a)),
        _ => None,
    }
}

/// `q if p`, as GMCR+ stores it: p and q, not p and q, not p and not q. Gives q and p.
pub(crate) fn as_if(members: &[&[Literal]]) -> Option<(Literal, Literal)> {
    let [one, two, three] = members else {
        return None;
    };
    let candidates = one.iter().filter_map(|p| pair(one, p.0));
    candidates
        .into_iter()
        .find(|(p, q)| {
            p.0 != q.0
                && pair(two, p.0) == Some((not(*p), *q))
                && pair(three, p.0) == Some((not(*p), not(*q)))
        })
        .map(|(p, q)| (q, p))
}

/// `p iff q`, as GMCR+ stores it: p and q, not p and not q.
pub(crate) fn as_iff(members: &[&[Literal]]) -> Option<(Literal, Literal)> {
    let [one, two] = members else { return None };
    let (p, q) = pair(one, one.first()?.0)?;
    (p.0 != q.0 && pair(two, p.0) == Some((not(p), not(q)))).then_some((p, q))
}
