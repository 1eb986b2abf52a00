//! The heatmap of who stands how to whom.

use maud::{Markup, html};

use crate::compare::Matrix;
use crate::report::format::page::{count, name, signed};

/// Classes of colour, from strongly opposed to strongly cooperative, and where each ends.
const SHADES: [(&str, f64, &str); 5] = [
    ("opposed-2", -0.5, "−1 to −0.5"),
    ("opposed-1", -0.15, "to −0.15"),
    ("even", 0.15, "to +0.15"),
    ("cooperative-1", 0.5, "to +0.5"),
    ("cooperative-2", 1.0, "to +1"),
];

fn shade(net: f64) -> &'static str {
    // The ends lie on the stronger side.
    let is_in = |end: f64| if end < 0.0 { net <= end } else { net < end };
    SHADES.iter().find(|(_, end, _)| is_in(*end)).map_or("cooperative-2", |(class, ..)| class)
}

/// Each cell leads to the row of its pair, below which its statements open.
pub fn map(matrix: &Matrix) -> Markup {
    let place = |party: &str, toward: &str| {
        matrix.cells.iter().position(|c| c.subject.party == party && c.subject.toward.as_deref() == Some(toward))
    };
    html! {
        figure aria-label="Heatmap of pairs" {
            div.scroll tabindex="0" role="region" aria-label="Heatmap of pairs, table" {
                table.heat aria-label="Who stands how to whom" {
                    thead { tr {
                        th scope="col" { span aria-hidden="true" { "from ↓ to →" } span.hidden { "From the party in the row" } }
                        @for toward in &matrix.towards {
                            th scope="col" { abbr title=(name(toward)) aria-hidden="true" { (toward) } span.hidden { "towards " (name(toward)) } }
                        }
                    } }
                    tbody {
                        @for party in &matrix.parties {
                            tr {
                                th scope="row" {
                                    span.name { (name(party)) } abbr.code title=(name(party)) aria-hidden="true" { (party) }
                                }
                                @for toward in &matrix.towards {
                                    @match place(party, toward).map(|n| (n, &matrix.cells[n])) {
                                        Some((n, cell)) => td class={ (shade(cell.net_stance)) @if cell.small { " small" } } {
                                            a href={ "#g" (n) } {
                                                (signed(cell.net_stance)) @if cell.small { span aria-hidden="true" { "*" } }
                                                small { (count(cell.statements)) span.hidden { " statements" @if cell.small { ", few" } } }
                                            }
                                        },
                                        None => td.none { span aria-hidden="true" { "·" } span.hidden { "none" } },
                                    }
                                }
                            }
                        }
                    }
                }
            }
            figcaption {
                "Net stance of the party in the row towards the party in the column, and below it the number of statements. "
                span.screen { "Each cell leads to the statements behind it." }
                span.shades {
                    @for (class, _, words) in SHADES { span class=(class) { (words) } " " }
                    span.even.small { "only framed: few (*)" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn ends_of_shades_lie_on_the_stronger_side() {
        let found = [-1.0, -0.5, -0.49, -0.15, -0.14, 0.0, 0.15, 0.49, 0.5, 1.0].map(shade);
        let (no, yes) = (["opposed-2", "opposed-1"], ["cooperative-1", "cooperative-2"]);
        assert_eq!(found, [no[0], no[0], no[1], no[1], "even", "even", yes[0], yes[0], yes[1], yes[1]]);
    }
}
