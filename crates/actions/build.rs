//! Embeds the files of `data/trainings` and their fingerprint. Absent: reading what they say.

use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let manifest = env::var("CARGO_MANIFEST_DIR").expect("set by cargo");
    let directory = PathBuf::from(manifest).join("../../data/trainings");
    println!("cargo::rerun-if-changed={}", directory.display());
    let entries = fs::read_dir(&directory).expect("data/trainings is a directory");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut list = String::new();
    let mut fingerprint: u64 = 0xcbf2_9ce4_8422_2325;
    for path in &paths {
        println!("cargo::rerun-if-changed={}", path.display());
        for byte in fs::read(path).expect("a readable file") {
            fingerprint = (fingerprint ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let name = path.file_name().expect("a file").to_string_lossy();
        writeln!(list, "    ({:?}, include_str!({path:?})),", format!("data/trainings/{name}"))
            .expect("memory");
    }
    let code = format!(
        "/// Names and texts of the files of the catalogue.\n\
         static FILES: [(&str, &str); {}] = [\n{list}];\n\
         /// Fingerprint of their texts (FNV-1a).\n\
         const FINGERPRINT: u64 = {fingerprint:#x};\n",
        paths.len()
    );
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo")).join("builtin.rs");
    fs::write(out, code).expect("the output directory is writable");
}
