//! All that the typesetter sees: one source, the fonts built in, the report as data. No other file, no clock, no network.

use std::path::PathBuf;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Str, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::fonts::fonts;

/// The layout, which takes texts as data: nothing of a report is ever read as markup.
const LAYOUT: &str = include_str!("layout.typ");

/// The world of one report.
pub(crate) struct Sheet {
    library: LazyHash<Library>,
}

impl Sheet {
    /// The world of a report written as JSON.
    pub fn new(report: String) -> Self {
        let inputs: Dict = [(Str::from("report"), Value::Str(report.into()))].into_iter().collect();
        // Cells that name a row can be told to be so only with this feature, under test in the library.
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_inputs(inputs).with_features(features).build();
        Self { library: LazyHash::new(library) }
    }
}

/// The layout, parsed once.
fn layout() -> &'static Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let path = VirtualPath::new("layout.typ").expect("a plain name");
        Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), LAYOUT.to_owned())
    })
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        layout().id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == layout().id() { Ok(layout().clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Err(absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
