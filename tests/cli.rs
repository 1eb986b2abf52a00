//! The program as a user meets it.

use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;

const EXAMPLE: &str = "examples/fisheries-talks.txt";

fn demarche(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.args(args).env_remove("NO_COLOR").env_remove("COLUMNS");
    command
}

fn stdout(args: &[&str]) -> String {
    let output = demarche(args).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("UTF-8")
}

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn classified(text: &str) -> Value {
    let output = demarche(&["classify", "-", "--format", "jsonl", "--date", "2006-03-14"]).write_stdin(text).output();
    let output = output.expect("runs");
    serde_json::from_slice(&output.stdout).expect("one article")
}

/// "PARTY → TARGET" of each statement.
fn dyads(article: &Value) -> Vec<String> {
    let statements = article["statements"].as_array().expect("a list");
    let dyad = |s: &Value| format!("{} → {}", s["party"].as_str().unwrap_or(""), s["target"].as_str().unwrap_or("-"));
    statements.iter().map(dyad).collect()
}

#[test]
fn the_example_shows_every_party_and_both_directions_of_the_talks() {
    let article = &rows(&stdout(&["classify", EXAMPLE, "--format", "jsonl"]))[0];
    assert_eq!(article["date"], "2006-03-14");
    assert_eq!(article["title"], "Norway offers shared patrols as Russia rejects Barents plan");
    let parties: Vec<_> = article["parties"].as_array().unwrap().iter().map(|p| p["party"].as_str().unwrap()).collect();
    for party in ["NOR", "RUS", "ISL", "DNK", "GBR", "EU", "USA"] {
        assert!(parties.contains(&party), "{party} not in {parties:?}");
    }
    let dyads = dyads(article);
    assert!(dyads.contains(&"NOR → RUS".into()) && dyads.contains(&"RUS → NOR".into()));
}

#[test]
fn offsets_are_characters_of_the_text_as_given() {
    let text = "“Nous sommes prêts,” said the Élysée.\n\nFrance’s minister said Norway’s offer was “très bien”.";
    let article = classified(text);
    let characters: Vec<char> = text.chars().collect();
    let slice = |v: &Value| -> String {
        let at = |key: &str| v[key].as_u64().unwrap() as usize;
        characters[at("start")..at("end")].iter().collect()
    };
    let statements = article["statements"].as_array().unwrap();
    assert!(!statements.is_empty());
    for s in statements {
        assert_eq!(slice(s), s["text"].as_str().unwrap());
        assert_eq!(slice(&s["actor"]), s["actor"]["text"].as_str().unwrap());
    }
}

#[test]
fn a_reported_statement_belongs_to_the_party_that_made_it() {
    let article = classified("The Icelanders also protested against new quotas, the Norwegian minister said.");
    assert_eq!(article["statements"][0]["party"], "ISL");
    assert_eq!(article["statements"].as_array().unwrap().len(), 1);
}

#[test]
fn a_quotation_over_sentences_belongs_to_its_speaker() {
    let text = "“We want a treaty with Chile. We have waited long. It is time,” Peru's foreign minister said.";
    let article = classified(text);
    assert_eq!(dyads(&article).iter().filter(|d| d.starts_with("PER")).count(), 3);
}

