//! How long it takes to load the model, to classify the example article, and to label one marked statement.
//! Run with `cargo bench`.

use demarche::{Classifier, Document, Model};

fn main() {
    divan::main();
}

fn classifier() -> Classifier {
    Classifier::new(Model::shipped().expect("the built-in model is whole"))
}

#[divan::bench]
fn load_the_model() -> bool {
    Model::shipped().is_ok()
}

#[divan::bench]
fn classify_the_example_article(bencher: divan::Bencher) {
    let classifier = classifier();
    let document = Document::new(include_str!("../examples/fisheries-talks.txt"));
    bencher.with_inputs(|| document.clone()).bench_values(|document| classifier.classify(document).statements.len());
}

#[divan::bench]
fn label_one_marked_statement(bencher: divan::Bencher) {
    let classifier = classifier();
    let text = "Norway has refused to lift the ban on Russian trawlers, although it praised Moscow for keeping the talks alive.";
    bencher.bench(|| classifier.label(text, Some("Norway"), Some("Moscow")).stance);
}
