package io.tlsport.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ratios as a drawing: one that is right of the line says that tlsport costs less. */
public final class Plot {
  private static final int LEFT = 300;
  private static final int WIDTH = 1_000;
  private static final int TOP = 70;
  private static final int STEP = 16;
  private static final int GAP = 14;
  private static final double LEAST = 0.25;
  private static final double MOST = 16;
  private static final List<String> COLOURS =
      List.of("#2563eb", "#db2777", "#ca8a04", "#059669", "#7c3aed", "#dc2626");

  private final Contestant ours;
  private final List<Contestant> peers;
  private final StringBuilder svg = new StringBuilder();

  private Plot(Contestant ours, List<Contestant> peers) {
    this.ours = ours;
    this.peers = peers;
  }

  /** A whole file, of the first provider that was measured. */
  public static String svg(List<Contestant> contestants, List<RowResult> results) {
    Contestant ours =
        contestants.stream()
            .filter(one -> one.kind() == Contestant.Kind.TLSPORT)
            .findFirst()
            .orElseThrow();
    List<Contestant> peers = contestants.stream().filter(peer -> peer.isPeerOf(ours)).toList();
    return new Plot(ours, peers).draw(results);
  }

  private String draw(List<RowResult> results) {
    StringBuilder body = svg;
    int y = TOP;
    for (RowResult result : results) {
      List<Contestant> there =
          peers.stream().filter(peer -> result.ratio(ours, peer).isPresent()).toList();
      text(LEFT - 10, y + STEP * Math.max(1, there.size()) / 2 + 4, "end", result.row().text());
      for (Contestant peer : there) {
        dot(y + STEP / 2, peer, result.ratio(ours, peer).orElseThrow());
        y += STEP;
      }
      y += GAP;
    }
    List<String> lines = new ArrayList<>();
    for (double at = LEAST; at <= MOST; at *= 2) {
      lines.add(
          String.format(
              Locale.ROOT,
              "<path class='%s' d='M%.1f %d V%d'/><text x='%.1f' y='%d'"
                  + " text-anchor='middle'>%s</text>",
              at == 1 ? "one" : "grid",
              x(at),
              TOP - 10,
              y,
              x(at),
              y + 16,
              at < 1 ? "1/" + (int) (1 / at) : Integer.toString((int) at)));
    }
    return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 "
        + WIDTH
        + " "
        + (y + 30)
        + "' font-family='sans-serif' font-size='12'><style>text{fill:#222}.grid{stroke:#ccc}"
        + ".one{stroke:#222;stroke-width:1.5}svg{background:#fff}@media(prefers-color-scheme:dark)"
        + "{text{fill:#ddd}.grid{stroke:#444}.one{stroke:#ddd}svg{background:#111}}</style>\n"
        + legend()
        + String.join("\n", lines)
        + "\n"
        + body
        + "</svg>\n";
  }

  private String legend() {
    StringBuilder legend = new StringBuilder();
    legend
        .append("<text x='10' y='20' font-size='15'>How many times less CPU time tlsport on ")
        .append(ours.engine())
        .append(" takes than</text>\n");
    int x = LEFT;
    for (int i = 0; i < peers.size(); i++) {
      legend.append(
          String.format(
              Locale.ROOT,
              "<circle cx='%d' cy='40' r='5' fill='%s'/><text x='%d' y='44'>%s</text>%n",
              x,
              colour(peers.get(i)),
              x + 10,
              peers.get(i).name()));
      x += 140;
    }
    return legend.toString();
  }

  private String colour(Contestant peer) {
    return COLOURS.get(peers.indexOf(peer) % COLOURS.size());
  }

  private static double x(double ratio) {
    double part = Math.log(Math.max(LEAST, Math.min(MOST, ratio)) / LEAST) / Math.log(MOST / LEAST);
    return LEFT + part * (WIDTH - LEFT - 30);
  }

  private void text(int x, int y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT, "<text x='%d' y='%d' text-anchor='%s'>%s</text>%n", x, y, anchor, words));
  }

  private void dot(int y, Contestant peer, Spread ratio) {
    String colour = colour(peer);
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d='M%.1f %d H%.1f' stroke='%s' stroke-width='2'/><circle cx='%.1f' cy='%d' r='5'"
                + " fill='%s'><title>%s: %.2f</title></circle>%n",
            x(ratio.low()),
            y,
            x(ratio.high()),
            colour,
            x(ratio.median()),
            y,
            colour,
            peer.name(),
            ratio.median()));
  }
}
