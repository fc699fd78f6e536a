//! Pages asked through the router, without a socket: statuses, messages, links, shapes, sizes.
//! Absent: what only a browser shows (see `tests/browser`).

mod api;
mod bad_input;
mod cartography;
mod certifications;
mod community;
mod compare;
mod competences;
mod crawl;
mod data;
mod dates;
mod exports;
mod headers;
mod needs;
mod pathways;
mod quality;
mod recommendations;
mod report;
mod roadmaps;
mod scenarios;
mod service;
mod support;
mod training;
mod trainings;
