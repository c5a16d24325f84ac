//! Counting packages without enumeration against counting them one by one.

use detente_analysis::Budget;
use detente_analysis::bargain::{Floor, acceptable, permitted, range};
use num_bigint::BigUint;
use proptest::prelude::*;

use crate::bargain_naive as naive;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn counts_agree_with_enumeration(
        space in naive::space(1..5, 2, 2),
        floors in prop::collection::vec((0_usize..4, -80_i128..80), 0..4),
    ) {
        let budget = Budget::default();
        let deals = naive::deals(&space);
        let all = permitted(&space, &budget).complete();
        prop_assert_eq!(all, Ok(BigUint::from(deals.len())));
        let floors: Vec<Floor> = floors
            .iter()
            .map(|(voice, worth)| Floor { voice: voice % space.voices.len(), worth: *worth })
            .collect();
        let enough = deals.iter().filter(|deal| {
            floors.iter().all(|f| space.voices[f.voice].worth.of(deal) >= f.worth)
        });
        let found = acceptable(&space, &floors, &budget).complete();
        prop_assert_eq!(found, Ok(BigUint::from(enough.count())));
        for (place, voice) in space.voices.iter().enumerate() {
            let worths = deals.iter().map(|deal| voice.worth.of(deal));
            let expected = worths.clone().min().zip(worths.max());
            let found = range(&space, place, &budget).complete();
            let found = found.map(|r| r.map(|r| (r.least, r.most)));
            prop_assert_eq!(found, Ok(expected));
        }
    }
}