#[test]
fn analysts_and_former_ministers_make_no_statements() {
    let text = "Analysts in Lima said Chile would attack. A former Chilean minister called it a danger.";
    assert_eq!(classified(text)["statements"].as_array().unwrap().len(), 0);
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_number_of_threads() {
    let one = demarche(&["classify", "examples", "--format", "jsonl"]).env("RAYON_NUM_THREADS", "1").output().unwrap();
    let four = demarche(&["classify", "examples", "--format", "jsonl"]).env("RAYON_NUM_THREADS", "4").output().unwrap();
    assert!(!one.stdout.is_empty());
    assert_eq!(one.stdout, four.stdout);
}

#[test]
fn articles_come_out_in_the_order_of_the_input() {
    let input: String = (0..600).map(|n| format!("{{\"id\":{n},\"text\":\"Peru met Chile.\"}}\n")).collect();
    let output = demarche(&["classify", "-"]).write_stdin(input).output().unwrap();
    let ids: Vec<Value> =
        rows(&String::from_utf8(output.stdout).unwrap()).into_iter().map(|r| r["id"].clone()).collect();
    assert!(ids.iter().enumerate().all(|(n, id)| id.as_str() == Some(&n.to_string())));
    assert_eq!(ids.len(), 600);
}

#[test]
fn a_csv_and_a_web_page_are_read_as_articles() {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("a.csv");
    std::fs::write(&csv, "id,date,text\n7,2006-03-14,\"Peru condemned Chile.\"\n").unwrap();
    let paragraph = "Peru condemned Chile on Monday for the arrest of two envoys. ".repeat(12);
    let page = format!(
        "<html><head><title>Lima protests</title><script>var x = 'France said no.';</script></head><body><nav>France \
         | Spain said</nav><article><h1>Lima protests</h1><p>{paragraph}</p><p>{paragraph}</p></article></body></html>"
    );
    std::fs::write(folder.path().join("b.html"), page).unwrap();
    let articles = rows(&stdout(&["classify", folder.path().to_str().unwrap(), "--format", "jsonl"]));
    assert_eq!(articles.len(), 2);
    assert_eq!((articles[0]["id"].as_str(), dyads(&articles[0])), (Some("7"), vec!["PER → CHL".to_owned()]));
    assert!(dyads(&articles[1]).iter().all(|d| d == "PER → CHL") && !dyads(&articles[1]).is_empty());
}

#[test]
fn a_bad_row_is_reported_and_the_others_are_classified() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let mut lines: Vec<String> = (1..=20).map(|n| format!("{{\"id\":{n},\"text\":\"Peru met Chile.\"}}")).collect();
    lines[16] = "{\"id\": 17, \"text\": ".into();
    lines[18] = "{\"id\": 19, \"text\": \"  \"}".into();
    std::fs::write(&path, lines.join("\n")).unwrap();
    let assert = demarche(&["classify", path.to_str().unwrap(), "--format", "jsonl"]).assert();
    let output = assert.code(1).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("a.jsonl:17: EOF") && errors.contains("a.jsonl:19: the text is empty"), "{errors}");
    assert_eq!(errors.lines().count(), 2);
    assert_eq!(rows(&String::from_utf8(output.stdout).unwrap()).len(), 18);
}

#[test]
fn what_cannot_be_read_is_named_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let cases = [
        ("no/such/file.txt".to_owned(), "no/such/file.txt: No such file"),
        (write("picture.txt", b"\x89PNG\0\0\0"), "picture.txt: a binary file"),
        (write("empty.txt", b" \n"), "empty.txt: the text is empty"),
        (write("columns.csv", b"id,body\n1,x\n"), "columns.csv:1: no column \"text\" (found: id, body)"),
    ];
    for (path, message) in cases {
        let line = predicate::str::contains(message).and(predicate::function(|e: &str| e.lines().count() == 1));
        demarche(&["classify", &path]).assert().code(1).stderr(line).stdout("");
    }
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    demarche(&["classify", empty.to_str().unwrap()]).assert().code(1).stderr(predicate::str::contains("no articles"));
}

#[test]
fn a_wrong_call_has_exit_code_two() {
    demarche(&["classify", EXAMPLE, "--format", "xml"]).assert().code(2);
    demarche(&["classify", EXAMPLE, "--date", "yesterday"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("YYYY-MM-DD"));
    demarche(&["label", "--abstain", "7"]).assert().code(2);
}

#[test]
fn a_model_that_is_none_or_of_another_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.model");
    let refuse = |bytes: &[u8], message: &str| {
        std::fs::write(&path, bytes).unwrap();
        let call = ["classify", EXAMPLE, "--model", path.to_str().unwrap()];
        demarche(&call).assert().code(1).stdout("").stderr(predicate::str::contains(message));
    };
    refuse(b"hello", "not a demarche model");
    refuse(b"DEMARCHE\x63\0\0\0rest", "a model of version 99, this program reads");
    let mut bytes = std::fs::read("models/demarche.model").unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    refuse(&bytes, "a damaged model");
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let input: String = (0..3000).map(|n| format!("{{\"id\":{n},\"text\":\"Peru met Chile.\"}}\n")).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    std::fs::write(&path, input).unwrap();
    let script = "\"$0\" classify \"$1\" --format jsonl | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}";
    let output =
        std::process::Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_demarche")]).arg(&path).output();
    let output = output.unwrap();
    assert_eq!((String::from_utf8_lossy(&output.stdout).trim(), output.stderr.len()), ("0", 0));
}

