use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;

use super::*;

struct Tree(tempfile::TempDir);

impl Tree {
    fn new(files: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        Self(folder)
    }

    fn at(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn found(&self, days: Option<(&str, &str)>, paths: &[String]) -> Result<(Vec<LogFile>, LeftOut), Error> {
        let wanted = Wanted {
            connector: "zeek_to_DNS",
            start_day: days.map(|days| days.0),
            end_day: days.map(|days| days.1),
            options: &Options::default(),
        };
        list(&wanted, paths, false)
    }

    fn listed(&self, days: Option<(&str, &str)>, path: &str) -> Result<Vec<String>, Error> {
        let (files, _) = self.found(days, &[self.at(path)])?;
        let root = format!("{}/", self.at(""));
        Ok(files.iter().map(|file| file.path.replace(&root.replace("//", "/"), "")).collect())
    }

    fn link(&self, name: &str, target: &str) {
        symlink(target, self.0.path().join(name)).unwrap();
    }
}

fn tree() -> Tree {
    Tree::new(&["2017-03-01/dns.log", "2017-03-01/http.log", "2017-03-02/dns.1.log.gz", "current/dns.log", "odd.txt"])
}

#[test]
fn a_directory_is_walked_by_the_layout() {
    let tree = tree();
    let all = ["2017-03-01/dns.log", "2017-03-02/dns.1.log.gz", "current/dns.log"];
    assert_eq!(tree.listed(None, "").unwrap(), all);
    assert_eq!(tree.listed(Some(("2017_03_02", "2017_03_09")), "").unwrap(), ["2017-03-02/dns.1.log.gz"]);
    assert_eq!(tree.listed(None, "2017-*").unwrap(), all[..2]);
    assert_eq!(tree.listed(None, "2017-*/*").unwrap(), all[..2]);
}

#[test]
fn a_file_given_by_name_is_trusted() {
    let tree = tree();
    assert_eq!(tree.listed(None, "odd.txt").unwrap(), ["odd.txt"]);
    assert_eq!(tree.listed(None, "*.txt").unwrap(), ["odd.txt"]);
    let error = tree.listed(Some(("2017_03_01", "2017_03_01")), "odd.txt").unwrap_err();
    assert!(error.message.contains("1 without a day in their path (odd.txt)"), "{error}");
}

#[test]
fn what_is_missing_is_told() {
    let tree = tree();
    let error = tree.listed(None, "2017-03-05/dns.log").unwrap_err();
    assert_eq!(error.kind, Kind::Io);
    assert!(error.message.contains(&format!("nearest that does is {}", tree.at("").trim_end_matches('/'))), "{error}");
    let none = Tree::new(&["http.log", "_hidden"]);
    let error = none.listed(None, "").unwrap_err();
    assert_eq!(error.kind, Kind::BadInput);
    assert!(error.message.ends_with("skipped 1 not of this connector (http.log)."), "{error}");
}

#[test]
fn each_file_is_read_once() {
    let tree = Tree::new(&["2017-03-01/dns.log", "2017-03-02/dns.log"]);
    // Two links to a folder above make 2^40 paths before the system refuses to follow them.
    for link in ["2017-03-01/up", "2017-03-01/up2", "2017-03-02/up"] {
        tree.link(link, "..");
    }
    tree.link("again", "2017-03-02");
    tree.link("dns.copy.log", "2017-03-02/dns.log");
    fs::hard_link(tree.at("2017-03-01/dns.log"), tree.at("dns.01.log")).unwrap();
    assert_eq!(tree.listed(None, "").unwrap(), ["2017-03-01/dns.log", "2017-03-02/dns.log"]);
    // `again` has no day of its own: what it leads to counts by the name that has one.
    let second = Some(("2017_03_02", "2017_03_02"));
    assert_eq!(tree.listed(second, "").unwrap(), ["2017-03-02/dns.log"]);
    let twice = [tree.at("2017-03-01/dns.log"), tree.at("2017-03-*")];
    assert_eq!(tree.found(None, &twice).unwrap().0.len(), 2);
}

#[test]
fn a_listing_of_many_links_ends() {
    let tree = Tree::new(&["0/dns.log"]);
    for level in 1..40 {
        fs::create_dir(tree.at(&level.to_string())).unwrap();
        for link in ["a", "b"] {
            tree.link(&format!("{level}/{link}"), &format!("../{}", level - 1));
        }
    }
    assert_eq!(tree.listed(None, "").unwrap(), ["0/dns.log"]);
    assert_eq!(tree.listed(None, "30").unwrap().len(), 1);
}

#[test]
fn only_days_below_the_given_path_count() {
    let tree = Tree::new(&[
        "archive-2016-05-01/2017-03-01/dns.log",
        "archive-2016-05-01/2017-03-02/dns.log",
        "2016-05-01/dns.log",
        "2016-05-01/dns.2017-03-02-00-00-00.log",
    ]);
    let second = Some(("2017_03_02", "2017_03_02"));
    for path in ["", "/", "/*/dns.log", "/2017-03-0[12]"] {
        let path = format!("archive-2016-05-01{path}");
        assert_eq!(tree.listed(second, &path).unwrap().len(), 1, "{path}");
        let error = tree.listed(Some(("2016_05_01", "2016_05_01")), &path).unwrap_err();
        assert!(error.message.contains("skipped 2 of other days"), "{path}: {error}");
    }
    for path in ["2016-05-01", "2016-05-01/*", "2016-05-01/dns.2017*"] {
        assert_eq!(tree.listed(second, path).unwrap(), ["2016-05-01/dns.2017-03-02-00-00-00.log"], "{path}");
    }
    for path in ["2016-05-01/dns.log", "2016-05-01/dns.log*"] {
        let error = tree.listed(Some(("2016_05_01", "2016_05_01")), path).unwrap_err();
        assert!(error.message.contains("1 without a day in their path"), "{path}: {error}");
    }
    // The folders that a wildcard stands for are below the root.
    assert_eq!(tree.listed(Some(("2016_05_01", "2016_05_01")), "2016*/dns.log").unwrap(), ["2016-05-01/dns.log"]);
}

#[test]
fn what_is_left_out_is_counted_and_named() {
    let tree = Tree::new(&["2017-03-01/dns.log", "2017-03-02/dns.log", "dns.log", "http.log"]);
    for name in [&b"dns.\xff.log"[..], b".\xff"] {
        fs::write(tree.0.path().join(OsStr::from_bytes(name)), "").unwrap();
    }
    let first = Some(("2017_03_01", "2017_03_01"));
    let told = |paths: &[String]| {
        let (files, left_out) = tree.found(first, paths).unwrap();
        assert_eq!(files.len(), 1);
        left_out.reasons().iter().map(Reason::to_string).collect::<Vec<_>>()
    };
    let expected = [
        "1 of other days (2017-03-02)",
        r"1 with names that cannot be read (dns.\xff.log)",
        "1 without a day in their path (dns.log)",
    ];
    assert_eq!(told(&[tree.at("")]), expected);
    assert_eq!(told(&[tree.at(""), tree.at("dns*")]), expected);
    let error = tree.found(None, &[tree.at("dns.*x*")]).map(drop).unwrap_err();
    assert!(error.message.ends_with(r"skipped 1 with names that cannot be read (dns.\xff.log)."), "{error}");
}
