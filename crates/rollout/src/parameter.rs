//! The uncertain numbers of a model: their names, their places in a vector of values, their draws. Absent: what they do.
//!
//! Each range of the model has one value for a whole run, drawn for itself: no correlation.

use rand::RngExt;

use crate::model::{Channel, Delivery, Format, Model};
use crate::range::Range;
use crate::stream::{Purpose, stream};

/// A range of the model, by where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Parameter {
    /// [`crate::Pool::hours_per_month`].
    PoolHours {
        /// The pool.
        pool: usize,
    },
    /// A range of a channel or of its relays.
    Channel {
        /// The channel.
        channel: usize,
        /// Which.
        range: ChannelRange,
    },
    /// A range of a format.
    Format {
        /// The channel.
        channel: usize,
        /// The format.
        format: usize,
        /// Which.
        range: FormatRange,
    },
}

/// The ranges of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChannelRange {
    /// [`Channel::take_up`].
    TakeUp,
    /// [`Channel::quality`].
    Quality,
    /// [`crate::Relays::hours_per_month`].
    RelayHours,
    /// [`crate::Relays::quality`].
    RelayQuality,
    /// [`crate::Relays::per_head`].
    RelayPerHead,
    /// [`crate::Relays::per_trainer_hour`].
    RelayPerTrainerHour,
}

/// The ranges of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FormatRange {
    /// Most people of a session, or hours of a tutor for each person.
    Delivery,
    /// [`Format::per_head`].
    PerHead,
    /// [`Format::per_head_hour`].
    PerHeadHour,
    /// [`Format::per_session`].
    PerSession,
    /// [`Format::per_trainer_hour`].
    PerTrainerHour,
    /// [`Format::show_up`].
    ShowUp,
    /// [`Format::completion`].
    Completion,
}

const CHANNEL_RANGES: [ChannelRange; 6] = [
    ChannelRange::TakeUp,
    ChannelRange::Quality,
    ChannelRange::RelayHours,
    ChannelRange::RelayQuality,
    ChannelRange::RelayPerHead,
    ChannelRange::RelayPerTrainerHour,
];

const FORMAT_RANGES: [FormatRange; 7] = [
    FormatRange::Delivery,
    FormatRange::PerHead,
    FormatRange::PerHeadHour,
    FormatRange::PerSession,
    FormatRange::PerTrainerHour,
    FormatRange::ShowUp,
    FormatRange::Completion,
];

/// Where each parameter is in a vector of values: pools, then each channel followed by its formats.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    channels: Vec<usize>,
}

impl Layout {
    pub(crate) fn new(model: &Model) -> Self {
        let mut next = model.pools.len();
        let mut channels = Vec::with_capacity(model.channels.len());
        for channel in &model.channels {
            channels.push(next);
            next += CHANNEL_RANGES.len() + channel.formats.len() * FORMAT_RANGES.len();
        }
        Self { channels }
    }

    pub(crate) fn channel(&self, channel: usize, range: ChannelRange) -> usize {
        self.channels[channel] + range as usize
    }

    pub(crate) fn format(&self, channel: usize, format: usize, range: FormatRange) -> usize {
        self.channels[channel] + CHANNEL_RANGES.len() + format * FORMAT_RANGES.len() + range as usize
    }
}

impl Channel {
    fn range(&self, range: ChannelRange) -> Range {
        let relays = self.relays.as_ref();
        match range {
            ChannelRange::TakeUp => self.take_up,
            ChannelRange::Quality => self.quality,
            ChannelRange::RelayHours => relays.map_or(Range::default(), |own| own.hours_per_month),
            ChannelRange::RelayQuality => relays.map_or(Range::fixed(1.0), |own| own.quality),
            ChannelRange::RelayPerHead => relays.map_or(Range::default(), |own| own.per_head),
            ChannelRange::RelayPerTrainerHour => relays.map_or(Range::default(), |own| own.per_trainer_hour),
        }
    }
}

impl Format {
    fn range(&self, range: FormatRange) -> Range {
        match range {
            FormatRange::Delivery => match self.delivery {
                Delivery::Sessions { people, .. } => people,
                Delivery::SelfPaced { tutor_hours } => tutor_hours,
            },
            FormatRange::PerHead => self.per_head,
            FormatRange::PerHeadHour => self.per_head_hour,
            FormatRange::PerSession => self.per_session,
            FormatRange::PerTrainerHour => self.per_trainer_hour,
            FormatRange::ShowUp => self.show_up,
            FormatRange::Completion => self.completion,
        }
    }
}

/// Every range of a model in the order of [`Layout`], certain ones and those of relays that do not exist included.
pub(crate) fn ranges(model: &Model) -> Vec<(Parameter, Range)> {
    let mut found: Vec<(Parameter, Range)> = model
        .pools
        .iter()
        .enumerate()
        .map(|(pool, own)| (Parameter::PoolHours { pool }, own.hours_per_month))
        .collect();
    for (channel, own) in model.channels.iter().enumerate() {
        found.extend(CHANNEL_RANGES.map(|range| (Parameter::Channel { channel, range }, own.range(range))));
        for (format, taught) in own.formats.iter().enumerate() {
            found.extend(
                FORMAT_RANGES
                    .map(|range| (Parameter::Format { channel, format, range }, taught.range(range))),
            );
        }
    }
    found
}

/// The values of one run. Certain ranges take a draw too, so that making one certain moves no other.
pub(crate) fn draw(ranges: &[(Parameter, Range)], seed: u64, run: usize) -> Vec<f64> {
    let mut generator = stream(seed, run, Purpose::Parameters, [0; 3]);
    ranges.iter().map(|(_, range)| range.quantile(generator.random::<f64>())).collect()
}
