//! The files that are changed: one or a few small ones for each form, made here.
//! Absent: files of other people.

use std::io::{Cursor, Read, Write};

use catalogue::{RawSource, RawTraining};
use exchange::book::Book;
use exchange::{About, Format, Output};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::old_book::{self, Holds, OldCell};

/// What is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Csv,
    Encoding,
    Json,
    Xlsx,
    Ods,
    Xls,
    Lheo,
    Mapping,
    Ours,
    Package,
}

impl Target {
    pub const ALL: [Self; 10] = [
        Self::Csv,
        Self::Encoding,
        Self::Json,
        Self::Xlsx,
        Self::Ods,
        Self::Xls,
        Self::Lheo,
        Self::Mapping,
        Self::Ours,
        Self::Package,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Encoding => "encoding",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Xls => "xls",
            Self::Lheo => "lheo",
            Self::Mapping => "mapping",
            Self::Ours => "ours",
            Self::Package => "package",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::Encoding => "csv",
            Self::Lheo => "xml",
            Self::Mapping => "toml",
            Self::Ours => "jsonl",
            Self::Package => "zip",
            other => other.name(),
        }
    }
}

/// How the parts of a file are put together.
enum Packing {
    None,
    Zip,
    Ole,
}

/// A file in parts.
pub struct Seed {
    pub parts: Vec<(String, Vec<u8>)>,
    packing: Packing,
}

impl Seed {
    fn plain(bytes: impl Into<Vec<u8>>) -> Self {
        Self { parts: vec![(String::new(), bytes.into())], packing: Packing::None }
    }

    fn zip(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive of ours");
        let mut parts = Vec::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("memory");
            parts.push((part.name().expect("a name").into_owned(), bytes));
        }
        Self { parts, packing: Packing::Zip }
    }

    fn ole(stream: Vec<u8>) -> Self {
        Self { parts: vec![("Workbook".to_owned(), stream)], packing: Packing::Ole }
    }

    pub fn packed(&self, parts: &[(String, Vec<u8>)]) -> Vec<u8> {
        match self.packing {
            Packing::None => parts[0].1.clone(),
            Packing::Ole => old_book::container(&parts[0].0, &parts[0].1),
            Packing::Zip => {
                let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
                let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
                for (name, bytes) in parts {
                    zip.start_file(name.as_str(), stored).expect("a part");
                    zip.write_all(bytes).expect("memory");
                }
                zip.finish().expect("an archive").into_inner()
            }
        }
    }
}

/// The files of a target.
pub fn of(target: Target) -> Vec<Seed> {
    match target {
        Target::Csv => [CSV, PLAIN, "a\tb\n1\t2\n", "sep=|\nTitre|Prix\na|3\n"].map(Seed::plain).into(),
        Target::Encoding => encodings(),
        Target::Json => [JSON, NESTED, LINES].map(Seed::plain).into(),
        Target::Xlsx => vec![Seed::zip(&xlsx()), ours(Output::Book(Book::Xlsx))],
        Target::Ods => vec![Seed::zip(&ods()), ours(Output::Book(Book::Ods))],
        Target::Xls => vec![
            Seed::ole(old_book::stream(&old_sheets(), false)),
            Seed::ole(old_book::stream(&old_sheets(), true)),
        ],
        Target::Lheo => vec![Seed::plain(LHEO), Seed::plain(LHEO.replace("UTF-8", "ISO-8859-1"))],
        Target::Mapping => vec![Seed::plain(MAPPING)],
        Target::Package => vec![ours(Output::Package)],
        Target::Ours => {
            Format::ALL.into_iter().map(|format| Seed::plain(written(Output::Rows(format)))).collect()
        }
    }
}

fn ours(output: Output) -> Seed {
    Seed::zip(&written(output))
}

fn written(output: Output) -> Vec<u8> {
    let raw = |id: &str| RawTraining {
        id: id.to_owned(),
        kind: "course".to_owned(),
        title: "Lire « un » tableau; l’été".to_owned(),
        provider: "Organisme".to_owned(),
        provider_kind: "public".to_owned(),
        summary: "Deux\nlignes, \"cotées\".".to_owned(),
        formats: vec!["presentiel".to_owned(), "distanciel".to_owned()],
        duration_hours: Some(3.5),
        price_eur: Some(0.0),
        competences: [("analyse-donnees".to_owned(), 2)].into(),
        stated: [("price".to_owned(), "=gratuit".to_owned())].into(),
        source: RawSource { address: "https://exemple.fr/a".to_owned(), seen: Some("2026-05".to_owned()) },
        ..RawTraining::default()
    };
    let about = About {
        selection: "2 formations.".to_owned(),
        revision: 1,
        published_at: "2026-03-01T08:00:00Z".to_owned(),
        total: None,
    };
    let mut bytes = Cursor::new(Vec::new());
    output.write(&mut bytes, [raw("a"), raw("b")].iter(), &about).expect("memory takes all");
    bytes.into_inner()
}

