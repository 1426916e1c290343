package io.tlsport.core.policy.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SignatureListProperties {
  @Property(tries = 300)
  void namesOfIanaComeBackInTheirOrder(@ForAll List<SignatureScheme> schemes) {
    if (schemes.isEmpty()) {
      return;
    }
    String list =
        schemes.stream().map(SignatureScheme::standardName).collect(Collectors.joining(":"));
    assertEquals(List.copyOf(new LinkedHashSet<>(schemes)), SignatureList.parse(list));
  }

  @Property(tries = 500)
  void anyTextGivesSchemesOnceOrOneError(@ForAll("text") String text) {
    try {
      List<SignatureScheme> schemes = SignatureList.parse(text);
      assertFalse(schemes.isEmpty());
      assertEquals(schemes.size(), new HashSet<>(schemes).size());
    } catch (ConfigurationException refused) {
      assertEquals(ErrorCode.ERR_INVALID_ARG_VALUE, refused.code());
    }
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.oneOf(
            Arbitraries.of("RSA", "ECDSA", "PSS", "+", ":", "SHA256", "sha1", "ed25519"),
            Arbitraries.of(SignatureScheme.values()).map(SignatureScheme::standardName),
            Arbitraries.strings().ofMaxLength(2))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
