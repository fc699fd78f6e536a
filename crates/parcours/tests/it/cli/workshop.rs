//! The workshop of a running service: a file is sent, read, shown, published and undone by forms alone.
//! Absent: how its pages look (see `tests/browser`).

use std::time::Instant;

use super::Home;
use super::serving::{PATIENCE, Served};

const TABLE: &str = "Intitulé;Organisme;Durée;Prix;Thématique;Sujet\n\
    Lire une carte de chaleur;Institut d’essai;2 jours;gratuit;Visualisation;a\n\
    Tenir un registre;Institut d’essai;7;1 200 €;Registres;b\n\
    ;Institut d’essai;3 h;0;Visualisation;c\n";

/// Someone at work in the workshop.
struct Visitor<'a> {
    served: &'a Served,
    token: &'a str,
}

/// An answer, as far as these tests look.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn location(&self) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix("location: "));
        line.unwrap_or_else(|| panic!("{self:?}"))
    }

    #[track_caller]
    fn check(self, status: u16, expect: &[&str]) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        let body = self.body.replace(['\u{202f}', '\u{a0}'], " ");
        for text in expect {
            assert!(body.contains(text), "{text} is not in {body}");
        }
        self
    }
}

impl Visitor<'_> {
    fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: parcours_atelier={}\r\n{headers}",
            self.served.address, self.token
        );
        if method == "POST" {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        let answer = self.served.ask(&[request.as_bytes(), body].concat());
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", b"")
    }

    fn post(&self, path: &str, form: &str) -> Answer {
        let headers = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.send("POST", path, headers, form.as_bytes())
    }

    fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--bord\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--bord--\r\n"].concat();
        self.send("POST", "/atelier/import", "Content-Type: multipart/form-data; boundary=bord\r\n", &body)
    }

    /// The page of an import once nothing is under way.
    fn settled(&self, import: &str) -> Answer {
        let asked = Instant::now();
        loop {
            let page = self.get(import);
            if !page.body.contains("Actualiser") {
                return page;
            }
            assert!(asked.elapsed() < PATIENCE, "still under way");
        }
    }
}

#[test]
fn a_table_is_read_shown_published_and_undone() {
    let home = Home::new();
    let served = Served::start(&home);
    let visitor = Visitor { served: &served, token: &served.token };
    visitor.get("/atelier/import").check(200, &["Aucun pour l’instant", "100 Mo au plus"]);
    let import = visitor.upload("offre 2026.csv", TABLE.as_bytes()).check(303, &[]).location().to_owned();
    let page = visitor.settled(&import);
    let page =
        page.check(200, &["2 formations entreraient.", "offre 2026.csv", "Registres", "l’unité de la durée"]);
    assert!(page.body.contains("Publier ces changements"), "{}", page.body);
    visitor.get(&format!("{import}/refusees.csv")).check(200, &["erreur", "Institut d’essai"]);
    visitor.get(&format!("{import}/rapport.json")).check(200, &["\"refused\":1"]);
    // The columns, and what their words mean.
    let columns =
        visitor.get(&format!("{import}/colonnes")).check(200, &["« Registres »", "name=\"mot.4.0\""]);
    assert!(columns.body.contains("name=\"unite.2\""), "{}", columns.body);
    let form = "feuille=0&champ.0=title&champ.1=provider&champ.2=duration&unite.2=hours&champ.3=price\
        &champ.4=themes&mot.4.0=droit-ethique&champ.5=&heures_jour=6";
    let again = visitor.post(&format!("{import}/colonnes"), form).check(303, &[]);
    assert_eq!(again.location(), import);
    let page = visitor.settled(&import).check(200, &["2 formations entreraient."]);
    assert!(!page.body.contains("l’unité de la durée"), "{}", page.body);
    let mapping = visitor.get(&format!("{import}/correspondance.toml"));
    mapping.check(200, &["Registres = \"droit-ethique\"", "hours_per_day = 6.0", "unit = \"hours\""]);
    // Published, seen, undone.
    visitor.post(&format!("{import}/publier"), "auteur=Direction+d%27essai").check(303, &[]);
    visitor.settled(&import).check(200, &["Version 2 publiée", "Annuler cette publication"]);
    let seen = served.get("/formations.json?q=%22carte+de+chaleur%22");
    assert!(seen.contains("\"total\":1") && seen.contains("\"hours\":12"), "{seen}");
    let revisions = home.check("revisions", 0);
    assert!(
        revisions.out.contains("Direction d’essai") || revisions.out.contains("Direction d'essai"),
        "{revisions:?}"
    );
    visitor.post(&format!("{import}/annuler"), "").check(303, &[]);
    visitor.settled(&import).check(200, &["Publication annulée", "version 3"]);
    assert!(served.get("/formations.json?q=%22carte+de+chaleur%22").contains("\"total\":0"));
    visitor.post(&format!("{import}/effacer"), "").check(303, &[]);
    visitor.get(&import).check(404, &["Aucun import n’a cette adresse"]);
    visitor.get("/atelier/import").check(200, &["Aucun pour l’instant"]);
}