#[test]
fn output_to_a_file_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.html");
    stdout(&["classify", EXAMPLE, "--format", "html", "--output", path.to_str().unwrap()]);
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(!page.contains("http://") && !page.contains("https://"), "no network access");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn html_escapes_what_the_article_says() {
    let output = demarche(&["classify", "-", "--format", "html"]).write_stdin("Peru said <b>no</b> to Chile.").output();
    let page = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(page.contains("&lt;b&gt;no&lt;/b&gt;") && !page.contains("<b>no"));
}

#[test]
fn a_side_is_likelier_where_a_target_may_be_unnamed_than_where_the_row_says_there_is_none() {
    let input =
        "{\"text\": \"Peru recalled its envoy.\"}\n{\"text\": \"Peru recalled its envoy.\", \"actor\": \"Peru\"}\n";
    let output = demarche(&["label"]).write_stdin(input).output().unwrap();
    let labels = rows(&String::from_utf8(output.stdout).unwrap());
    let neutral = |label: &serde_json::Value| label["probabilities"]["neutral"].as_f64().unwrap();
    assert!(neutral(&labels[0]) < neutral(&labels[1]));
}

#[test]
fn label_answers_in_order_and_says_whether_the_actor_stands_in_the_text() {
    let input = concat!(
        "{\"text\":\"Peru thanked Chile for its help.\",\"actor\":\"Peru\",\"target\":\"Chile\",\"n\":1}\n",
        "{\"text\":\"Peru condemned Chile's raid.\",\"actor\":\"Bolivia\",\"n\":2}\n",
        "{\"text\":\"Peru condemned Chile's raid.\",\"n\":3}\n",
    );
    let output = demarche(&["label"]).write_stdin(input).output().unwrap();
    let labels = rows(&String::from_utf8(output.stdout).unwrap());
    let found: Vec<_> =
        labels.iter().map(|l| (l["n"].as_u64().unwrap(), l["actor_found"].as_bool().unwrap())).collect();
    assert_eq!(found, [(1, true), (2, false), (3, false)]);
    assert_eq!(labels[0]["stance"], "cooperative");
    assert_eq!(labels[2]["stance"], "opposed");
    for label in &labels {
        let sum: f64 = label["probabilities"].as_object().unwrap().values().map(|p| p.as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-9);
    }
    let csv = demarche(&["label", "--format", "csv"]).write_stdin("text,actor\nPeru thanked Chile.,Peru\n").output();
    let csv = String::from_utf8(csv.unwrap().stdout).unwrap();
    assert!(csv.starts_with("actor,actor_found,stance,text,cooperative,opposed,neutral\n"), "{csv}");
}

