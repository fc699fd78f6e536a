//! What LHEO has no element for, in a group of `extras` of ours that our own reader takes back.
//! Absent: sources of single fields.

use super::super::map::{GROUP, LEVELS, LISTS};
use super::super::text;
use super::Formation;

impl Formation<'_> {
    /// The group; `title` and `summary` are those written, which may be cut.
    pub(super) fn extras(&mut self, title: &str, summary: &str) {
        let row = self.row;
        self.xml.open_with("extras", &[("info", GROUP)]);
        let exact = row.duration_hours.filter(|hours| hours.fract() != 0.0).map(|hours| hours.to_string());
        let only = row.public_sector_only.map(|only| if only { "oui" } else { "non" }.to_owned());
        let differs = |written: &str, whole: &str| {
            (text::said(written).unwrap_or_default() != whole).then(|| whole.to_owned())
        };
        let url = row.url.clone().filter(|url| url.chars().count() > super::URL_CHARS);
        let entries = [
            ("identifiant", Some(row.id.clone())),
            ("type", Some(row.kind.clone())),
            ("intitule", differs(title, &row.title)),
            ("organisme", differs(&row.provider, &row.provider)),
            ("type-organisme", Some(row.provider_kind.clone())),
            ("page", url),
            ("resume", differs(summary, &row.summary)),
            ("duree-exacte", exact),
            (
                "prix-hors-taxes",
                row.price_eur.filter(|_| super::is_without_taxes(row)).map(|price| price.to_string()),
            ),
            ("nature", row.nature.clone()),
            ("ville", row.city.clone()),
            ("agents-publics-seuls", only),
            ("adresse-source", Some(row.source.address.clone())),
            ("date-source", row.source.seen.clone()),
        ];
        for (name, words) in entries {
            if let Some(words) = words.filter(|words| !words.is_empty()) {
                self.xml.leaf_with("extra", &[("info", name)], &words);
            }
        }
        let mut whole = row.clone();
        for (name, list) in LISTS {
            let entries: Vec<(String, String)> =
                list(&mut whole).iter().map(|code| (code.clone(), String::new())).collect();
            self.group(name, &entries);
        }
        for (name, levels) in LEVELS {
            let entries: Vec<(String, String)> =
                levels(&mut whole).iter().map(|(code, level)| (code.clone(), level.to_string())).collect();
            self.group(name, &entries);
        }
        let stated: Vec<(String, String)> = row.stated.clone().into_iter().collect();
        self.group("indique", &stated);
        self.xml.close("extras");
    }

    fn group(&mut self, name: &str, entries: &[(String, String)]) {
        if entries.is_empty() {
            return;
        }
        self.xml.open_with("extras", &[("info", name)]);
        for (key, words) in entries {
            self.xml.leaf_with("extra", &[("info", key)], words);
        }
        self.xml.close("extras");
    }
}