#[test]
fn amounts_kept_in_words_are_taken_once_somebody_says_so() {
    let home = Home::new();
    let served = Served::start(&home);
    let visitor = Visitor { served: &served, token: &served.token };
    let table = "Tarifs intra (groupe)\nIntitulé;Organisme;Prix\nLire un tableau;Institut d’essai;1200\n";
    let import = visitor.upload("intra.csv", table.as_bytes()).check(303, &[]).location().to_owned();
    visitor.settled(&import).check(200, &["décochez « Garder en mots »"]);
    let columns = format!("{import}/colonnes");
    visitor.get(&columns).check(200, &["name=\"mots.2\" value=\"oui\" checked"]);
    let form = "feuille=0&entete=2&champ.0=title&champ.1=provider&champ.2=price";
    visitor.post(&columns, form).check(303, &[]);
    let page = visitor.settled(&import).check(200, &["1 formation entrerait."]);
    assert!(!page.body.contains("Garder en mots"), "{}", page.body);
    visitor.post(&format!("{import}/publier"), "").check(303, &[]);
    visitor.settled(&import).check(200, &["Version 2 publiée"]);
    let seen = served.get("/formations.json?q=%22lire+un+tableau%22");
    assert!(seen.contains("1200"), "{seen}");
}

#[test]
fn what_cannot_be_read_is_told_with_a_way_on() {
    let home = Home::new();
    let served = Served::start(&home);
    let visitor = Visitor { served: &served, token: &served.token };
    let told = |name: &str, bytes: &[u8], expect: &[&str]| {
        let import = visitor.upload(name, bytes).check(303, &[]).location().to_owned();
        let page = visitor.settled(&import).check(200, expect);
        assert!(!page.body.contains("Publier ces changements"), "{}", page.body);
        assert!(!page.body.contains("/imports/"), "no path of the machine: {}", page.body);
        import
    };
    told("image.png", b"\x89PNG", &["ne dit pas le format du fichier"]);
    told("casse.xlsx", b"PK\x03\x04 et rien de plus", &["casse.xlsx"]);
    let import = told(
        "sans-titre.csv",
        b"a;b\n1;2\n3;4\n",
        &["aucune colonne ne donne l’intitulé", "Lecture des colonnes"],
    );
    let wrong = visitor.post(&format!("{import}/colonnes"), "feuille=0&champ.0=id&champ.1=&heures_jour=sept");
    wrong.check(400, &["« sept » n’est pas un nombre d’heures"]);
    let wrong = visitor.post(&format!("{import}/colonnes"), "feuille=0&champ.0=id&champ.1=id");
    wrong.check(400, &["Deux colonnes donnent « référence chez l’organisme » : « a » et « b »"]);
    visitor.upload("vide.csv", b"").check(400, &["Le fichier est vide"]);
    visitor.upload("", b"a").check(400, &["Choisissez un fichier"]);
    visitor.post("/atelier/import", "fichier=a").check(400, &["Choisissez un fichier"]);
    visitor.post(&format!("{import}/publier"), "").check(400, &["demande d’abord la précédente"]);
    visitor.get("/atelier/import/0123").check(404, &["Aucun import n’a cette adresse"]);
}

#[test]
fn a_catalogue_that_changed_meanwhile_is_compared_again() {
    let home = Home::new();
    let served = Served::start(&home);
    let visitor = Visitor { served: &served, token: &served.token };
    let import = visitor.upload("offre.csv", TABLE.as_bytes()).check(303, &[]).location().to_owned();
    visitor.settled(&import).check(200, &["Publier ces changements"]);
    home.check("generate --count 5 --seed 3 --out plus.jsonl", 0);
    home.check("import plus.jsonl --yes", 0);
    visitor.post(&format!("{import}/publier"), "").check(303, &[]);
    visitor.settled(&import).check(200, &["Le catalogue a changé entre-temps", "Comparer de nouveau"]);
    visitor.post(&format!("{import}/options"), "").check(303, &[]);
    visitor.settled(&import).check(200, &["Publier ces changements", "version 2"]);
}

