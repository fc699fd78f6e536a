//! Prices and durations of tables: taxes in all words, two columns of one fact, notes that say what a day or a price is.
//! Absent: groups of columns (see `table_around`), one cell (see `mapping`, `mapping_rows`).

use crate::table_around::{check_text, read};

/// A table of one training with one price, whose column has this name.
fn priced(column: &str, cell: &str) -> String {
    format!("Titre;Organisme;{column}\nLire;École;{cell}\n")
}

#[test]
fn taxes_are_known_in_all_their_words() {
    for column in [
        "Prix (hors taxes)",
        "Prix hors taxes",
        "Tarif hors taxes (€)",
        "Prix H.T.",
        "Prix (H.T.)",
        "Coût HTVA",
        "Montant hors taxe",
        "Frais pédagogiques HT",
    ] {
        check_text(&priced(column, "1 200 €"), "Lire|École|-|1200||1 200 € (hors taxes)", &[]);
    }
    for column in
        ["Prix (toutes taxes)", "Prix toutes taxes comprises", "Prix T.T.C.", "Frais pédagogiques TTC"]
    {
        check_text(&priced(column, "120"), "Lire|École|-|120||120 (toutes taxes comprises)", &[]);
    }
    for cell in ["1 200 € hors taxes", "1 200 € toutes taxes comprises", "1 200 € H.T."] {
        check_text(&priced("Prix", cell), &format!("Lire|École|-|1200||{cell}"), &[]);
    }
    for column in ["Prix hors repas", "Prix HT ou TTC", "Montant hors taxe d’apprentissage", "Prix (h)"] {
        check_text(&priced(column, "120"), "Lire|École|-|-||", &["colonne non reprise"]);
    }
    check_text(&priced("Prix", "120 € hors frais"), "Lire|École|-|-||120 € hors frais", &[]);
}

#[test]
fn a_note_says_taxes_in_all_words() {
    for note in ["Prix hors taxes", "Les tarifs sont indiqués hors taxes", "Montants hors taxe"] {
        let text = format!("{note}\n{}", priced("Prix", "120"));
        check_text(&text, "Lire|École|-|120||120 (hors taxes)", &[]);
    }
    let text = format!("Prix hors taxe d’apprentissage\n{}", priced("Prix", "120"));
    check_text(&text, "Lire|École|-|120||120", &[]);
}

#[test]
fn names_under_a_merged_price_are_prices() {
    for group in ["Tarifs", "Coûts", "Tarification"] {
        let text = format!("Titre;Organisme;{group};\n;;HT;TTC\nLire;École;100;120\n");
        check_text(&text, "Lire|École|-|120||120 (toutes taxes comprises)", &[]);
    }
    check_text("Titre;Organisme;Tarifs intra;\n;;HT;TTC\nLire;École;100;120\n", "Lire|École|-|-||", &[]);
}

/// What a row of days and hours gives, and whether something is said of both columns.
#[track_caller]
fn check_days(days: &str, hours: &str, expect: &str) {
    for names in ["Jours;Heures", "Durée (jours);Durée (heures)"] {
        check_text(&format!("Titre;Organisme;{names}\nLire;École;{days};{hours}\n"), expect, &[]);
    }
    let merged = format!("Titre;Organisme;Durée;\n;;Jours;Heures\nLire;École;{days};{hours}\n");
    check_text(&merged, expect, &[]);
}

#[test]
fn days_and_hours_that_may_add_up_are_not_one_duration() {
    check_days("2", "3", "Lire|École|-|-|3 heures ; 2 jours|");
    check_days("1", "2", "Lire|École|-|-|2 heures ; 1 jour|");
    check_days("2", "7", "Lire|École|-|-|7 heures ; 2 jours|");
    check_days("1", "14", "Lire|École|-|-|14 heures ; 1 jour|");
    check_days("2", "12", "Lire|École|12|-|12 heures|");
    check_days("2", "20", "Lire|École|20|-|20 heures|");
    check_days("0,5", "2", "Lire|École|2|-|2 heures|");
    check_days("0.5", "", "Lire|École|3.5|-|0,5 jour|");
    check_days("1", "", "Lire|École|7|-|1 jour|");
    check_days("2", "", "Lire|École|14|-|2 jours|");
    check_days("", "3", "Lire|École|3|-|3 heures|");
    check_days("0", "3", "Lire|École|3|-|3 heures|");
}

#[test]
fn a_note_on_the_length_of_a_day_is_used() {
    let table = "Titre;Organisme;Durée (jours)\nLire;École;2\nDire;École;1\n";
    for note in ["1 jour = 6 h", "Journée de 6 heures", "Durées en jours de 6 heures"] {
        let told = format!("une ligne au-dessus de la table dit « {note} » : un jour compte 6 heures");
        check_text(&format!("{note}\n{table}"), "Lire|École|12|-|2 jours|", &[&told]);
    }
    let told = ["un jour compte 6 heures (hours_per_day"];
    check_text(&format!("{table}\nPrix HT. 1 jour = 6 h.\n"), "Lire|École|12|-|2 jours|", &told);
    let told = [
        "une ligne au-dessus de la table dit « 1 jour = 6 à 7 h »",
        "restent en mots",
        "écrivez hours_per_day",
    ];
    check_text(&format!("1 jour = 6 à 7 h\n{table}"), "Lire|École|-|-|2|", &told);
    check_text(&format!("Stages de 2 jours de 6 heures\n{table}"), "Lire|École|14|-|2 jours|", &[]);
    // Hours are hours, whatever a day is.
    let hours = "1 jour = 6 à 7 h\nTitre;Organisme;Durée (h)\nLire;École;2\n";
    check_text(hours, "Lire|École|2|-|2 heures|", &[]);
}

