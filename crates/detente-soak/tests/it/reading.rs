//! The literal reading of a model on examples worked by hand.

use detente_soak::literal::{Reading, Unread};

use crate::case;

/// Where a party can move from a state, as assignments, ascending.
fn moves(text: &str, party: usize, from: &[u16]) -> Vec<Vec<u16>> {
    let case = case(text);
    let reading = Reading::new(&case.model).unwrap();
    let state = (0..reading.states())
        .find(|s| reading.assignment(*s) == from)
        .unwrap();
    let targets = reading.moves(party, state);
    let mut found: Vec<Vec<u16>> = targets
        .iter()
        .map(|t| reading.assignment(*t).to_vec())
        .collect();
    found.sort();
    found
}

#[test]
fn any_number_of_own_options_at_once() {
    let text = "party A { option a; option b }\nparty B { option c }";
    assert_eq!(
        moves(text, 0, &[0, 0, 1]),
        [[0, 1, 1], [1, 0, 1], [1, 1, 1]]
    );
    assert_eq!(moves(text, 1, &[1, 0, 1]), [[1, 0, 0]]);
}

#[test]
fn directions_and_steps() {
    let text = "party A {
  option up one of x, y, z irreversible
  option down only off
}
party B { option walk one of p, q, r step by step }";
    assert_eq!(
        moves(text, 0, &[1, 1, 0]),
        [[1, 0, 0], [2, 0, 0], [2, 1, 0]]
    );
    assert_eq!(moves(text, 0, &[2, 0, 0]), [[0_u16; 3]; 0]);
    assert_eq!(moves(text, 1, &[0, 0, 0]), [[0, 0, 1]]);
    assert_eq!(moves(text, 1, &[0, 0, 1]), [[0, 0, 0], [0, 0, 2]]);
}

#[test]
fn an_infeasible_state_can_be_jumped_over_by_one_party() {
    let text = "party A { option a; option b }\nparty B { option c }\nnever a and not b";
    assert_eq!(moves(text, 0, &[0, 0, 0]), [[0, 1, 0], [1, 1, 0]]);
}

#[test]
fn consequences_are_part_of_the_move() {
    let text = "party A { option relief }
party B { option bridge irreversible; option road }
when not A.relief then not B.bridge";
    // The bridge goes with the relief, though its owner could not give it up.
    assert_eq!(moves(text, 0, &[1, 1, 0]), [[0, 0, 0]]);
    // The condition was true before: the bridge may be built and stays.
    assert_eq!(
        moves(text, 1, &[0, 0, 0]),
        [[0, 0, 1], [0, 1, 0], [0, 1, 1]]
    );
}

#[test]
fn consequences_follow_from_consequences_once_each() {
    let text = "party A { option a }
party B { option b; option c }
when B.b then B.c
when A.a then B.b";
    assert_eq!(moves(text, 0, &[0, 0, 0]), [[1, 1, 1]]);
    // Two rules that undo each other end, and what ends where it began is no move.
    let text = "party A { option a }
party B { option b }
when A.a then B.b
when B.b then not A.a and not B.b";
    assert_eq!(moves(text, 0, &[0, 0]), [[0_u16; 2]; 0]);
}

#[test]
fn prohibited_transitions() {
    let text = "party A { option a; option b }\nparty B { option c }
no move by A from true to a
no move from c to not c";
    assert_eq!(moves(text, 0, &[0, 0, 1]), [[0, 1, 1]]);
    assert_eq!(moves(text, 1, &[0, 0, 1]), [[0_u16; 3]; 0]);
    assert_eq!(moves(text, 1, &[0, 0, 0]), [[0, 0, 1]]);
}

#[test]
fn arcs_of_a_graph() {
    let text = "state 1
state 2
state 3
party A { moves { 1 -> 2, 3
 2 -> 1 } }
party B { moves { 3 -> 1 } }
never state 2";
    assert_eq!(moves(text, 0, &[0]), [[2]]);
    assert_eq!(moves(text, 1, &[2]), [[0]]);
}

#[test]
fn preferences() {
    let text = "party A { option a; option b
  prefers { a
    b } }
party B { option c
  weights { 1.5: A.a
    -2: A.b } }
party C { ranks { (A.b) > rest = (A.a and A.b) } }";
    let case = case(text);
    let reading = Reading::new(&case.model).unwrap();
    let order = |party: usize| -> Vec<&[u16]> {
        let order = reading.order(party);
        order.iter().map(|s| &reading.assignment(*s)[..2]).collect()
    };
    assert_eq!(
        order(0),
        [
            [1, 1],
            [1, 1],
            [1, 0],
            [1, 0],
            [0, 1],
            [0, 1],
            [0, 0],
            [0, 0]
        ]
    );
    assert_eq!(
        order(1),
        [
            [1, 0],
            [1, 0],
            [0, 0],
            [0, 0],
            [1, 1],
            [1, 1],
            [0, 1],
            [0, 1]
        ]
    );
    // The first item that a state satisfies places it.
    let third = order(2);
    assert!(third[..4].iter().all(|s| s[1] == 1) && third[4..].iter().all(|s| s[1] == 0));
}

#[test]
fn what_cannot_be_examined_is_refused() {
    let refused = |text: &str| Reading::new(&case(text).model).unwrap_err();
    let nothing = "party A { option a }\nnever a\nnever not a";
    assert_eq!(refused(nothing), Unread::NothingFeasible);
    let unranked = "party A { option a\n ranks { (a) } }";
    assert_eq!(refused(unranked), Unread::Unranked(0));
    let status_quo = "party A { option a }\nnever a\nstatus quo { A.a }";
    assert_eq!(refused(status_quo), Unread::StatusQuo);
    for count in [10, 70] {
        let options: Vec<String> = (0..count).map(|n| format!("option o{n}")).collect();
        let text = format!("party A {{\n{}\n}}", options.join("\n"));
        assert_eq!(refused(&text), Unread::TooLarge, "{count} options");
    }
}
