package io.tlsport.cli;

import io.tlsport.tck.TlsProviderTck;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The matrix in docs/providers.md is what the kits of this build came to. */
class MatrixDocumentTest {
  /** The Java that the table is of: what provider jdk can do depends on it. */
  private static final int JAVA = 17;

  private static Set<String> contracts() {
    return Arrays.stream(TlsProviderTck.class.getDeclaredClasses())
        .filter(nested -> nested.isAnnotationPresent(Nested.class))
        .map(nested -> Objects.requireNonNull(nested.getAnnotation(Tag.class)).value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void matrixHasWhatTheKitsCameTo() throws IOException {
    RecordedKits kits = RecordedKits.read(Document.root());
    Set<String> missing = kits.missing(contracts());
    if (!missing.isEmpty()) {
      System.out.println(
          "docs/providers.md: the matrix is not compared, since these did not run in this tree: "
              + missing);
      return;
    }
    if (!kits.javas().equals(Set.of(JAVA))) {
      System.out.println(
          "docs/providers.md: the matrix is of Java "
              + JAVA
              + ", these kits ran on "
              + kits.javas());
      return;
    }
    Document.read("docs/providers.md")
        .withPart("matrix", MatrixMarkdown.table(kits.columns(), kits.outcomes(contracts())))
        .requireInPlace();
  }
}