/// Rows enough to train on.
fn small_corpus(folder: &Path) -> String {
    let path = folder.join("rows.txt");
    let verbs =
        [("praised", "+"), ("thanked", "+"), ("condemned", "-"), ("accused", "-"), ("met", "="), ("described", "=")];
    let places = ["Lima", "Quito", "Oslo", "Dakar", "Hanoi", "Accra", "Seoul", "Doha"];
    let mut text = "# topic: tests\n".to_owned();
    for (n, place) in places.iter().enumerate() {
        for (verb, mark) in verbs {
            text += &format!("[Chile](CHL {mark} PER) {verb} Peru in {place} on day {n}.\n");
        }
    }
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_same_rows_and_seed_give_the_same_model_and_it_can_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = small_corpus(folder.path());
    let train = |name: &str| {
        let path = folder.path().join(name).to_str().unwrap().to_owned();
        demarche(&["train", &corpus, "--output", &path])
            .assert()
            .success()
            .stderr(predicate::str::contains("macro-F1"));
        path
    };
    let (a, b) = (train("a.model"), train("b.model"));
    assert_eq!(std::fs::read(&a).unwrap(), std::fs::read(b).unwrap());
    let row = "{\"text\":\"Chile praised Peru.\",\"actor\":\"Chile\",\"target\":\"PER\"}";
    let output = demarche(&["label", "--model", &a]).write_stdin(row).output().unwrap();
    assert_eq!(rows(&String::from_utf8(output.stdout).unwrap())[0]["stance"], "cooperative");
    let report = stdout(&["evaluate", &corpus, "--model", &a, "--format", "json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["all"]["rows"], 48);
    assert!(report["all"]["macro_f1"].as_f64().unwrap() > 0.9);
}

#[test]
fn training_needs_rows_of_all_stances() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.txt");
    std::fs::write(&path, "[Oslo](NOR + SWE) agreed to meet.\n").unwrap();
    let call = ["train", path.to_str().unwrap(), "--output", "never.model"];
    demarche(&call).assert().code(1).stderr(predicate::str::contains("no opposed rows"));
    assert!(!Path::new("never.model").exists());
}

#[test]
fn explain_names_what_pushed_a_statement_to_its_stance() {
    let text = "Peru condemned Chile for the raid.";
    let output = demarche(&["explain", "-", "--format", "json"]).write_stdin(text).output().unwrap();
    let article: Value = serde_json::from_slice(&output.stdout).unwrap();
    let features = article["statements"][0]["features"].as_array().unwrap();
    let names: Vec<&str> = features.iter().map(|f| f["feature"].as_str().unwrap()).collect();
    assert!(names.iter().any(|n| n.contains("condemn") || n.contains("accuse")), "{names:?}");
    let bars = demarche(&["explain", "-"]).write_stdin(text).output().unwrap();
    assert!(String::from_utf8(bars.stdout).unwrap().contains('█'));
}

#[test]
fn explain_reads_an_article_as_its_labels_were_made() {
    // The rules take the sentence about the land for a statement, and the detector does not.
    let text = "Peru protested against the ban on its fish. It rained. Coffee from the land that Brazil lost was late. \
                The price fell by a tenth.";
    let output = demarche(&["explain", "-", "--format", "json", "--top", "1000"]).write_stdin(text).output().unwrap();
    let article: Value = serde_json::from_slice(&output.stdout).unwrap();
    let statements = article["statements"].as_array().unwrap();
    assert_eq!(statements.len(), 1);
    let features = statements[0]["features"].as_array().unwrap();
    assert!(features.iter().any(|f| f["feature"] == "parties 2 statements 2"), "{features:?}");
}

#[test]
fn the_table_of_the_example_is_as_shown() {
    insta::assert_snapshot!(stdout(&["classify", EXAMPLE, "--format", "table"]));
}

#[test]
fn the_csv_of_the_example_is_as_shown() {
    insta::assert_snapshot!(stdout(&["classify", EXAMPLE, "--format", "csv"]));
}

#[test]
fn a_file_is_not_coloured() {
    assert!(!stdout(&["classify", EXAMPLE, "--format", "table"]).contains('\u{1b}'));
}

/// Three articles as JSONL, the last the same as the first.
fn articles(folder: &std::path::Path) -> std::path::PathBuf {
    let path = folder.join("news.jsonl");
    let first = r#"{"id": "a", "date": "2014-05-02", "text": "Peru condemned Chile for the raid on its embassy."}"#;
    let second = r#"{"id": "b", "date": "2014-06-02", "text": "Chile offered Peru talks about the border."}"#;
    std::fs::write(&path, format!("{first}\n{second}\n{first}\n")).expect("written");
    path
}

#[test]
fn an_article_ingested_twice_is_stored_once() {
    let folder = tempfile::tempdir().expect("folder");
    let (news, store) = (articles(folder.path()), folder.path().join("news.db"));
    for expected in ["2 new articles, 2 in the store", "0 new articles, 2 in the store"] {
        let mut ingest = demarche(&[]);
        ingest.arg("ingest").arg(&news).arg("--store").arg(&store);
        ingest.assert().success().stderr(predicates::str::contains(expected));
    }
    demarche(&[])
        .args(["export"])
        .arg(&store)
        .assert()
        .success()
        .stdout(predicates::str::contains(",a,2014-05-02,").and(predicates::str::contains("PER,CHL,indirect,opposed")));
}

#[test]
fn an_export_as_parquet_is_a_parquet_file() {
    let folder = tempfile::tempdir().expect("folder");
    let (news, store) = (articles(folder.path()), folder.path().join("news.db"));
    let out = folder.path().join("statements.parquet");
    demarche(&[]).arg("ingest").arg(&news).arg("--store").arg(&store).assert().success();
    demarche(&[]).arg("export").arg(&store).args(["--format", "parquet", "--output"]).arg(&out).assert().success();
    let bytes = std::fs::read(out).expect("written");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn a_file_that_is_no_store_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("folder");
    let news = articles(folder.path());
    let before = std::fs::read(&news).expect("read");
    let mut ingest = demarche(&[]);
    ingest.arg("ingest").arg(&news).arg("--store").arg(&news);
    ingest.assert().code(1).stderr(predicates::str::contains("not a demarche store"));
    assert_eq!(std::fs::read(&news).expect("read"), before);
}

/// A store of articles in which Peru turns against Chile in March and Bolivia stays friendly.
fn store_of_a_turn(folder: &Path) -> String {
    let mut lines = String::new();
    for day in 1..=48 {
        let (month, day_of_month) = (2 + (day - 1) / 24, 1 + (day - 1) % 24);
        let turn = if month == 2 {
            "Peru thanked Chile for its help."
        } else {
            "Peru condemned Chile and expelled its envoy."
        };
        let text = format!("{turn} Bolivia agreed with Chile on trade. This is report number {day}.");
        let date = format!("2001-{month:02}-{day_of_month:02}");
        lines += &serde_json::json!({"id": format!("a{day}"), "date": date, "text": text}).to_string();
        lines.push('\n');
    }
    let articles = folder.join("news.jsonl");
    std::fs::write(&articles, lines).unwrap();
    let store = folder.join("news.demarche").display().to_string();
    demarche(&["ingest", &articles.display().to_string(), "--store", &store]).assert().success();
    store
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(args)).expect("JSON")
}

