//! What the referential says of each competence, and the tables it refuses.

use std::collections::BTreeSet;

use catalogue::{Competence, Kinship, Level, Referential, ReferentialTables};

fn competences(referential: &Referential) -> Vec<Competence> {
    referential.blocks().iter().flat_map(|block| block.competences.clone()).collect()
}

#[test]
fn every_competence_has_four_levels_a_question_and_a_theme() {
    let referential = Referential::builtin();
    let mut said = BTreeSet::new();
    assert_eq!(competences(&referential).len(), 24);
    for competence in competences(&referential) {
        let id = &referential.term(competence).id;
        for level in Level::all() {
            let can_do = referential.can_do(competence, level);
            let first = can_do.split([' ', ',']).next().unwrap_or_default();
            assert!(can_do.starts_with(char::is_lowercase) && !can_do.ends_with('.'), "{id}: {can_do}");
            assert!(
                ["er", "ir", "re"].iter().any(|end| first.ends_with(end)),
                "{id}: {first} is no infinitive"
            );
            assert!((30..=300).contains(&can_do.chars().count()), "{id}: {can_do}");
            assert!(said.insert(can_do.to_owned()), "{id}: said twice: {can_do}");
        }
        let question = referential.question(competence);
        assert!(question.ends_with('?') && question.chars().count() <= 300, "{id}: {question}");
        assert!(said.insert(question.to_owned()), "{id}: asked twice");
        assert!(!referential.term(referential.theme_of(competence)).label.is_empty(), "{id}");
    }
}

#[test]
fn relations_with_other_frameworks_are_those_of_the_table() {
    let referential = Referential::builtin();
    let of = |id: &str| {
        let competence = referential.code::<Competence>(id).expect("a competence");
        let relations = referential.relations(competence).iter();
        relations.map(|relation| (relation.code.clone(), relation.kinship)).collect::<Vec<_>>()
    };
    assert_eq!(of("protection-donnees"), [("4.2".to_owned(), Kinship::Close)]);
    assert_eq!(of("enjeux-numeriques").last(), Some(&("4.4".to_owned(), Kinship::Wider)));
    assert_eq!(of("equipe-data"), []);
    let all: usize =
        competences(&referential).iter().map(|competence| referential.relations(*competence).len()).sum();
    assert_eq!(all, 26);
}

const SMALL: ReferentialTables<'static> = ReferentialTables {
    competences: "block,block_label,id,label,definition,theme\n\
        lire,Lire,une,Une,Définition,culture-donnees\nlire,Lire,deux,Deux,Définition,culture-donnees\n",
    levels: "competence,level,can_do\nune,1,a\nune,2,b\nune,3,c\nune,4,d\ndeux,1,e\ndeux,2,f\ndeux,3,g\ndeux,4,h\n",
    questions: "competence,question\nune,Savez-vous ?\ndeux,Saurez-vous ?\n",
    frameworks: "competence,framework,code,label,relation,source_url\nune,X,1,One,proche,https://exemple.fr/x\n",
    ..Referential::BUILTIN
};

fn check(change: impl FnOnce(&mut ReferentialTables<'static>), expect: &str) {
    let mut tables = SMALL;
    change(&mut tables);
    let error = Referential::read(&tables).expect_err("refused").to_string();
    assert!(error.contains(expect), "{error}");
}

#[test]
fn a_small_referential_is_read() {
    let referential = Referential::read(&SMALL).expect("sound tables");
    let two: Competence = referential.code("deux").expect("a competence");
    let level = Level::new(3).expect("a level");
    assert_eq!((referential.can_do(two, level), referential.question(two)), ("g", "Saurez-vous ?"));
    assert_eq!(referential.relations(two), []);
}

#[test]
fn tables_that_say_too_much_or_too_little_are_refused() {
    let head = "competence,level,can_do\n";
    let levels = |rows: &str| -> &'static str { Box::leak(format!("{head}{rows}").into_boxed_str()) };
    check(|t| t.levels = levels("trois,1,a\n"), "« trois » n’est pas dans le référentiel");
    check(|t| t.levels = levels("une,5,a\n"), "le niveau 5 n’existe pas");
    check(|t| t.levels = levels("une,1,a\nune,1,b\n"), "le niveau 1 est écrit deux fois");
    check(|t| t.levels = levels("une,1,a\nune,2,b\nune,4,d\n"), "« une » : le niveau 3 manque");
    check(|t| t.levels = levels("une,1, \n"), "le texte est vide");
    check(|t| t.levels = levels(&format!("une,1,{}\n", "a".repeat(301))), "301 caractères");
    check(|t| t.questions = "competence,question\nune,Oui ?\n", "« deux » : la question manque");
    check(|t| t.questions = "competence,question\nune,A\nune,B\n", "la question est écrite deux fois");
    let relation = |row: &str| -> &'static str {
        let head = "competence,framework,code,label,relation,source_url\n";
        Box::leak(format!("{head}{row}\n").into_boxed_str())
    };
    check(
        |t| t.frameworks = relation("une,X,1,One,cousine,https://exemple.fr/x"),
        "« cousine » n’existe pas",
    );
    check(|t| t.frameworks = relation("une,X,1,One,proche,exemple"), "n’est pas une adresse du web");
    check(
        |t| t.frameworks = relation(&["une,X,1,One,proche,https://exemple.fr/x"; 9].join("\n")),
        "plus de 8",
    );
    let theme = "block,block_label,id,label,definition,theme\nlire,Lire,une,Une,Définition,nulle\n";
    check(|t| t.competences = theme, "la thématique « nulle » n’existe pas");
}
