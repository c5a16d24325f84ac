//! Parts that one file takes from another.

use detente::report::dossier::Dossier;

use super::Gathering;

impl Gathering {
    /// Whether it has not, and may take from another file, this part.
    pub(super) fn lacks(&self, part: &str) -> bool {
        match part {
            "packages" => self.dossier.packages.is_none(),
            "claims" => self.dossier.claims.is_none(),
            "calendar" => self.dossier.calendar.is_none(),
            "perception" => self.dossier.perception.is_none(),
            "terms" => self.dossier.terms.is_none(),
            "forecast" => self.dossier.forecast.is_none(),
            _ => false,
        }
    }

    /// Takes from another file what this one does not have.
    pub(super) fn supply(&mut self, also: Self, file: &str) {
        let called = also.dossier.negotiation.unwrap_or_else(|| file.to_owned());
        let Dossier {
            packages,
            claims,
            calendar,
            perception,
            terms,
            forecast,
            stopped,
            ..
        } = also.dossier;
        let mut supplied: Vec<&str> = Vec::new();
        let own = &mut self.dossier;
        take(&mut own.packages, packages, "packages", &mut supplied);
        take(&mut own.claims, claims, "claims", &mut supplied);
        take(&mut own.calendar, calendar, "calendar", &mut supplied);
        take(&mut own.perception, perception, "perception", &mut supplied);
        take(&mut own.terms, terms, "terms", &mut supplied);
        take(&mut own.forecast, forecast, "forecast", &mut supplied);
        for part in supplied {
            own.left_out.retain(|l| l.part != part);
            own.supplied.insert(part.to_owned(), called.clone());
        }
        for part in stopped {
            if !own.stopped.iter().any(|s| s.part == part.part) {
                own.stopped.push(part);
            }
        }
        self.stopped = self.stopped.take().or(also.stopped);
    }
}

fn take<T>(own: &mut Option<T>, other: Option<T>, part: &'static str, supplied: &mut Vec<&str>) {
    if own.is_none() && other.is_some() {
        *own = other;
        supplied.push(part);
    }
}