#[test]
fn a_note_of_prices_for_a_group_keeps_them_in_words() {
    let table = "Titre;Organisme;Prix\nLire;École;3000\nDire;École;2000\n";
    for (text, place) in [
        (format!("Tarifs intra (groupe)\n{table}"), "au-dessus de"),
        (format!("{table}\nPrix HT par groupe de 12. 1 jour = 6 h.\n"), "sous"),
    ] {
        check_text(&text, "Lire|École|-|-||3000", &[&format!("une ligne {place} la table dit")]);
    }
    check_text(
        &format!("{table}\nPrix hors taxes, par personne\n"),
        "Lire|École|-|3000||3000 (hors taxes)",
        &[],
    );
    for last in ["Bilan des compétences numériques", "Piloter son budget en groupe"] {
        check_text(&format!("{table}{last}\n"), "Lire|École|-|3000||3000", &[]);
    }
    let (told, _) = read("f.csv", format!("Tarifs du groupe Data\n{table}").as_bytes());
    assert!(!told.contains("restent en mots"), "{told}");
}

#[test]
fn durations_and_prices_in_the_forms_of_other_tools_are_read() {
    for (cell, hours) in [
        ("14 heures (2 jours)", "14"),
        ("1 200 heures", "1200"),
        ("1 000 h", "1000"),
        ("03:30:00", "3.5"),
        ("PT14H", "14"),
    ] {
        let text = format!("Titre;Organisme;Durée\nLire;École;{cell}\n");
        check_text(&text, &format!("Lire|École|{hours}|-|{cell}|"), &[]);
    }
    let text = "Titre;Organisme;Durée;Prix\nLire;École;P2D;1.200,50 €\n";
    check_text(text, "Lire|École|-|1200.5|P2D|1.200,50 €", &[]);
}

/// A table of one training with two columns of one fact.
#[track_caller]
fn check_two(columns: &str, cells: &str, row: &str, told: &[&str]) {
    check_text(&format!("Titre;Organisme;{columns}\nLire;École;{cells}\n"), row, told);
}

#[test]
fn two_prices_of_one_sort_that_differ_stay_in_words() {
    check_two("Frais d’inscription;Tarif", "50 €;2 500 €", "Lire|École|-|-||50 € ; 2 500 €", &[]);
    check_two("Frais;Prix", "80;450", "Lire|École|-|-||80 ; 450", &[]);
    check_two(
        "Prix TTC;Tarif TTC",
        "450;540",
        "Lire|École|-|-||450 (toutes taxes comprises) ; 540 (toutes taxes comprises)",
        &[],
    );
    check_two("Prix;Tarif", "450;450 €", "Lire|École|-|450||450", &[]);
    check_two("Frais d’inscription;Coût pédagogique", "0;900 €", "Lire|École|-|900||900 €", &[]);
    check_two("Prix;Tarif", ";450 €", "Lire|École|-|450||450 €", &[]);
    // Taxes are not all the difference.
    check_two("Frais;Prix TTC", "80;450", "Lire|École|-|-||80 ; 450 (toutes taxes comprises)", &[]);
    check_two("Prix;Prix TTC", "450;540", "Lire|École|-|450||450", &[]);
    check_two(
        "Tarif par personne HT;Tarif par personne TTC",
        "450;540",
        "Lire|École|-|540||540 (toutes taxes comprises)",
        &[],
    );
    check_two("Coût par stagiaire;Coût", ";4500", "Lire|École|-|-||", &["non reprise : « Coût »"]);
    check_two("Coût par stagiaire;Coût", "gratuit;4500", "Lire|École|-|0||gratuit", &[]);
    // What is said to be the price of a person is.
    check_two("Montant;Prix par personne", "4500;450", "Lire|École|-|450||450", &[]);
    check_two("Coût;Coût par stagiaire", "4500;450", "Lire|École|-|450||450", &[]);
}

#[test]
fn two_durations_of_one_sort_that_differ_stay_in_words() {
    check_two("Durée;Durée totale", "2 jours;3 jours", "Lire|École|-|-|2 jours ; 3 jours|", &[]);
    check_two("Durée;Durée totale", "14 h;2 jours", "Lire|École|14|-|14 h|", &[]);
    check_two("Durée;Durée totale", "2 jours;2 jours", "Lire|École|14|-|2 jours|", &[]);
    check_two("Durée (h);Nombre d’heures", "14;20", "Lire|École|-|-|14 heures ; 20 heures|", &[]);
}

#[test]
fn prices_under_an_english_name_without_currency_are_told() {
    check_text(
        "Title;Provider;price\nRead;School;200\n",
        "Read|School|-|200||200",
        &["ne dit pas sa monnaie"],
    );
    let (told, _) = read("f.csv", priced("Prix", "200").as_bytes());
    assert!(!told.contains("monnaie"), "{told}");
}

#[test]
fn the_least_and_the_most_of_a_fact_give_it_when_they_are_the_same() {
    let table = |cells: &str| {
        format!(
            "intitule_formation;nom_of;nombre_heures_total_min;nombre_heures_total_max;frais_ttc_tot_min;frais_ttc_tot_max\nLire;École;{cells}\n"
        )
    };
    check_text(&table("60;60;450;450"), "Lire|École|60|450|60 heures|450 (toutes taxes comprises)", &[]);
    check_text(&table("14;21;900;1200,50"), "Lire|École|-|-|14 à 21 heures|900 à 1200,50 €", &[]);
    check_text(&table("0;0;;"), "Lire|École|-|-||", &[]);
}