#[test]
fn compare_says_which_parties_differ_beyond_chance() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_a_turn(folder.path());
    let answer = json(&["compare", &store, "--party", "peru,BOL", "--toward", "CHL", "--format", "json"]);
    let groups = answer["groups"].as_array().unwrap();
    assert_eq!(groups.iter().map(|g| g["party"].as_str().unwrap()).collect::<Vec<_>>(), ["PER", "BOL"]);
    assert!(groups.iter().all(|g| g["articles"] == 48 && g["small"] == false));
    assert_eq!(answer["differences"][0]["significant"], true);
    let by_month = json(&["compare", &store, "--party", "PER", "--by", "month", "--format", "json"]);
    assert_eq!(by_month["groups"][1]["period"], "2001-03");
    assert_eq!(by_month["groups"][1]["net_stance"], -1.0);
}

#[test]
fn timeline_finds_the_turn_without_being_told_the_day() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_a_turn(folder.path());
    let answer = json(&["timeline", &store, "--between", "PER,CHL", "--format", "json"]);
    let change = &answer["series"][0]["changes"][0];
    assert_eq!(change["date"], "2001-03-01");
    assert_eq!(
        (&change["significant"], &change["before"], &change["after"]),
        (&Value::Bool(true), &1.0.into(), &(-1.0).into())
    );
    assert!(!change["articles"].as_array().unwrap().is_empty());
    stdout(&["timeline", &store, "--party", "PER"])
        .contains("change on 2001-03-01")
        .then_some(())
        .expect("in the table");
}

#[test]
fn comparisons_are_the_same_over_a_store_and_over_the_files_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_a_turn(folder.path());
    let articles = folder.path().join("news.jsonl").display().to_string();
    for command in ["compare", "matrix"] {
        assert_eq!(json(&[command, &store, "--format", "json"]), json(&[command, &articles, "--format", "json"]));
    }
}