const CSV: &str = "Offre 2026;;;\n\nIntitulé *;\"Durée\n(jours)\";Prix HT;Lien\n\"Lire \"\"un\"\" tableau\";2;1 200 €;https://exemple.fr/a\nÉcrire;1,5;gratuit;www.exemple.fr\n;;;\nCompter;NC;-;\n";
const PLAIN: &str = "Lire un tableau,Organisme,12/03/2026,https://exemple.fr/a\nÉcrire,Organisme,13/03/2026,https://exemple.fr/b\n";
const JSON: &str = r#"{"n": 2, "items": [{"name": {"fr": "Lire", "en": "Read"}, "tags": ["a", "b"], "in": {"x": 1.5, "y": null}}, {"name": "Écrire", "authors": [{"nom": "A"}], "id": 12345678901234567890}]}"#;
const NESTED: &str = r#"[{"name": "A", "abstract": "a", "parts": [{"name": "B", "abstract": "b", "parts": [{"name": "C", "abstract": "c"}]}]}, {"name": "D", "abstract": "d"}]"#;
const LINES: &str = "{\"a\": 1, \"b\": {\"c\": [1, 2]}}\n\n{\"a\": \"x\"}\nnot json\n";
const MAPPING: &str = "[table]\nsheet = \"F\"\nheader_line = 3\nseparator = \";\"\n\n[settings]\nhours_per_day = 7.0\nhours_per_half_day = 3.5\n\n[defaults]\nprovider = \"Organisme\"\nseen = \"2026\"\n\n[[column]]\nname = \"Titre\"\nfield = \"title\"\n\n[[column]]\nname = \"Thème\"\nfield = \"themes\"\nseparator = \",\"\n[column.values]\n\"Droit*\" = \"droit-ethique\"\n\"Autre\" = \"\"\n\n[[column]]\nname = \"Durée\"\nfield = \"duration\"\nunit = \"days\"\n";
const LHEO: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lheo xmlns=\"http://lheo.gouv.fr/2.3\"><offres><formation numero=\"1\" datemaj=\"20260501\"><domaine-formation><code-FORMACODE ref=\"V14\">31026</code-FORMACODE><code-NSF>326</code-NSF></domaine-formation><intitule-formation>Lire &amp; compter</intitule-formation><objectif-formation><![CDATA[<p>Lire un <b>tableau</b></p>]]></objectif-formation><certifiante>0</certifiante><action><modalites-enseignement>1</modalites-enseignement><conditions-specifiques>aucune</conditions-specifiques><lieu-de-formation><coordonnees><adresse><ville>Lyon</ville></adresse></coordonnees></lieu-de-formation><url-action><urlweb>exemple.fr/a</urlweb></url-action><session><periode><debut>20260900</debut><fin>00000000</fin></periode></session><nombre-heures-total>14</nombre-heures-total><prix-total-TTC>1 200,00</prix-total-TTC><extras><extra info=\"frais-ht\">1000</extra></extras></action><organisme-formation-responsable><SIRET-organisme-formation><SIRET>13002526500013</SIRET></SIRET-organisme-formation><nom-organisme>Organisme</nom-organisme></organisme-formation-responsable></formation></offres></lheo>\n";

fn encodings() -> Vec<Seed> {
    let text = "Titre;Durée\nL’été à Noël;même\nÉcole;œuvre\n";
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let of = |encoding: &'static encoding_rs::Encoding| Seed::plain(encoding.encode(text).0.into_owned());
    vec![
        Seed::plain(text),
        Seed::plain(wide),
        of(encoding_rs::WINDOWS_1252),
        of(encoding_rs::MACINTOSH),
        Seed::plain(text.replace('\n', "\r")),
    ]
}

fn xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Style::new();
    let day = Style::new().set_num_format("dd/mm/yyyy");
    let date = ExcelDateTime::from_ymd(2026, 5, 3).expect("a day");
    let mut build = || {
        sheet.merge_range(0, 0, 0, 4, "Catalogue", &plain)?;
        sheet.merge_range(1, 0, 2, 0, "Titre", &plain)?;
        sheet.merge_range(1, 1, 1, 2, "Public visé", &plain)?;
        sheet.write(2, 1, "Cadres")?.write(2, 2, "Agents")?.write(1, 3, "Prix")?.write(1, 4, "Début")?;
        sheet.write(3, 0, "Lire")?.write(3, 1, "x")?.write(3, 3, 1200.5)?.write_boolean(4, 3, true)?;
        sheet.write_formula(3, 2, Formula::new("=1/0").set_result("#DIV/0!"))?;
        sheet.write_datetime_with_format(3, 4, &date, &day)?.write(4, 0, "Écrire")?;
        Ok::<_, rust_xlsxwriter::XlsxError>(())
    };
    build().expect("a sheet");
    book.add_worksheet().write(0, 0, "Autre").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

fn ods() -> Vec<u8> {
    let content = "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:automatic-styles><style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"F\" table:style-name=\"h\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"3\"/></table:table-row><table:table-row><table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"><text:p>Titre</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>D<text:s text:c=\"2\"/>é</text:p><office:annotation><text:p>n</text:p></office:annotation></table:table-cell></table:table-row><table:table-row table:number-rows-repeated=\"3\"><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"3.5\"><text:p>3,5</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2026-05-03\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"m\"/>";
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ];
    let parts: Vec<(String, Vec<u8>)> = parts.map(|(name, text)| (name.to_owned(), text.into())).into();
    Seed { parts: Vec::new(), packing: Packing::Zip }.packed(&parts)
}

fn old_sheets() -> Vec<old_book::OldSheet<'static>> {
    let text = |line, column, text: &str| OldCell(line, column, Holds::Text(text.to_owned()));
    let cells = vec![
        text(0, 0, "Titre"),
        text(0, 1, "Début"),
        text(0, 2, "Prix"),
        text(1, 0, "Lire l’été"),
        OldCell(1, 1, Holds::Day(46_145.0)),
        OldCell(1, 2, Holds::Number(12.5)),
        OldCell(2, 2, Holds::Error(7)),
        OldCell(0, 1, Holds::Unseen(1)),
        OldCell(2, 0, Holds::UnseenRow),
        OldCell(0, 0, Holds::NoZeros),
    ];
    vec![
        ("Offre", cells, vec![[0, 0, 1, 2]]),
        ("Suite", vec![text(0, 0, "Titre"), text(1, 0, "b")], Vec::new()),
    ]
}
