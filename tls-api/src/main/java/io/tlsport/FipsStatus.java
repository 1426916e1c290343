package io.tlsport;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether what runs is FIPS approved: the minimum over all parts, asked live on the calling thread
 * because approved mode can be a property of the thread.
 *
 * @param parts the module, its self-test, the mode of threads and engine, the policy; of a context
 *     also what it enables and its certificates, of a connection what was negotiated
 */
public record FipsStatus(List<Part> parts) {
  /** Keeps a copy of the parts. */
  public FipsStatus {
    parts = List.copyOf(parts);
  }

  /**
   * One thing that has to be approved.
   *
   * @param approved whether it is
   * @param sentence what it is, and what is wrong with it, with the mend
   */
  public record Part(boolean approved, String sentence) {
    /** An approved one. */
    public static Part yes(String sentence) {
      return new Part(true, sentence);
    }

    /** One that is not approved. */
    public static Part no(String sentence) {
      return new Part(false, sentence);
    }

    @Override
    public String toString() {
      return sentence;
    }
  }

  /** A provider that makes no claim. */
  public static FipsStatus none(String reason) {
    return new FipsStatus(List.of(Part.no(reason)));
  }

  /** True only if every part is approved, and there is one. */
  public boolean approved() {
    return !parts.isEmpty() && parts.stream().allMatch(Part::approved);
  }

  /** The same, and these parts. */
  public FipsStatus with(List<Part> more) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(more);
    return new FipsStatus(all);
  }

  /** The sentences of the parts that are not approved; empty if all are. */
  public String refusal() {
    return parts.stream()
        .filter(part -> !part.approved())
        .map(Part::sentence)
        .collect(Collectors.joining("; "));
  }
}
