//! Workbooks of Excel 97 written here, just enough of them to be read: records of BIFF8 in a compound file.
//! Sources: [MS-XLS] for records, [MS-CFB] for the file. Absent: reading.

/// One cell: line and column from 0, what it holds.
pub struct OldCell(pub u16, pub u16, pub Holds);

/// What a cell holds.
pub enum Holds {
    /// A text, in the table of shared ones.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, as its serial number.
    Day(f64),
    /// An error of calculation, by its code.
    Error(u8),
    /// Nothing: its column and those up to this one are hidden.
    Unseen(u16),
    /// Nothing: its row has cells and is hidden.
    UnseenRow,
    /// Nothing: the sheet does not show its zeros.
    NoZeros,
}

/// A sheet: its name, its cells, and its merged cells as first and last line, first and last column.
pub type OldSheet<'a> = (&'a str, Vec<OldCell>, Vec<[u16; 4]>);

/// A record.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a short record");
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

fn words(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A text in UTF-16, its length aside.
fn wide(text: &str) -> Vec<u8> {
    [vec![1], words(&text.encode_utf16().collect::<Vec<_>>())].concat()
}

/// The stream of a workbook; with `pass`, the mark of a password.
pub fn stream(sheets: &[OldSheet], pass: bool) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &words(&[0x0600, kind, 0x0dbb, 0x07cc, 0, 0, 6, 0]));
    let format = |number: u16| record(0x00e0, &[words(&[0, number]), vec![0; 16]].concat());
    let mut texts: Vec<&str> = Vec::new();
    let mut bodies = Vec::new();
    for (_, cells, merges) in sheets {
        let mut body = begin(0x0010);
        for OldCell(line, column, holds) in cells {
            let place = |style: u16| words(&[*line, *column, style]);
            body.extend(match holds {
                Holds::Text(text) => {
                    let at = u32::try_from(texts.len()).expect("few texts");
                    texts.push(text);
                    record(0x00fd, &[place(0), at.to_le_bytes().to_vec()].concat())
                }
                Holds::Number(number) => record(0x0203, &[place(0), number.to_le_bytes().to_vec()].concat()),
                Holds::Day(serial) => record(0x0203, &[place(1), serial.to_le_bytes().to_vec()].concat()),
                Holds::Error(code) => record(0x0205, &[place(0), vec![*code, 1]].concat()),
                Holds::UnseenRow => record(0x0208, &words(&[*line, 0, 2, 255, 0, 0, 0x20, 0])),
                Holds::NoZeros => record(0x023e, &words(&[0x06a6, 0, 0, 0, 0, 0, 0, 0, 0])),
                Holds::Unseen(last) => record(0x007d, &words(&[*column, *last, 2_340, 0, 1, 0])),
            });
        }
        if !merges.is_empty() {
            let count = u16::try_from(merges.len()).expect("few merges");
            let ranges: Vec<u8> = merges.iter().flat_map(|range| words(range)).collect();
            body.extend(record(0x00e5, &[words(&[count]), ranges].concat()));
        }
        body.extend(record(0x000a, &[]));
        bodies.push(body);
    }
    let count = u32::try_from(texts.len()).expect("few texts").to_le_bytes();
    let mut shared = [count, count].concat();
    for text in texts {
        shared.extend(words(&[u16::try_from(text.encode_utf16().count()).expect("a short text")]));
        shared.extend(wide(text));
    }
    let head = |places: &[u32]| {
        let mut head = begin(0x0005);
        if pass {
            head.extend(record(0x002f, &[words(&[1, 1, 1]), vec![7; 48]].concat()));
        }
        head.extend(record(0x0042, &words(&[1200])));
        head.extend([format(0), format(14)].concat());
        for ((name, ..), place) in sheets.iter().zip(places) {
            let length = u8::try_from(name.encode_utf16().count()).expect("a short name");
            head.extend(record(0x0085, &[&place.to_le_bytes()[..], &[0, 0, length], &wide(name)].concat()));
        }
        head.extend(record(0x00fc, &shared));
        head.extend(record(0x000a, &[]));
        head
    };
    // The places of sheets do not change the length of what is before them.
    let mut place = u32::try_from(head(&vec![0; sheets.len()]).len()).expect("a small workbook");
    let mut places = Vec::new();
    for body in &bodies {
        places.push(place);
        place += u32::try_from(body.len()).expect("a small workbook");
    }
    [head(&places), bodies.concat()].concat()
}

/// A compound file that holds one stream.
pub fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xffff_fffe;
    // Streams under 4,096 bytes would be stored in another way.
    let length = stream.len().max(4_096);
    let sectors = length.div_ceil(SECTOR);
    let tables = (sectors + 2).div_ceil(SECTOR / 4 - 1);
    let number = |value: usize| u32::try_from(value).expect("a small file");
    let first = number(tables + 1);
    let mut chain: Vec<u32> = vec![0xffff_fffd; tables];
    chain.push(END);
    chain.extend((1..sectors).map(|at| first + number(at)));
    chain.push(END);
    chain.resize(tables * SECTOR / 4, u32::MAX);
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(24, 0);
    bytes.extend(words(&[0x3e, 3, 0xfffe, 9, 6, 0, 0, 0]));
    let head = [0, number(tables), number(tables), 0, 4_096, END, 0, END, 0];
    bytes.extend(head.iter().flat_map(|value| value.to_le_bytes()));
    bytes.extend((0..109).flat_map(|at| if at < tables { number(at) } else { u32::MAX }.to_le_bytes()));
    bytes.extend(chain.iter().flat_map(|value| value.to_le_bytes()));
    let entry = |name: &str, kind: u8, child: u32, start: u32, length: usize| {
        let mut entry = words(&name.encode_utf16().collect::<Vec<_>>());
        entry.resize(64, 0);
        entry.extend(words(&[u16::try_from(name.len() * 2 + 2).expect("a short name")]));
        entry.extend([kind, 1]);
        entry.extend([u32::MAX, u32::MAX, child].iter().flat_map(|value| value.to_le_bytes()));
        entry.resize(116, 0);
        entry.extend([start, number(length), 0].iter().flat_map(|value| value.to_le_bytes()));
        entry
    };
    bytes.extend(entry("Root Entry", 5, 1, END, 0));
    bytes.extend(entry(name, 2, u32::MAX, first, length));
    bytes.resize(bytes.len() + 256, 0);
    bytes.extend(stream);
    bytes.resize(SECTOR * (1 + tables + 1 + sectors), 0);
    bytes
}