#[test]
fn only_what_was_shown_is_published_and_once() {
    let home = Home::new();
    let served = Served::start(&home);
    let visitor = Visitor { served: &served, token: &served.token };
    let import = visitor.upload("offre.csv", TABLE.as_bytes()).check(303, &[]).location().to_owned();
    let page = visitor.settled(&import).check(200, &["Publier ces changements"]);
    let (_, after) = page.body.split_once("name=\"comparaison\" value=\"").expect("what is shown is named");
    let (shown, _) = after.split_once('"').expect("a number");
    // Another page compares the file otherwise.
    visitor.post(&format!("{import}/options"), "mode=replace").check(303, &[]);
    visitor.settled(&import).check(200, &["Aucune formation n’est retirée"]);
    let stale = visitor.post(&format!("{import}/publier"), &format!("comparaison={shown}"));
    stale.check(409, &["Une autre page a comparé ce fichier autrement"]);
    home.check("revisions", 0);
    // Pressed twice, the button publishes once, and nothing is called a failure.
    visitor.post(&format!("{import}/publier"), "").check(303, &[]);
    visitor.settled(&import).check(200, &["Version 2 publiée"]);
    visitor.post(&format!("{import}/publier"), "").check(303, &[]);
    let page = visitor.settled(&import).check(200, &["Version 2 publiée"]);
    assert!(!page.body.contains("entre-temps"), "{}", page.body);
    assert!(served.get("/formations.json").contains("\"revision\":2"));
    let long = visitor.post(&format!("{import}/options"), &format!("a={}", "b".repeat(2 << 20)));
    long.check(413, &["Formulaire trop long"]);
}

#[test]
fn a_wrong_separator_is_put_right_in_the_form() {
    let home = Home::new();
    let served = Served::start(&home);
    let visitor = Visitor { served: &served, token: &served.token };
    let table = "une,ligne,de,titre\nIntitulé|Organisme|Prix\nLire, écrire, compter|Institut d’essai|0\n";
    let import = visitor.upload("barres.csv", table.as_bytes()).check(303, &[]).location().to_owned();
    visitor.settled(&import);
    let form = "feuille=0&separateur_fichier=barre&entete=2";
    visitor.post(&format!("{import}/colonnes"), form).check(303, &[]);
    visitor.settled(&import).check(200, &["1 formation entrerait.", "Lire, écrire, compter"]);
    visitor.get(&format!("{import}/colonnes")).check(200, &["value=\"barre\" selected", "value=\"2\""]);
    for (form, told) in [
        ("entete=zéro", "n’est pas un numéro de ligne"),
        ("date=2026-13", "n’est pas une date"),
        ("source=javascript:alert(1)", "n’est pas une adresse du web"),
        ("heures_jour=1e9", "n’est pas un nombre d’heures"),
    ] {
        let form = format!("feuille=0&separateur_fichier=barre&{}", form.replace('é', "%C3%A9"));
        visitor.post(&format!("{import}/colonnes"), &form).check(400, &[told]);
    }
}

#[test]
fn only_who_holds_the_token_may_edit() {
    let home = Home::new();
    let served = Served::start(&home);
    let stranger = Visitor { served: &served, token: "0123456789abcdef0123456789abcdef" };
    stranger.get("/atelier/import").check(403, &["s’ouvre avec un jeton"]);
    stranger.upload("offre.csv", TABLE.as_bytes()).check(403, &[]);
    stranger.get("/atelier?jeton=faux").check(403, &["n’est pas le bon"]);
    stranger.post("/atelier", "jeton=faux").check(403, &["n’est pas le bon"]);
    let admitted = stranger.post("/atelier", &format!("jeton={}", served.token)).check(303, &[]);
    assert!(admitted.head.contains("HttpOnly; SameSite=Strict"), "{admitted:?}");
    let admitted = stranger.get(&format!("/atelier?jeton={}", served.token)).check(303, &[]);
    assert!(admitted.location() == "/atelier/import" && admitted.head.contains("no-store"), "{admitted:?}");
    let visitor = Visitor { served: &served, token: &served.token };
    let form = "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://ailleurs.test\r\n";
    visitor.send("POST", "/atelier/import", form, b"").check(403, &["vient d’un autre site"]);
}
