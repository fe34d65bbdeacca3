#![allow(non_camel_case_types, dead_code)]
include!(concat!(env!("PFLOW_BINDINGS"), "/near.pf.rs"));

/// The fewest letters to insert, remove or replace.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = replaced.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[no_mangle]
pub unsafe extern "C" fn pfn_near_similarity(
    _call: *mut pf_call,
    input: *const similarity_in,
    out: *mut similarity_out,
) -> pf_status {
    let a: Vec<char> = (*input).text.as_str().chars().collect();
    let b: Vec<char> = (*input).other.as_str().chars().collect();
    let most = a.len().max(b.len());
    (*out).share = if most == 0 {
        1.0
    } else {
        1.0 - distance(&a, &b) as f64 / most as f64
    };
    PF_DONE
}

const _: pfn_near_similarity_fn = pfn_near_similarity;
