//! A scenario in an address: its file, packed and written in letters that addresses take (DEFLATE, RFC 1951; base64url
//! without padding, RFC 4648, section 5). Absent: the file itself.

use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use catalogue::scenarios::Scenario;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::{SCENARIO_BYTES, read, write};
use crate::Issue;
use crate::issue::Fault;

/// Longest code, in characters: two are compared in an address, which has 8,000 at most.
pub const CODE_CHARS: usize = 3_500;
/// What the file of a code is called in messages.
const FILE: &str = "scénario de l’adresse";

/// The code of a scenario; the same scenario has the same one. `None`: it would be longer than [`CODE_CHARS`].
pub fn to_code(scenario: &Scenario) -> Option<String> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(write(scenario).as_bytes()).expect("memory takes all");
    let packed = packer.finish().expect("memory takes all");
    let code = URL_SAFE_NO_PAD.encode(packed);
    (code.len() <= CODE_CHARS).then_some(code)
}

/// The scenario of a code.
///
/// # Errors
/// When it is no code, or one of a file that is wrong, with what is wrong in it.
pub fn from_code(code: &str) -> Result<Scenario, Vec<Issue>> {
    let refused = || {
        let remedy = "reprenez l’adresse entière, ou ouvrez de nouveau le fichier";
        vec![Fault::new("l’adresse est coupée ou abîmée", remedy).at(FILE, None)]
    };
    if code.len() > CODE_CHARS {
        return Err(refused());
    }
    let packed = URL_SAFE_NO_PAD.decode(code).map_err(|_| refused())?;
    let mut text = String::new();
    let mut unpacked = DeflateDecoder::new(packed.as_slice()).take(SCENARIO_BYTES as u64 + 1);
    unpacked.read_to_string(&mut text).map_err(|_| refused())?;
    read(FILE, &text)
}
