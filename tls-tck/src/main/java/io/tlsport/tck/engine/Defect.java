package io.tlsport.tck.engine;

import io.tlsport.ProtocolVersion;
import java.util.List;

/**
 * A failure of a provider that is known and not ours: an entry of its ledger.
 *
 * @param rule the rule that is broken, such as {@code 4.2}
 * @param test the only test of that rule that fails; empty: every one
 * @param versions the provider's versions, by their beginning; empty: every one
 * @param protocols the protocol versions, by name; empty: every one
 * @param link where the vendor's answer can be read
 * @param sentence what goes wrong
 */
public record Defect(
    String rule,
    String test,
    List<String> versions,
    List<String> protocols,
    String link,
    String sentence) {
  /** Keeps copies; an entry without rule, link or sentence is folklore. */
  public Defect {
    if (rule.isEmpty() || link.isEmpty() || sentence.isEmpty()) {
      throw new IllegalArgumentException(
          "a known defect names its rule, a link and a sentence; this one lacks one of them: rule="
              + rule
              + ", link="
              + link
              + ", sentence="
              + sentence);
    }
    versions = List.copyOf(versions);
    protocols = List.copyOf(protocols);
  }

  boolean covers(String ofRule, String ofTest, String version, List<ProtocolVersion> running) {
    return rule.equals(ofRule)
        && (test.isEmpty() || test.equals(ofTest))
        && (versions.isEmpty() || versions.stream().anyMatch(version::startsWith))
        && (protocols.isEmpty()
            || running.stream().map(ProtocolVersion::id).anyMatch(protocols::contains));
  }
}
