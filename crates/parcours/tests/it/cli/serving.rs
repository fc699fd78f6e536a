//! `serve`: it answers once its address is printed, follows imports, and leaves when asked. Absent: the workshop.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::Home;

/// How long an edit may take to be shown before the test gives up.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Served {
    child: Child,
    pub address: String,
    /// What opens the workshop.
    pub token: String,
}

impl Served {
    pub fn start(home: &Home) -> Self {
        Self::start_with(home, &[])
    }

    pub fn start_with(home: &Home, options: &[&str]) -> Self {
        let mut command = home.command();
        command.args(["serve", "--port", "0"]).args(options).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut line = || lines.next().expect("a line").expect("UTF-8");
        let (first, second) = (line(), line());
        let address =
            first.strip_prefix("Parcours répond sur http://").and_then(|rest| rest.strip_suffix('/'));
        let address = address.unwrap_or_else(|| panic!("{first}")).to_owned();
        let (_, token) = second.rsplit_once("/atelier?jeton=").unwrap_or_else(|| panic!("{second}"));
        Self { address, token: token.to_owned(), child }
    }

    /// The whole answer to a request written by hand.
    pub fn ask(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.write_all(request).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Body of an answer.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: essai\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&answer));
        let head = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a body");
        answer.split_off(head + 4)
    }

    /// Body of an answer, as text.
    pub fn get(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("UTF-8")
    }

    fn signal(mut self, name: &str) -> ExitStatus {
        let kill =
            Command::new("kill").args([name, &self.child.id().to_string()]).status().expect("kill runs");
        assert!(kill.success());
        self.child.wait().expect("it ends")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Already ended when the test asked for it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_answers_and_leaves_when_asked() {
    for signal in ["-TERM", "-INT"] {
        let home = Home::new();
        let served = Served::start(&home);
        assert!(served.get("/").contains("Parcours"));
        assert!(served.get("/formations.json?q=RGPD").contains("\"total\""));
        let status = served.signal(signal);
        assert!(status.success(), "{signal}: {status:?}");
        home.check("check", 0);
    }
}

#[test]
fn an_import_is_shown_without_a_restart() {
    let home = Home::new();
    let served = Served::start(&home);
    home.check("generate --count 5 --seed 3 --out plus.jsonl", 0);
    home.check("import plus.jsonl --yes", 0);
    let asked = Instant::now();
    while !served.get("/formations.json?q=Organisme+d%27essai").contains("\"revision\":2") {
        assert!(asked.elapsed() < PATIENCE, "the import is not shown");
    }
    assert!(served.get("/formations/g-3-1").contains("Organisme d’essai"));
}

#[test]
fn a_port_already_taken_is_said() {
    let home = Home::new();
    let served = Served::start(&home);
    let port = served.address.rsplit(':').next().expect("a port").to_owned();
    let ran = home.run(["serve", "--port", &port]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("déjà pris") && ran.err.contains("--port 8081"), "{ran:?}");
    let theme = home.run(["serve", "--port", "0", "--theme-dir", "nulle-part"]);
    assert_eq!(theme.code, 2, "{theme:?}");
}

#[test]
fn it_shows_a_directory_of_certifications_loaded_meanwhile() {
    let home = Home::seeded();
    home.write("offre.csv", "Intitulé;Organisme;Code RNCP\nDevenir DPO;École d’essai;30000\n");
    home.check("import offre.csv --yes", 0);
    home.write("s_2026_11_24.csv", "Numero_Fiche;Intitule;Actif\nRNCP30000;DPO;INACTIVE\n");
    let served = Served::start(&home);
    let page = || served.get("/formations/ecole-d-essai-devenir-dpo");
    assert!(page().contains("RNCP30000") && !page().contains("N’est plus active"));
    home.check("references load s_2026_11_24.csv", 0);
    let start = Instant::now();
    while !page().contains("répertoire du 24 novembre 2026") {
        assert!(start.elapsed() < PATIENCE, "the directory is not shown");
    }
    assert!(page().contains("N’est plus active"));
}

#[test]
fn it_names_the_publisher_that_a_setting_states() {
    let home = Home::seeded();
    assert!(!Served::start(&home).get("/catalogue.jsonld").contains("publisher"));
    let named = Served::start_with(&home, &["--publisher", "Organisme d’essai"]);
    assert!(named.get("/catalogue.jsonld").contains("Organisme d’essai"));
}