#[test]
fn a_topic_restricts_to_statements_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_a_turn(folder.path());
    let answer = json(&["compare", &store, "--topic", "trading,expulsion envoy", "--format", "json"]);
    let statements = |n: usize| answer["groups"][n]["statements"].as_u64();
    assert_eq!(statements(0), Some(48), "{answer}");
}

#[test]
fn a_page_links_every_statement_behind_a_figure_to_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_of_a_turn(folder.path());
    for command in ["compare", "timeline", "matrix"] {
        let page = stdout(&[command, &store, "--format", "html", "--evidence", "3"]);
        let links: Vec<&str> = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!links.is_empty(), "{command}");
        for link in links {
            assert!(page.contains(&format!("id=\"{link}\"")), "{command}: {link} leads nowhere");
        }
        assert!(!page.contains("http://") && !page.contains("https://"), "{command} needs the network");
    }
}

#[test]
fn questions_that_cannot_be_answered_are_wrong_calls() {
    demarche(&["compare", EXAMPLE, "--party", "Ruritania"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("demarche parties"));
    demarche(&["compare", EXAMPLE, "--by", "topic"]).assert().code(2).stderr(predicate::str::contains("--topic"));
    demarche(&["compare", EXAMPLE, "--from", "2001-02-03", "--to", "2001-01-01"]).assert().code(2);
    demarche(&["timeline", EXAMPLE, "--between", "NOR"]).assert().code(2);
}

#[test]
fn packed_articles_are_read_like_plain_ones() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read(EXAMPLE).unwrap();
    let packed = folder.path().join("fisheries-talks.txt.zst");
    std::fs::write(&packed, zstd::encode_all(text.as_slice(), 0).unwrap()).unwrap();
    let plain = &rows(&stdout(&["classify", EXAMPLE, "--format", "jsonl"]))[0];
    let unpacked = &rows(&stdout(&["classify", &packed.display().to_string(), "--format", "jsonl"]))[0];
    assert_eq!(plain["statements"], unpacked["statements"]);
    assert_eq!(plain["id"], unpacked["id"]);
}

#[test]
fn annotated_articles_are_scored_from_raw_text() {
    let scores = json(&["evaluate", "--articles", "tests/articles.jsonl", "--format", "json"]);
    assert_eq!(scores["articles"], 12);
    let found = scores["found"]["f1"].as_f64().unwrap();
    assert!(found > 0.7, "found F1 {found}");
    assert_eq!(
        scores["missed"].as_array().unwrap().len()
            + scores["all"]["recall"]
                .as_f64()
                .map_or(0, |r| (r * scores["gold_rows"].as_f64().unwrap()).round() as usize),
        scores["gold_rows"].as_u64().unwrap() as usize
    );
}

#[test]
fn parties_are_looked_up_by_name_alias_and_person() {
    let found = json(&["parties", "Kremlin", "--format", "json"]);
    assert_eq!(found["parties"][0]["code"], "RUS");
    demarche(&["parties", "Ruritania"]).assert().success().stdout(predicate::str::contains("nothing known"));
}

#[test]
fn coordinated_adjectives_agents_and_persons_each_have_a_row() {
    let parties = |text: &str| -> Vec<String> {
        let article = classified(text);
        article["statements"].as_array().unwrap().iter().map(|s| s["party"].as_str().unwrap().to_owned()).collect()
    };
    let both = |text: &str, wanted: [&str; 2]| {
        let found = parties(text);
        assert!(wanted.iter().all(|w| found.contains(&w.to_string())), "{text}: {found:?}");
    };
    both("Peruvian and Chilean troops exchanged fire along the border on Tuesday.", ["PER", "CHL"]);
    both("The raid on Brazil was condemned by both Peru and Chile on Tuesday.", ["PER", "CHL"]);
    both("Peru condemned Chile. Chile condemned Peru. Each side blamed the other for the raid.", ["PER", "CHL"]);
    let dateline = parties("Dakar, Senegal (PANA) — Ghana condemned the raid on its embassy in Peru.");
    assert_eq!(dateline, ["GHA"]);
}
