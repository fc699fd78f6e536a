//! Speed of the simulation on a population made here: `cargo bench -p rollout`. Absent: real populations.

use rollout::{
    Channel, Delivery, Format, Group, Model, Output, Pool, Range, Relays, Settings, Step, best_mix,
    sensitivity, simulate,
};

fn main() {
    divan::main();
}

fn format(delivery: Delivery) -> Format {
    Format {
        delivery,
        per_head: Range::new(20.0, 40.0, 90.0),
        per_head_hour: Range::new(1.0, 2.0, 4.0),
        per_session: Range::new(100.0, 150.0, 400.0),
        per_trainer_hour: Range::new(50.0, 60.0, 90.0),
        show_up: Range::new(0.7, 0.85, 0.95),
        completion: Range::new(0.8, 0.9, 0.97),
    }
}

fn relays(count: u64) -> Relays {
    Relays {
        count,
        people_per_session: 12,
        training_hours: 21.0,
        trained_by: Some(0),
        per_head: Range::fixed(300.0),
        per_trainer_hour: Range::fixed(60.0),
        hours_per_month: Range::new(2.0, 6.0, 10.0),
        quality: Range::new(0.7, 0.9, 1.0),
        departures: 0.01,
        delay_months: 2,
        replaced: true,
    }
}

fn channel(pool: Option<usize>, relays: Option<Relays>, delivery: Delivery) -> Channel {
    let route = |route: usize| {
        let hours = move |step: usize| [3.0, 7.0, 14.0][(route + step) % 3];
        let step = |step| Step { hours: hours(step), worth: 1.0 + step as f64, gap_months: 1, format: 0 };
        (0..3).map(step).collect()
    };
    Channel {
        pool,
        relays,
        mixing: true,
        start_up: 10_000.0,
        per_month: 500.0,
        take_up: Range::new(0.5, 0.7, 0.9),
        quality: Range::new(0.6, 0.8, 1.0),
        formats: vec![format(delivery)],
        routes: (0..18).map(route).collect(),
        ..Channel::default()
    }
}

/// 54 groups of three steps each over four channels: a campus, a network of relays, sessions bought from outside, a
/// course to follow alone.
fn model(people: u64) -> Model {
    let scale = people / 25_000;
    let sessions = Delivery::Sessions {
        people: Range::new(10.0, 12.0, 15.0),
        fewest: 6,
        patience: 3,
        trainers: 1,
        preparation_hours: 2.0,
    };
    let alone = Delivery::SelfPaced { tutor_hours: Range::new(0.0, 0.1, 0.3) };
    let group = |number: usize| Group {
        size: people / 54,
        arrives: number % 6,
        priority: (number / 18) as u32,
        route: number % 18,
        wanted: 6.0,
        shares: vec![0.25, 0.3, 0.1, 0.25],
    };
    Model {
        months: 36,
        first_month: 1,
        calendar: [1.0, 1.0, 1.0, 1.0, 0.8, 1.0, 0.5, 0.0, 1.0, 1.0, 1.0, 0.6],
        groups: (0..54).map(group).collect(),
        pools: vec![Pool {
            trainers: 30 * scale,
            added: vec![(6, 10 * scale)],
            hours_per_month: Range::new(20.0, 30.0, 50.0),
        }],
        channels: vec![
            channel(Some(0), None, sessions),
            channel(None, Some(relays(200 * scale)), sessions),
            channel(None, None, sessions),
            channel(None, None, alone),
        ],
    }
}

#[divan::bench(args = [25_000, 2_500_000], sample_count = 5, sample_size = 1)]
fn thousand_runs_on_two_threads(bencher: divan::Bencher<'_, '_>, people: u64) {
    let model = model(people);
    let settings = Settings { threads: 2, ..Settings::default() };
    bencher.bench_local(|| simulate(&model, &settings).expect("an outcome"));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn best_mix_of_54_groups_and_8_channels(bencher: divan::Bencher<'_, '_>) {
    let mut model = model(25_000);
    let others: Vec<Channel> = model.channels.iter().cloned().map(cheaper).collect();
    model.channels.extend(others);
    model.groups.iter_mut().for_each(|group| group.shares = vec![0.0; 8]);
    let problem = model.mix(3_000_000.0).expect("a problem");
    bencher.bench_local(|| best_mix(&problem).expect("a mix"));
}

fn cheaper(channel: Channel) -> Channel {
    Channel { start_up: channel.start_up * 0.7, quality: Range::new(0.5, 0.7, 0.9), ..channel }
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn sensitivity_of_a_hundred_runs_on_two_threads(bencher: divan::Bencher<'_, '_>) {
    let model = model(25_000);
    let settings = Settings { runs: 100, threads: 2, ..Settings::default() };
    bencher.bench_local(|| sensitivity(&model, &settings, Output::Coverage, &|_| true).expect("effects"));
}
